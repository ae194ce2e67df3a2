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
        // By a name of its own: in release, Swift 6.3.1 crashes over a temporary here.
        let row = PostgresRow(self)
        return try read(row)
    }

    /// Reads all rows.
    ///
    /// - Throws: what the closure throws.
    @inlinable
    public func all<Value>(_ read: (borrowing PostgresRow) throws -> Value) throws -> [Value] {
        var row = PostgresRow(self)
        // Each value is made where it stays.
        return try [Value](unsafeUninitializedCapacity: rowCount) { values, count in
            while count < values.count {
                values.initializeElement(at: count, to: try read(row))
                count += 1
                row.index += 1
            }
        }
    }

    /// Reads all rows into an array that has others already.
    ///
    /// - Throws: what the closure throws.
    @inlinable
    func append<Value>(to values: inout [Value], _ read: (borrowing PostgresRow) throws -> Value) throws {
        var row = PostgresRow(self)
        for _ in 0..<rowCount {
            values.append(try read(row))
            row.index += 1
        }
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
