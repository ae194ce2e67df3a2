public import SQLSchema

extension SQLiteConnection {
    /// Asks the database for its tables and views: `sqlite_schema`, and the pragmas `table_list`, `table_xinfo`,
    /// `index_list`, `index_xinfo` and `foreign_key_list`.
    ///
    /// SQLite's own tables are left out.
    ///
    /// - Parameter excluded: tables that are no part of the schema, such as the history of migrations.
    public func catalog(excluding excluded: Set<String> = []) throws -> Catalog {
        try catalog { !excluded.contains($0) }
    }

    /// Asks for some tables only, so that the others may be such that this connection cannot read.
    func catalog(of names: Set<String>) throws -> Catalog {
        try catalog { names.contains($0) }
    }

    private func catalog(including isIncluded: (String) -> Bool) throws -> Catalog {
        let relations = try prepare(
            """
            SELECT type, name, sql FROM sqlite_schema
            WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
            """
        ).all { row in
            (type: try row.string(at: 0), name: try row.string(at: 1), definition: try row.string(at: 2))
        }
        var tables: [Table] = []
        var views: [View] = []
        for relation in relations where isIncluded(relation.name) {
            let columns = try columns(of: relation.name)
            if relation.type == "table" {
                tables.append(try table(relation.name, definition: relation.definition, columns: columns))
            } else {
                views.append(
                    View(
                        name: RelationName(relation.name), columns: columns.map(\.column),
                        definition: relation.definition))
            }
        }
        return Catalog(tables: tables, views: views, details: try views.flatMap { try triggers(of: $0.name.name) })
    }

    /// The triggers of a view, which stand in for the changes that it cannot take.
    private func triggers(of view: String) throws -> [CatalogDetail] {
        try definitions(of: "trigger", on: view).map { trigger in
            CatalogDetail(.trigger, name: "\(trigger.name) on \(view)", definition: trigger.definition)
        }
    }

    private func table(
        _ name: String, definition: String, columns: [(column: Column, keyOrder: Int64)]
    ) throws -> Table {
        Table(
            name: RelationName(name), columns: columns.map(\.column),
            primaryKey: columns.filter { $0.keyOrder > 0 }.sorted { $0.keyOrder < $1.keyOrder }.map(\.column.name),
            uniqueKeys: try uniqueKeys(of: name), foreignKeys: try foreignKeys(of: name),
            indexes: try definitions(of: "index", on: name), triggers: try definitions(of: "trigger", on: name),
            definition: definition)
    }

    private func columns(of relation: String) throws -> [(column: Column, keyOrder: Int64)] {
        let statement = try prepare(
            #"SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?1) ORDER BY cid"#)
        var parameters = statement.parameters()
        try parameters.write(relation, at: 0)
        var columns = try statement.all { row in
            let column = Column(
                name: try row.string(at: 0), type: try row.string(at: 1).uppercased(),
                isNullable: try row.int64(at: 2) == 0, defaultExpression: try row.value(at: 3),
                isGenerated: try row.int64(at: 5) >= 2)
            return (column: column, keyOrder: try row.int64(at: 4))
        }
        // SQLite reports the rowid itself without NOT NULL, though it never is NULL.
        let keys = columns.indices.filter { columns[$0].keyOrder > 0 }
        if keys.count == 1, columns[keys[0]].column.type == "INTEGER" { columns[keys[0]].column.isNullable = false }
        return columns
    }

    private func uniqueKeys(of table: String) throws -> [[String]] {
        let statement = try prepare(
            """
            SELECT name FROM pragma_index_list(?1) WHERE "unique" = 1 AND partial = 0 AND origin IN ('u', 'c')
            """)
        var parameters = statement.parameters()
        try parameters.write(table, at: 0)
        return try statement.all { try $0.string(at: 0) }.compactMap(plainColumns)
    }

    /// The columns of an index, or nil when one of its terms is an expression.
    private func plainColumns(of index: String) throws -> [String]? {
        let statement = try prepare("SELECT name FROM pragma_index_xinfo(?1) WHERE key = 1 ORDER BY seqno")
        var parameters = statement.parameters()
        try parameters.write(index, at: 0)
        let names = try statement.all { row in try row.value(String?.self, at: 0) }
        return names.contains(nil) ? nil : names.compactMap { $0 }
    }

    private func foreignKeys(of table: String) throws -> [ForeignKey] {
        let statement = try prepare(
            #"SELECT id, "table", "from", "to", on_delete, on_update FROM pragma_foreign_key_list(?1) ORDER BY id, seq"#
        )
        var parameters = statement.parameters()
        try parameters.write(table, at: 0)
        var keys: [Int64: ForeignKey] = [:]
        let rows = try statement.all { row in
            (
                id: try row.int64(at: 0), table: try row.string(at: 1), from: try row.string(at: 2),
                to: try row.value(String?.self, at: 3), onDelete: try row.string(at: 4), onUpdate: try row.string(at: 5)
            )
        }
        for row in rows {
            var key =
                keys[row.id]
                ?? ForeignKey(
                    columns: [], references: RelationName(row.table), referencedColumns: [], onDelete: row.onDelete,
                    onUpdate: row.onUpdate)
            key.columns.append(row.from)
            // Without column names the reference is to the primary key.
            if let to = row.to { key.referencedColumns.append(to) }
            keys[row.id] = key
        }
        return Array(keys.values)
    }

    private func definitions(of type: String, on table: String) throws -> [NamedDefinition] {
        let statement = try prepare(
            "SELECT name, sql FROM sqlite_schema WHERE type = ?1 AND tbl_name = ?2 AND sql IS NOT NULL")
        var parameters = statement.parameters()
        try parameters.write(type, at: 0)
        try parameters.write(table, at: 1)
        return try statement.all { NamedDefinition(name: try $0.string(at: 0), definition: try $0.string(at: 1)) }
    }
}
