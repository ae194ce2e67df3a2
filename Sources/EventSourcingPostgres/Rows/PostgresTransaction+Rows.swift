public import EventSourcingSQL

extension PostgresTransaction: RowDatabase {
    public static var dialect: Dialect { .postgres }

    public borrowing func rows<Row: ResultRow>(
        _ type: Row.Type, of sql: String, with arguments: some RowArguments
    ) throws -> [Row] {
        try rowConnection().rows(type, of: sql, with: arguments)
    }

    public borrowing func forEachRow<Row: ResultRow>(
        _ type: Row.Type, of sql: String, with arguments: some RowArguments, _ body: (Row) throws -> Void
    ) throws {
        try rowConnection().forEachRow(type, of: sql, with: arguments, body)
    }

    public borrowing func changeRows(_ sql: String, with arguments: some RowArguments) throws -> Int {
        try rowConnection().changeRows(sql, with: arguments)
    }
}
