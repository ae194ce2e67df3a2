public import CSQLite
public import EventSourcingSQL

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The row that a statement stands on (sqlite3_column_*).
public struct SQLiteRow: RowReader, ~Copyable {
    @usableFromInline let statement: SQLiteStatement
    @usableFromInline let pointer: OpaquePointer

    @inlinable
    init(_ statement: SQLiteStatement) {
        self.statement = statement
        pointer = statement.pointer
    }

    @inlinable
    public borrowing func isNull(at column: Int) -> Bool {
        sqlite3_column_type(pointer, Int32(truncatingIfNeeded: column)) == SQLITE_NULL
    }

    @inlinable
    public borrowing func int64(at column: Int) throws -> Int64 {
        guard sqlite3_column_type(pointer, Int32(truncatingIfNeeded: column)) == SQLITE_INTEGER else {
            throw unexpectedValue(at: column, expected: "a whole number")
        }
        return sqlite3_column_int64(pointer, Int32(truncatingIfNeeded: column))
    }

    @inlinable
    public borrowing func double(at column: Int) throws -> Double {
        let type = sqlite3_column_type(pointer, Int32(truncatingIfNeeded: column))
        guard type == SQLITE_FLOAT || type == SQLITE_INTEGER else {
            throw unexpectedValue(at: column, expected: "a number")
        }
        return sqlite3_column_double(pointer, Int32(truncatingIfNeeded: column))
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
        let text = try content(at: column, type: SQLITE_TEXT, expected: "a text")
        guard let string = statement.texts.text(of: text, at: column) else {
            throw unexpectedValue(at: column, expected: "a text in UTF-8")
        }
        return string
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
        let isText = sqlite3_column_type(pointer, Int32(column)) == SQLITE_TEXT
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
        let index = Int32(truncatingIfNeeded: column)
        guard sqlite3_column_type(pointer, index) == type else {
            throw unexpectedValue(at: column, expected: expected)
        }
        // sqlite3_column_blob converts nothing: a text comes as its UTF-8 bytes. It must come before the length.
        let start = sqlite3_column_blob(pointer, index)
        let count = Int(sqlite3_column_bytes(pointer, index))
        return UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: start == nil ? 0 : count)
    }
}
