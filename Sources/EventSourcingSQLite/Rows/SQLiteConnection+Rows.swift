public import EventSourcingSQL

/// Each statement is prepared anew; a transaction of a store keeps them.
extension SQLiteConnection: RowDatabase {
    public static var dialect: Dialect { .sqlite }

    public func rows<Row: ResultRow>(
        _ type: Row.Type, of sql: String, with arguments: some RowArguments
    ) throws -> [Row] {
        try prepare(sql).rows(type, with: arguments)
    }

    public func forEachRow<Row: ResultRow>(
        _ type: Row.Type, of sql: String, with arguments: some RowArguments, _ body: (Row) throws -> Void
    ) throws {
        try prepare(sql).forEachRow(type, with: arguments, body)
    }

    public func changeRows(_ sql: String, with arguments: some RowArguments) throws -> Int {
        try prepare(sql).changeRows(with: arguments)
    }
}
