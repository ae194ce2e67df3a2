public import EventSourcing

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The parameters of a statement, written by index; every database has its own.
public protocol RowWriter: ~Copyable {
    /// NULL.
    mutating func writeNull(at column: Int) throws
    /// A whole number of 64 bits.
    mutating func write(_ value: Int64, at column: Int) throws
    /// A double.
    mutating func write(_ value: Double, at column: Int) throws
    /// True or false.
    mutating func write(_ value: Bool, at column: Int) throws
    /// A text.
    mutating func write(_ value: String, at column: Int) throws
    /// Bytes.
    mutating func write(_ value: [UInt8], at column: Int) throws
    /// A JSON text.
    mutating func write(_ value: JSON, at column: Int) throws
    /// A point in time.
    mutating func write(_ value: Instant, at column: Int) throws
    /// A UUID.
    mutating func write(_ value: UUID, at column: Int) throws
    /// A list by the exact texts of its elements; nil for one that is NULL.
    ///
    /// - Parameter areBare: whether the texts stand without quotes where the list is kept as JSON.
    mutating func write(literals: [String?], areBare: Bool, at column: Int) throws
}

extension RowWriter where Self: ~Copyable {
    /// Writes the elements as a JSON array.
    public mutating func write(literals: [String?], areBare: Bool, at column: Int) throws {
        try write(JSON(uncheckedBytes: JSONList.json(of: literals, areBare: areBare)), at: column)
    }

    /// Writes a value of any type that a column can hold; nil as NULL.
    @inlinable
    public mutating func set<Value: RowValue>(_ value: Value, at column: Int) throws {
        try value.write(to: &self, at: column)
    }
}
