public import CSQLite
public import EventSourcingSQL

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The parameters of a statement (sqlite3_bind_*); SQLite copies what it is given.
public struct SQLiteParameters: RowWriter, ~Copyable {
    @usableFromInline let statement: SQLiteStatement
    @usableFromInline let first: Int

    @inlinable
    init(statement: SQLiteStatement, first: Int) {
        self.statement = statement
        self.first = first
    }

    @inlinable
    public mutating func writeNull(at column: Int) throws {
        try check(sqlite3_bind_null(statement.pointer, number(of: column)))
    }

    @inlinable
    public mutating func write(_ value: Int64, at column: Int) throws {
        try check(sqlite3_bind_int64(statement.pointer, number(of: column), value))
    }

    /// SQLite keeps NaN as NULL; it is refused instead.
    public mutating func write(_ value: Double, at column: Int) throws {
        guard !value.isNaN else { throw refused("SQLite cannot keep NaN", at: column) }
        try check(sqlite3_bind_double(statement.pointer, number(of: column), value))
    }

    @inlinable
    public mutating func write(_ value: Bool, at column: Int) throws {
        try write(value ? 1 as Int64 : 0, at: column)
    }

    @inlinable
    public mutating func write(_ value: String, at column: Int) throws {
        var value = value
        let result = value.withUTF8 { text in
            text.withMemoryRebound(to: CChar.self) { text in
                csqlite_bind_text_copy(
                    statement.pointer, number(of: column), text.baseAddress, UInt64(text.count))
            }
        }
        try check(result)
    }

    @inlinable
    public mutating func write(_ value: [UInt8], at column: Int) throws {
        let result = value.withUnsafeBytes { bytes in
            csqlite_bind_blob_copy(statement.pointer, number(of: column), bytes.baseAddress, UInt64(bytes.count))
        }
        try check(result)
    }

    @inlinable
    public mutating func write(_ value: JSON, at column: Int) throws {
        let result = value.withBytes { bytes in
            csqlite_bind_text_copy(
                statement.pointer, number(of: column),
                UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self), UInt64(bytes.count))
        }
        try check(result)
    }

    /// A time finer than a microsecond is refused rather than cut.
    @inlinable
    public mutating func write(_ value: Instant, at column: Int) throws {
        guard value.isWholeMicroseconds else { throw refused("\(value) is finer than a microsecond", at: column) }
        try write(value.microsecondsSince1970, at: column)
    }

    public mutating func write(_ value: UUID, at column: Int) throws {
        try write(value.lowercaseText, at: column)
    }

    @usableFromInline
    borrowing func refused(_ reason: String, at column: Int) -> DatabaseError {
        DatabaseError(
            code: .constraintViolation, engineCode: "SQLITE_MISMATCH (20)",
            message: "parameter \(number(of: column)): \(reason)")
    }

    /// SQLite counts parameters from 1.
    @inlinable
    borrowing func number(of column: Int) -> Int32 {
        Int32(truncatingIfNeeded: first + column)
    }

    @inlinable
    borrowing func check(_ result: Int32) throws {
        if result != SQLITE_OK { throw statement.failure(result) }
    }
}
