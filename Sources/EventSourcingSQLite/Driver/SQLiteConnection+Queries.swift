import CSQLite
public import SQLSchema

extension SQLiteConnection {
    /// Asks what goes into a statement and what comes out of it, without running it.
    ///
    /// Types and names are those of the columns that values come from (sqlite3_column_decltype,
    /// sqlite3_column_origin_name); an expression has no type in SQLite. A column is NOT NULL when its table says so and the
    /// program of the statement never puts NULL in its place, as it does for an outer join (EXPLAIN).
    ///
    /// - Throws: `DatabaseError` with the offset of the mistake.
    public func describe(_ sql: String) throws -> QueryDescription {
        let statement = try prepare(sql)
        let program = try QueryProgram(of: sql, on: self)
        let columns = try (0..<statement.columnCount).map { index in
            let origin = statement.origin(ofColumn: index)
            return QueryDescription.Column(
                name: statement.name(ofColumn: index), type: statement.declaredType(ofColumn: index),
                isNullable: try origin.map { try isNullable($0, in: program) } ?? true, origin: origin)
        }
        return QueryDescription(
            parameterTypes: Array(repeating: "", count: statement.parameterCount), columns: columns)
    }

    private func isNullable(_ origin: ColumnOrigin, in program: QueryProgram) throws -> Bool {
        if program.canBeNull(origin.relation.name) { return true }
        let table = try catalog(of: [origin.relation.name]).tables.first
        return table?.column(origin.column)?.isNullable ?? true
    }
}

extension SQLiteStatement {
    fileprivate var columnCount: Int { Int(sqlite3_column_count(pointer)) }

    fileprivate var parameterCount: Int { Int(sqlite3_bind_parameter_count(pointer)) }

    fileprivate func name(ofColumn index: Int) -> String {
        sqlite3_column_name(pointer, Int32(index)).map { String(cString: $0) } ?? ""
    }

    fileprivate func declaredType(ofColumn index: Int) -> String {
        sqlite3_column_decltype(pointer, Int32(index)).map { String(cString: $0).uppercased() } ?? ""
    }

    fileprivate func origin(ofColumn index: Int) -> ColumnOrigin? {
        guard let table = csqlite_column_table_name(pointer, Int32(index)),
            let column = csqlite_column_origin_name(pointer, Int32(index))
        else { return nil }
        return ColumnOrigin(relation: RelationName(String(cString: table)), column: String(cString: column))
    }
}
