public import SQLSchema

/// What rows of tables that have a generated row mapper are read from and written to: a connection or a transaction.
///
/// ```swift
/// let stored = try transaction.insert(CustomersRow(name: "Ada"))
/// let customer = try transaction.find(CustomersRow.self, key: stored.id)
/// ```
public protocol RowDatabase: ~Copyable {
    /// The dialect of its statements.
    static var dialect: Dialect { get }

    /// Runs a statement and reads the rows that it returns.
    ///
    /// - Throws: `DatabaseError`.
    borrowing func rows<Row: ResultRow>(
        _ type: Row.Type, of sql: String, with arguments: some RowArguments
    ) throws -> [Row]

    /// Runs a statement and gives the rows that it returns to a closure, one after the other.
    ///
    /// The memory that it needs does not grow with the result. The closure may run other statements.
    ///
    /// - Throws: `DatabaseError`, or what the closure throws, which ends it.
    borrowing func forEachRow<Row: ResultRow>(
        _ type: Row.Type, of sql: String, with arguments: some RowArguments, _ body: (Row) throws -> Void
    ) throws

    /// Runs a statement and returns how many rows it has changed.
    ///
    /// - Throws: `DatabaseError`.
    borrowing func changeRows(_ sql: String, with arguments: some RowArguments) throws -> Int
}

/// The values of a statement's parameters.
public protocol RowArguments {
    /// Writes the values.
    func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws
}

extension RowDatabase where Self: ~Copyable {
    /// Inserts a row.
    ///
    /// - Returns: the row as it is stored, with what the database has decided.
    /// - Throws: `DatabaseError`.
    @discardableResult
    public borrowing func insert<Row: TableRow>(_ row: Row) throws -> Row {
        let sql = try sql(Row.self, Row.statements[Self.dialect]?.insert, "be inserted")
        return try rows(Row.self, of: sql, with: WrittenRow(row: row)).first ?? row
    }

    /// Changes the row that has the same key.
    ///
    /// - Returns: the row as it is stored; nil when there is none with the key.
    /// - Throws: `DatabaseError`, also when the table has no key, or nothing beside it.
    @discardableResult
    public borrowing func update<Row: TableRow>(_ row: Row) throws -> Row? {
        let sql = try sql(Row.self, Row.statements[Self.dialect]?.update, "be changed")
        return try rows(Row.self, of: sql, with: WrittenRow(row: row, hasCountedColumns: true)).first
    }

    /// Inserts a row, or changes the one that has the same key.
    ///
    /// - Returns: the row as it is stored.
    /// - Throws: `DatabaseError`, also when the table has no key, or the database counts it up.
    @discardableResult
    public borrowing func upsert<Row: TableRow>(_ row: Row) throws -> Row {
        let sql = try sql(Row.self, Row.statements[Self.dialect]?.upsert, "be inserted or changed")
        return try rows(Row.self, of: sql, with: WrittenRow(row: row)).first ?? row
    }

    /// Finds the row of a key; nil when there is none.
    ///
    /// - Throws: `DatabaseError`.
    public borrowing func find<Row: TableRow>(_ type: Row.Type, key: Row.PrimaryKey) throws -> Row? {
        let sql = try sql(type, Row.statements[Self.dialect]?.selectByKey, "be found by a key")
        return try rows(type, of: sql, with: RowKey<Row>(key: key)).first
    }

    /// Deletes the row of a key.
    ///
    /// - Returns: whether there was one.
    /// - Throws: `DatabaseError`.
    @discardableResult
    public borrowing func delete<Row: TableRow>(_ type: Row.Type, key: Row.PrimaryKey) throws -> Bool {
        let sql = try sql(type, Row.statements[Self.dialect]?.deleteByKey, "be deleted by a key")
        return try changeRows(sql, with: RowKey<Row>(key: key)) > 0
    }

    /// Reads all rows of a table or a view, in no order.
    ///
    /// - Throws: `DatabaseError`.
    public borrowing func all<Row: GeneratedRow>(_ type: Row.Type) throws -> [Row] {
        try rows(type, of: try sql(type, Row.selection(in: Self.dialect), "be read"), with: NoArguments())
    }

    private borrowing func sql<Row: GeneratedTable>(
        _ type: Row.Type, _ sql: String?, _ purpose: String
    ) throws -> String {
        if let sql { return sql }
        let reason =
            Row.names[Self.dialect] == nil
            ? "\(type) is no table of \(Self.dialect.displayName)"
            : "\(type) has no key by which its rows could \(purpose)"
        throw DatabaseError(
            code: .invalidSQL, engineCode: Self.dialect == .sqlite ? "SQLITE_MISUSE (21)" : "42000", message: reason)
    }
}

/// The values of a row.
private struct WrittenRow<Row: TableRow>: RowArguments {
    let row: Row
    /// Whether the columns of the key that the database counts up follow.
    var hasCountedColumns = false

    func write<Writer: RowWriter & ~Copyable>(to writer: inout Writer) throws {
        try row.write(to: &writer)
        if hasCountedColumns { try row.writeCounted(to: &writer) }
    }
}

/// The values of a key.
private struct RowKey<Row: TableRow>: RowArguments {
    let key: Row.PrimaryKey

    func write<Writer: RowWriter & ~Copyable>(to writer: inout Writer) throws {
        try Row.write(key: key, to: &writer)
    }
}

private struct NoArguments: RowArguments {
    func write<Writer: RowWriter & ~Copyable>(to writer: inout Writer) throws {}
}
