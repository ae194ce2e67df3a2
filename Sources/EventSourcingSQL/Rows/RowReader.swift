public import EventSourcing

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One row of a result, read by column index; every database has its own.
///
/// Generated mappers are generic over it and inlinable, so that reading a row costs the calls into the database's
/// library and nothing else. Errors are untyped on purpose: typed ones keep the calls in the witness table.
public protocol RowReader: ~Copyable {
    /// Whether the column is NULL.
    borrowing func isNull(at column: Int) -> Bool
    /// A whole number of 64 bits.
    borrowing func int64(at column: Int) throws -> Int64
    /// A double.
    borrowing func double(at column: Int) throws -> Double
    /// True or false.
    borrowing func bool(at column: Int) throws -> Bool
    /// A text.
    borrowing func string(at column: Int) throws -> String
    /// A text; NULL is nil.
    borrowing func stringIfPresent(at column: Int) throws -> String?
    /// Calls a closure with the bytes of a text or of JSON, which are valid inside of it only; with nil for NULL.
    ///
    /// - Parameter expected: what an error says that the column should hold.
    borrowing func withText<Value>(
        at column: Int, expected: String, _ body: (UnsafeBufferPointer<UInt8>?) throws -> Value
    ) throws -> Value
    /// Bytes.
    borrowing func bytes(at column: Int) throws -> [UInt8]
    /// A JSON text, byte for byte as the database gives it.
    borrowing func json(at column: Int) throws -> JSON
    /// A point in time.
    borrowing func instant(at column: Int) throws -> Instant
    /// A UUID.
    borrowing func uuid(at column: Int) throws -> UUID
    /// The exact text of a value that has no method of its own, such as a decimal number, a day or a range.
    borrowing func literal(at column: Int) throws -> String
    /// The exact texts of a list's elements; nil for one that is NULL.
    borrowing func literals(at column: Int) throws -> [String?]
    /// The error for a value that the column's Swift type cannot hold.
    borrowing func unexpectedValue(at column: Int, expected: String) -> any Error
}

extension RowReader where Self: ~Copyable {
    /// A text; NULL is nil. A row that looks the column up only once is faster.
    @inlinable
    public borrowing func stringIfPresent(at column: Int) throws -> String? {
        isNull(at: column) ? nil : try string(at: column)
    }

    /// Calls a closure with the bytes of a string that is made for it. A row that has the bytes at hand is faster.
    @inlinable
    public borrowing func withText<Value>(
        at column: Int, expected: String, _ body: (UnsafeBufferPointer<UInt8>?) throws -> Value
    ) throws -> Value {
        guard var text = try stringIfPresent(at: column) else { return try body(nil) }
        return try text.withUTF8 { try body($0) }
    }

    /// The text that the column holds, where a database keeps such values as their text.
    public borrowing func literal(at column: Int) throws -> String {
        try string(at: column)
    }

    /// The elements of the JSON array that the column holds, where a database keeps lists so.
    public borrowing func literals(at column: Int) throws -> [String?] {
        guard let literals = JSONList.literals(of: try json(at: column).bytes) else {
            throw unexpectedValue(at: column, expected: "a list as JSON")
        }
        return literals
    }

    /// Reads a column as the type that is wanted; NULL only as an optional.
    @inlinable
    public borrowing func value<Value: RowValue>(_ type: Value.Type = Value.self, at column: Int) throws -> Value {
        try Value(from: self, at: column)
    }

    /// Reads a column as a text; NULL is nil.
    @inlinable
    public borrowing func value(_ type: String?.Type, at column: Int) throws -> String? {
        try stringIfPresent(at: column)
    }
}
