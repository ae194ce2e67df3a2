public import EventSourcingSQL

extension SQLiteConnection: RowDatabase {
    public static var dialect: Dialect { .sqlite }

    public func rows<Row: ResultRow>(
        _ type: Row.Type, of sql: String, with arguments: some RowArguments
    ) throws -> [Row] {
        try prepare(sql, with: arguments).all { row in try Row(row: row) }
    }

    public func forEachRow<Row: ResultRow>(
        _ type: Row.Type, of sql: String, with arguments: some RowArguments, _ body: (Row) throws -> Void
    ) throws {
        let statement = try prepare(sql, with: arguments)
        defer { statement.reset() }
        let row = SQLiteRow(statement)
        while try statement.step() { try body(try Row(row: row)) }
    }

    public func changeRows(_ sql: String, with arguments: some RowArguments) throws -> Int {
        try prepare(sql, with: arguments).run()
        return Int(changedRowCount)
    }

    private func prepare(_ sql: String, with arguments: some RowArguments) throws -> SQLiteStatement {
        let statement = try prepare(sql)
        var parameters = statement.parameters()
        try arguments.write(to: &parameters)
        return statement
    }
}
