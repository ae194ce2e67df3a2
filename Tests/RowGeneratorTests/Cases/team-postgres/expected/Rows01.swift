// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// A label of the enum `orders.channel`.
///
/// One that was added to the database after this code was generated is kept as it is.
public struct Channel: RawRepresentable, RowValue, ListElement, Hashable, Codable, Sendable {
    /// The label `web`.
    public static let web = Channel(rawValue: "web")
    /// The label `shop`.
    public static let shop = Channel(rawValue: "shop")
    /// The label `it's "other"`.
    public static let itSOther = Channel(rawValue: "it's \"other\"")
    /// The labels that the code was generated for, in the order of the database.
    public static let knownLabels: [Channel] = [.web, .shop, .itSOther]

    /// The label.
    public let rawValue: String

    /// Makes a label of a text.
    @inlinable
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Compares by the UTF-8 bytes, as the database does.
    @inlinable
    public static func == (left: Channel, right: Channel) -> Bool {
        left.rawValue.hasSameBytes(as: right.rawValue)
    }

    /// Hashes the bytes that `==` compares.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        for byte in rawValue.utf8 { hasher.combine(byte) }
    }
}
