public import EventSourcingSQL

extension PostgresConnection: RowDatabase {
    public static var dialect: Dialect { .postgres }

    public func rows<Row: ResultRow>(
        _ type: Row.Type, of sql: String, with arguments: some RowArguments
    ) throws -> [Row] {
        try prepare(sql, with: arguments).all { row in try Row(row: row) }
    }

    /// Reads the rows through a cursor (DECLARE, FETCH), in a transaction of its own when none is open.
    public func forEachRow<Row: ResultRow>(
        _ type: Row.Type, of sql: String, with arguments: some RowArguments, _ body: (Row) throws -> Void
    ) throws {
        guard isInTransaction else {
            return try withTransaction { try forEachRow(type, of: sql, with: arguments, body) }
        }
        let cursor = "rows_\(handle.newStatementName())"
        // Neither is kept prepared: no other cursor has the name.
        let declaration = try PostgresStatement("DECLARE \(cursor) NO SCROLL CURSOR FOR \(sql)", handle: handle)
        var parameters = declaration.parameters()
        try arguments.write(to: &parameters)
        try declaration.run()
        // In a transaction that has failed the cursor is gone.
        defer { try? execute("CLOSE \(cursor)") }
        let fetch = try PostgresStatement("FETCH FORWARD 500 FROM \(cursor)", handle: handle)
        while true {
            let rows = try fetch.all { row in try Row(row: row) }
            for row in rows { try body(row) }
            guard rows.count == 500 else { return }
        }
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
