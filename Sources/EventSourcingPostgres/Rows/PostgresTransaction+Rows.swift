public import EventSourcingSQL

/// Rows of a team's own tables that have a generated row mapper.
extension PostgresTransaction {
    /// Inserts a row.
    ///
    /// - Returns: the row as it is stored, with what the database has decided.
    /// - Throws: `DatabaseError`.
    @discardableResult
    public borrowing func insert<Row: TableRow>(_ row: Row) throws -> Row {
        try rowConnection().insert(row)
    }

    /// Changes the row that has the same key.
    ///
    /// - Returns: the row as it is stored; nil when there is none with the key.
    /// - Throws: `DatabaseError`, also when the table has no key, or nothing beside it.
    @discardableResult
    public borrowing func update<Row: TableRow>(_ row: Row) throws -> Row? {
        try rowConnection().update(row)
    }

    /// Inserts a row, or changes the one that has the same key.
    ///
    /// - Returns: the row as it is stored.
    /// - Throws: `DatabaseError`, also when the table has no key, or the database counts it up.
    @discardableResult
    public borrowing func upsert<Row: TableRow>(_ row: Row) throws -> Row {
        try rowConnection().upsert(row)
    }

    /// Finds the row of a key; nil when there is none.
    ///
    /// - Throws: `DatabaseError`.
    public borrowing func find<Row: TableRow>(_ type: Row.Type, key: Row.PrimaryKey) throws -> Row? {
        try rowConnection().find(type, key: key)
    }

    /// Deletes the row of a key.
    ///
    /// - Returns: whether there was one.
    /// - Throws: `DatabaseError`.
    @discardableResult
    public borrowing func delete<Row: TableRow>(_ type: Row.Type, key: Row.PrimaryKey) throws -> Bool {
        try rowConnection().delete(type, key: key)
    }

    /// Reads all rows of a table or a view, in no order.
    ///
    /// - Throws: `DatabaseError`.
    public borrowing func all<Row: GeneratedRow>(_ type: Row.Type) throws -> [Row] {
        try rowConnection().all(type)
    }
}
