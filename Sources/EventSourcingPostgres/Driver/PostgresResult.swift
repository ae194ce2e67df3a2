public import CLibpq

/// What a statement returned: owns a `PGresult *` and clears it.
///
/// All rows are in memory, in PostgreSQL's binary format. See <https://www.postgresql.org/docs/current/libpq-exec.html>.
public final class PostgresResult {
    @usableFromInline let pointer: OpaquePointer
    @usableFromInline let columns: PostgresColumns
    let sql: String
    let address: String

    init(pointer: OpaquePointer, columns: PostgresColumns, sql: String, address: String) {
        self.pointer = pointer
        self.columns = columns
        self.sql = sql
        self.address = address
    }

    deinit {
        PQclear(pointer)
    }

    /// How many rows there are (PQntuples).
    @inlinable
    public var rowCount: Int {
        Int(PQntuples(pointer))
    }

    /// How many rows the statement returned, inserted, updated or deleted (PQcmdTuples); 0 for any other statement.
    public var affectedRowCount: Int {
        PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// The kind of the statement as the server names it, such as `INSERT 0 1` (PQcmdStatus).
    public var command: String {
        PQcmdStatus(pointer).map { String(cString: $0) } ?? ""
    }

    /// Reads the first row, or nil when there is none.
    ///
    /// - Throws: what the closure throws.
    @inlinable
    public func first<Value>(_ read: (borrowing PostgresRow) throws -> Value) throws -> Value? {
        guard rowCount > 0 else { return nil }
        // In a variable: the optimizer of Swift 6.3 crashes on a row that is made in the call.
        let row = PostgresRow(self)
        return try read(row)
    }

    /// Reads all rows.
    ///
    /// - Throws: what the closure throws.
    @inlinable
    public func all<Value>(_ read: (borrowing PostgresRow) throws -> Value) throws -> [Value] {
        let count = PQntuples(pointer)
        var values: [Value] = []
        values.reserveCapacity(Int(count))
        var row = PostgresRow(self)
        while row.index < count {
            values.append(try read(row))
            row.index += 1
        }
        return values
    }

    /// The error for a value that is not what its column's Swift type can hold.
    @usableFromInline
    func unexpectedValue(at column: Int, row: Int32, expected: String) -> DatabaseError {
        let isKnown = (0..<columns.count).contains(column)
        let name = isKnown ? columns.names[column] : "\(column)"
        let found =
            if !isKnown {
                "no such column"
            } else if PQgetisnull(pointer, row, Int32(column)) == 1 {
                "NULL"
            } else {
                columns.types[column].name
            }
        return DatabaseError(
            code: .unexpectedValue, engineCode: "22000",
            message: "column \(name): expected \(expected), found \(found)",
            sql: sql, database: address)
    }
}
