public import EventSourcingSQL
import SQLSchema

/// Rows of tables that have a generated row mapper.
extension PostgresConnection {
    /// Inserts a row.
    ///
    /// - Returns: the row as it is stored, with what the database has decided.
    /// - Throws: `DatabaseError`.
    @discardableResult
    public func insert<Row: TableRow>(_ row: Row) throws -> Row {
        try write(row, Row.statements[.postgres]?.insert, "be inserted", isUpdate: false) ?? row
    }

    /// Changes the row that has the same key.
    ///
    /// - Returns: the row as it is stored; nil when there is none with the key.
    /// - Throws: `DatabaseError`, also when the table has no key, or nothing beside it.
    @discardableResult
    public func update<Row: TableRow>(_ row: Row) throws -> Row? {
        try write(row, Row.statements[.postgres]?.update, "be changed", isUpdate: true)
    }

    /// Inserts a row, or changes the one that has the same key.
    ///
    /// - Returns: the row as it is stored.
    /// - Throws: `DatabaseError`, also when the table has no key, or the database counts it up.
    @discardableResult
    public func upsert<Row: TableRow>(_ row: Row) throws -> Row {
        try write(row, Row.statements[.postgres]?.upsert, "be inserted or changed", isUpdate: false) ?? row
    }

    /// Finds the row of a key; nil when there is none.
    ///
    /// - Throws: `DatabaseError`.
    public func find<Row: TableRow>(_ type: Row.Type, key: Row.PrimaryKey) throws -> Row? {
        let statement = try prepared(type, Row.statements[.postgres]?.selectByKey, "be found by a key")
        var parameters = statement.parameters()
        try Row.write(key: key, to: &parameters)
        return try statement.all { row in try Row(row: row) }.first
    }

    /// Deletes the row of a key.
    ///
    /// - Returns: whether there was one.
    /// - Throws: `DatabaseError`.
    @discardableResult
    public func delete<Row: TableRow>(_ type: Row.Type, key: Row.PrimaryKey) throws -> Bool {
        let statement = try prepared(type, Row.statements[.postgres]?.deleteByKey, "be deleted by a key")
        var parameters = statement.parameters()
        try Row.write(key: key, to: &parameters)
        return try statement.run() > 0
    }

    /// Reads all rows of a table or a view, in no order.
    ///
    /// - Throws: `DatabaseError`.
    public func all<Row: GeneratedRow>(_ type: Row.Type) throws -> [Row] {
        try prepared(type, Row.selection(in: .postgres), "be read").all { row in try Row(row: row) }
    }

    private func write<Row: TableRow>(_ row: Row, _ sql: String?, _ purpose: String, isUpdate: Bool) throws -> Row? {
        let statement = try prepared(Row.self, sql, purpose)
        var parameters = statement.parameters()
        try row.write(to: &parameters)
        if isUpdate { try row.writeCounted(to: &parameters) }
        return try statement.all { row in try Row(row: row) }.first
    }

    private func prepared<Row: GeneratedTable>(
        _ type: Row.Type, _ sql: String?, _ purpose: String
    ) throws -> PostgresStatement {
        if let sql { return try prepare(sql) }
        let name = Row.names[.postgres]
        let reason =
            name == nil ? "\(type) is no table of PostgreSQL" : "\(type) has no key by which its rows could \(purpose)"
        throw DatabaseError(code: .invalidSQL, engineCode: "42000", message: reason)
    }
}
