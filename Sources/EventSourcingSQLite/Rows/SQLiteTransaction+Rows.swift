public import EventSourcingSQL

/// The statements stay prepared on the store's connection.
extension SQLiteTransaction: RowDatabase {
    public static var dialect: Dialect { .sqlite }

    public borrowing func rows<Row: ResultRow>(
        _ type: Row.Type, of sql: String, with arguments: some RowArguments
    ) throws -> [Row] {
        try storeConnection().withRowStatement(sql) { try $0.rows(type, with: arguments) }
    }

    public borrowing func forEachRow<Row: ResultRow>(
        _ type: Row.Type, of sql: String, with arguments: some RowArguments, _ body: (Row) throws -> Void
    ) throws {
        try storeConnection().withRowStatement(sql) { try $0.forEachRow(type, with: arguments, body) }
    }

    public borrowing func changeRows(_ sql: String, with arguments: some RowArguments) throws -> Int {
        try storeConnection().withRowStatement(sql) { try $0.changeRows(with: arguments) }
    }
}
