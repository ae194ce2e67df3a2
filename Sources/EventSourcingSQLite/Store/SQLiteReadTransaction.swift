public import EventSourcingSQL

/// A transaction that reads a team's own tables, and sees the database as it was when it began.
///
/// It is valid inside the closure of `read` only. Beside it others write, and it keeps none of them waiting:
///
/// ```swift
/// let customers = try store.read { database in try database.all(CustomersRow.self) }
/// ```
public struct SQLiteReadTransaction: ~Copyable {
    private let connection: StoreConnection

    init(_ connection: StoreConnection) {
        self.connection = connection
    }

    /// Prepares one statement of the caller's own, to be run inside the closure.
    ///
    /// - Throws: `DatabaseError` with the offset of the mistake.
    public borrowing func prepare(_ sql: String) throws -> SQLiteStatement {
        try connection.connection.prepare(sql)
    }
}

extension SQLiteReadTransaction: RowDatabase {
    public static var dialect: Dialect { .sqlite }

    public borrowing func rows<Row: ResultRow>(
        _ type: Row.Type, of sql: String, with arguments: some RowArguments
    ) throws -> [Row] {
        try connection.withRowStatement(sql) { try $0.rows(type, with: arguments) }
    }

    public borrowing func forEachRow<Row: ResultRow>(
        _ type: Row.Type, of sql: String, with arguments: some RowArguments, _ body: (Row) throws -> Void
    ) throws {
        try connection.withRowStatement(sql) { try $0.forEachRow(type, with: arguments, body) }
    }

    /// Fails: what changes rows belongs into `withTransaction`.
    public borrowing func changeRows(_ sql: String, with arguments: some RowArguments) throws -> Int {
        try connection.withRowStatement(sql) { try $0.changeRows(with: arguments) }
    }
}

extension SQLiteStore {
    /// Runs a closure that reads a team's own tables, beside whoever writes.
    ///
    /// All that it reads is of one moment. A database in memory has one connection only, which writers wait for.
    ///
    /// - Throws: what the closure throws; `DatabaseError` with the code `readOnly` when it tries to write.
    public func read<Result>(_ body: (borrowing SQLiteReadTransaction) throws -> Result) throws -> Result {
        try reading { session in
            try session.connection.withSnapshot { try body(SQLiteReadTransaction(session.connection)) }
        }
    }
}
