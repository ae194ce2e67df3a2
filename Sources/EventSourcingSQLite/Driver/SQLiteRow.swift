public import CSQLite
public import EventSourcingSQL

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The row that a statement stands on (sqlite3_column_value).
public struct SQLiteRow: RowReader, ~Copyable {
    @usableFromInline let statement: SQLiteStatement
    @usableFromInline let pointer: OpaquePointer

    @inlinable
    init(_ statement: SQLiteStatement) {
        self.statement = statement
        pointer = statement.pointer
    }

    /// A value, valid until the statement moves on (sqlite3_column_value): it is asked for its type, its bytes and their
    /// count one after the other, and each sqlite3_column function would look it up, and the mutex, again.
    ///
    /// SQLite allows that for as long as nobody else uses the connection.
    @inlinable
    borrowing func value(at column: Int) -> OpaquePointer? {
        sqlite3_column_value(pointer, Int32(truncatingIfNeeded: column))
    }

    @inlinable
    public borrowing func isNull(at column: Int) -> Bool {
        sqlite3_value_type(value(at: column)) == SQLITE_NULL
    }

    @inlinable
    public borrowing func int64(at column: Int) throws -> Int64 {
        let value = value(at: column)
        guard sqlite3_value_type(value) == SQLITE_INTEGER else {
            throw unexpectedValue(at: column, expected: "a whole number")
        }
        return sqlite3_value_int64(value)
    }

    @inlinable
    public borrowing func double(at column: Int) throws -> Double {
        let value = value(at: column)
        let type = sqlite3_value_type(value)
        guard type == SQLITE_FLOAT || type == SQLITE_INTEGER else {
            throw unexpectedValue(at: column, expected: "a number")
        }
        return sqlite3_value_double(value)
    }

    @inlinable
    public borrowing func bool(at column: Int) throws -> Bool {
        switch try int64(at: column) {
        case 0: return false
        case 1: return true
        default: throw unexpectedValue(at: column, expected: "0 or 1")
        }
    }

    @inlinable
    public borrowing func string(at column: Int) throws -> String {
        try string(value(at: column), at: column)
    }

    @inlinable
    public borrowing func stringIfPresent(at column: Int) throws -> String? {
        let value = value(at: column)
        return sqlite3_value_type(value) == SQLITE_NULL ? nil : try string(value, at: column)
    }

    @inlinable
    borrowing func string(_ value: OpaquePointer?, at column: Int) throws -> String {
        let text = try content(of: value, at: column, type: SQLITE_TEXT, expected: "a text")
        guard let string = statement.texts.text(of: text, at: column) else {
            throw unexpectedValue(at: column, expected: "a text in UTF-8")
        }
        return string
    }

    @inlinable
    public borrowing func withText<Value>(
        at column: Int, expected: String, _ body: (UnsafeBufferPointer<UInt8>?) throws -> Value
    ) throws -> Value {
        let value = value(at: column)
        guard sqlite3_value_type(value) != SQLITE_NULL else { return try body(nil) }
        return try body(content(of: value, at: column, type: SQLITE_TEXT, expected: expected))
    }

    @inlinable
    public borrowing func bytes(at column: Int) throws -> [UInt8] {
        [UInt8](try content(at: column, type: SQLITE_BLOB, expected: "bytes"))
    }

    @inlinable
    public borrowing func json(at column: Int) throws -> JSON {
        JSON(uncheckedBytes: [UInt8](try content(at: column, type: SQLITE_TEXT, expected: "JSON as a text")))
    }

    /// Microseconds since 1970, as the standard schema keeps instants.
    @inlinable
    public borrowing func instant(at column: Int) throws -> Instant {
        Instant(microsecondsSince1970: try int64(at: column))
    }

    /// A text such as `0540740e-63c8-548f-a09f-39e33c9179b5`, or 16 bytes.
    public borrowing func uuid(at column: Int) throws -> UUID {
        let isText = sqlite3_value_type(value(at: column)) == SQLITE_TEXT
        let bytes = try content(at: column, type: isText ? SQLITE_TEXT : SQLITE_BLOB, expected: "a UUID")
        guard let uuid = isText ? UUID(text: bytes) : UUID(bytes: bytes) else {
            throw unexpectedValue(at: column, expected: "a UUID")
        }
        return uuid
    }

    public borrowing func unexpectedValue(at column: Int, expected: String) -> any Error {
        statement.unexpectedValue(at: column, expected: expected)
    }

    /// The bytes of a text or blob, valid until the statement moves on.
    @inlinable
    borrowing func content(at column: Int, type: Int32, expected: String) throws -> UnsafeBufferPointer<UInt8> {
        try content(of: value(at: column), at: column, type: type, expected: expected)
    }

    /// The bytes of a value that has been looked up.
    @inlinable
    borrowing func content(
        of value: OpaquePointer?, at column: Int, type: Int32, expected: String
    ) throws -> UnsafeBufferPointer<UInt8> {
        guard sqlite3_value_type(value) == type else {
            throw unexpectedValue(at: column, expected: expected)
        }
        // sqlite3_value_blob converts nothing: a text comes as its UTF-8 bytes. It must come before the length.
        let start = sqlite3_value_blob(value)
        let count = Int(sqlite3_value_bytes(value))
        return UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: start == nil ? 0 : count)
    }
}

extension SQLiteRow: ContentReader {
    @inlinable
    package borrowing func withContent<Value>(
        at column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Value
    ) throws -> Value {
        let isText = sqlite3_value_type(value(at: column)) == SQLITE_TEXT
        return try body(content(at: column, type: isText ? SQLITE_TEXT : SQLITE_BLOB, expected: "a text or bytes"))
    }
}
