import EventSourcingSQL

/// What rows of generated code are read and written with, once the statement is prepared.
extension SQLiteStatement {
    func rows<Row: ResultRow>(_ type: Row.Type, with arguments: some RowArguments) throws -> [Row] {
        try write(arguments)
        return try all { row in try Row(row: row) }
    }

    func forEachRow<Row: ResultRow>(
        _ type: Row.Type, with arguments: some RowArguments, _ body: (Row) throws -> Void
    ) throws {
        try write(arguments)
        defer { reset() }
        let row = SQLiteRow(self)
        while try step() { try body(try Row(row: row)) }
    }

    private func write(_ arguments: some RowArguments) throws {
        var parameters = parameters()
        try arguments.write(to: &parameters)
    }

    func changeRows(with arguments: some RowArguments) throws -> Int {
        try write(arguments)
        try run()
        return changedRowCount
    }
}
