public import CSQLite
public import SQLSchema

/// One prepared statement: owns a `sqlite3_stmt *` and finalizes it.
///
/// It keeps its connection alive, and is confined with it. See <https://sqlite.org/c3ref/stmt.html>.
public final class SQLiteStatement {
    @usableFromInline let pointer: OpaquePointer
    @usableFromInline let texts: RepeatedTexts
    private let connection: SQLiteConnection
    private let sql: String

    init(pointer: OpaquePointer, connection: SQLiteConnection, sql: String) {
        self.pointer = pointer
        self.connection = connection
        self.sql = sql
        texts = RepeatedTexts(columnCount: Int(sqlite3_column_count(pointer)))
    }

    deinit {
        sqlite3_finalize(pointer)
    }

    /// Moves to the next row; false at the end (sqlite3_step), after which it must be reset.
    ///
    /// - Throws: `DatabaseError`; the statement is reset by then.
    @inlinable
    public func step() throws -> Bool {
        let result = sqlite3_step(pointer)
        if result == SQLITE_ROW { return true }
        if result == SQLITE_DONE { return false }
        throw failure(result)
    }

    /// Makes the statement ready to run again with other parameters (sqlite3_reset).
    @inlinable
    public func reset() {
        sqlite3_reset(pointer)
    }

    /// Lets go of the parameters' values (sqlite3_clear_bindings).
    func clearParameters() {
        sqlite3_clear_bindings(pointer)
    }

    /// Runs the statement to its end.
    ///
    /// - Throws: `DatabaseError`.
    @inlinable
    public func run() throws {
        defer { reset() }
        while try step() {}
    }

    /// How many rows the statement has just changed.
    var changedRowCount: Int { Int(connection.changedRowCount) }

    /// The rowid of the row that the statement, an INSERT, has just inserted (sqlite3_last_insert_rowid).
    ///
    /// - Throws: `DatabaseError` when there is none: a trigger or a conflict clause can drop a row without an error.
    @usableFromInline
    func insertedRowID() throws -> Int64 {
        guard connection.changedRowCount == 1 else {
            throw DatabaseError(
                code: .refusedByTrigger, engineCode: "SQLITE_CONSTRAINT (19)",
                message: "a trigger or an ON CONFLICT clause of the table dropped an event without an error",
                database: connection.path)
        }
        return connection.lastInsertedRowID
    }

    /// Runs the statement and reads its first row, or nil when it has none.
    ///
    /// - Throws: `DatabaseError` or what the closure throws.
    public func first<Value>(_ read: (borrowing SQLiteRow) throws -> Value) throws -> Value? {
        defer { reset() }
        let row = SQLiteRow(self)
        guard try step() else { return nil }
        return try read(row)
    }

    /// Runs the statement and reads all its rows.
    ///
    /// - Throws: `DatabaseError` or what the closure throws.
    @inlinable
    public func all<Value>(_ read: (borrowing SQLiteRow) throws -> Value) throws -> [Value] {
        defer { reset() }
        var values: [Value] = []
        // Most results are small, and growing from nothing would copy their first rows several times.
        values.reserveCapacity(16)
        let row = SQLiteRow(self)
        while try step() { values.append(try read(row)) }
        return values
    }

    /// The statement's parameters, to be written by index.
    ///
    /// - Parameter first: the number of the parameter at index 0; SQLite counts them from 1.
    @inlinable
    public func parameters(from first: Int = 1) -> SQLiteParameters {
        SQLiteParameters(statement: self, first: first)
    }

    @usableFromInline
    func failure(_ result: Int32) -> DatabaseError {
        let error = connection.error(result, sql: sql)
        sqlite3_reset(pointer)
        return error
    }

    /// The error for a value that is not what its column's Swift type can hold.
    @usableFromInline
    func unexpectedValue(at column: Int, expected: String) -> DatabaseError {
        let name = sqlite3_column_name(pointer, Int32(column)).map { String(cString: $0) } ?? "\(column)"
        let type =
            switch sqlite3_column_type(pointer, Int32(column)) {
            case SQLITE_NULL: "NULL"
            case SQLITE_INTEGER: "INTEGER"
            case SQLITE_FLOAT: "REAL"
            case SQLITE_TEXT: "TEXT"
            default: "BLOB"
            }
        return DatabaseError(
            code: .unexpectedValue, engineCode: "SQLITE_MISMATCH (20)",
            message: "column \(name): expected \(expected), found \(type)", sql: sql, database: connection.path)
    }
}

extension SQLiteStatement {
    /// Runs the statement and looks at its rows, one after the other, until the closure returns false.
    ///
    /// - Throws: `DatabaseError` or what the closure throws.
    @inlinable
    package func forEach(_ body: (borrowing SQLiteRow) throws -> Bool) throws {
        defer { reset() }
        let row = SQLiteRow(self)
        while try step(), try body(row) {}
    }
}
