// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// A value of the domain `public.email`, which is text.
public struct Email: RawRepresentable, RowValue, ListElement, Hashable, Codable, Sendable {
    /// The value.
    public let rawValue: String

    /// Makes a value of the domain; the database checks it.
    @inlinable
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Compares by the UTF-8 bytes, as the database does.
    @inlinable
    public static func == (left: Email, right: Email) -> Bool {
        left.rawValue.hasSameBytes(as: right.rawValue)
    }

    /// Hashes the bytes that `==` compares.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        for byte in rawValue.utf8 { hasher.combine(byte) }
    }
}

/// A label of the enum `public.region`.
///
/// One that was added to the database after this code was generated is kept as it is.
public struct Region: RawRepresentable, RowValue, ListElement, Hashable, Codable, Sendable {
    /// The label `eu`.
    public static let eu = Region(rawValue: "eu")
    /// The label `us`.
    public static let us = Region(rawValue: "us")
    /// The labels that the code was generated for, in the order of the database.
    public static let knownLabels: [Region] = [.eu, .us]

    /// The label.
    public let rawValue: String

    /// Makes a label of a text.
    @inlinable
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Compares by the UTF-8 bytes, as the database does.
    @inlinable
    public static func == (left: Region, right: Region) -> Bool {
        left.rawValue.hasSameBytes(as: right.rawValue)
    }

    /// Hashes the bytes that `==` compares.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        for byte in rawValue.utf8 { hasher.combine(byte) }
    }
}
