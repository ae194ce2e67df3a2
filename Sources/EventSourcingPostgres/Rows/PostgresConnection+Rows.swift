public import EventSourcingSQL

extension PostgresConnection: RowDatabase {
    public static var dialect: Dialect { .postgres }

    public func rows<Row: GeneratedRow>(
        _ type: Row.Type, of sql: String, with arguments: some RowArguments
    ) throws -> [Row] {
        try prepare(sql, with: arguments).all { row in try Row(row: row) }
    }

    public func changeRows(_ sql: String, with arguments: some RowArguments) throws -> Int {
        try prepare(sql, with: arguments).run()
    }

    private func prepare(_ sql: String, with arguments: some RowArguments) throws -> PostgresStatement {
        let statement = try prepare(sql)
        var parameters = statement.parameters()
        try arguments.write(to: &parameters)
        return statement
    }
}
