import SQLSchema

extension TableShape {
    typealias Mistake = (message: String, column: String?)

    /// What keeps a table from having the shape that it means to have, with the SQL that puts it right.
    func mistakes(in table: Table, of catalog: Catalog, _ dialect: Dialect) -> [Mistake] {
        missingColumns(in: table, dialect) + wrongColumns(in: table, of: catalog, dialect) + missingKeys(in: table)
            + uncountedColumns(in: table, dialect) + lostColumns(in: table)
    }

    private func missingColumns(in table: Table, _ dialect: Dialect) -> [Mistake] {
        let missing = columns.filter { table.column($0.name) == nil }
        guard !missing.isEmpty else { return [] }
        let names = missing.map(\.name).joined(separator: ", ")
        let declarations = missing.map { $0.declaration(in: dialect) }.joined(separator: ", ")
        // It may be meant to be one only because its counterpart in the other database is.
        let found = marks.filter { table.column($0) != nil }.joined(separator: ", ")
        let reason = isMeant(by: table) ? "has \(found), as \(name) does" : "must be \(name), as its counterpart is"
        return [
            ("'\(table.name)' \(reason), but lacks the standard columns \(names); declare them: \(declarations)", nil)
        ]
    }

    private func wrongColumns(in table: Table, of catalog: Catalog, _ dialect: Dialect) -> [Mistake] {
        columns.compactMap { standard in
            guard let column = table.column(standard.name) else { return nil }
            let isComputed = column.isGenerated || (column.isCounted && column.name != counter)
            let isNullable = standard.isRequired && column.isNullable
            if standard.canBe(column, in: catalog, dialect), !isNullable, !isComputed { return nil }
            let found = "\(column.type)\(column.isNullable ? ", NULL allowed" : " NOT NULL")"
            let computed = column.isGenerated ? ", generated" : isComputed ? ", counted up by the database" : ""
            return (
                "'\(table.name).\(column.name)' is \(found)\(computed); in \(name) it must be declared: "
                    + standard.declaration(in: dialect), column.name
            )
        }
    }

    private func missingKeys(in table: Table) -> [Mistake] {
        keys.compactMap { key in
            if table.primaryKey == key.columns || table.uniqueKeys.contains(key.columns) { return nil }
            let columns = key.columns.joined(separator: ", ")
            let index = SQLIdentifier.quoted("\(table.name.name)_by_\(key.suffix)")
            return (
                "'\(table.name)' has no UNIQUE (\(columns)), without which \(key.reason); "
                    + "add a migration: CREATE UNIQUE INDEX \(index) ON \(table.name.quoted) (\(columns));", nil
            )
        }
    }

    private func uncountedColumns(in table: Table, _ dialect: Dialect) -> [Mistake] {
        guard let counter, let column = table.column(counter) else { return [] }
        switch dialect {
        case .postgres:
            if column.isCounted { return [] }
            return [uncounted(table, counter, "bigint GENERATED ALWAYS AS IDENTITY (CACHE 1)")]
        case .sqlite:
            if table.primaryKey == [counter] { return [] }
            return [uncounted(table, counter, "INTEGER PRIMARY KEY AUTOINCREMENT")]
        }
    }

    private func uncounted(_ table: Table, _ column: String, _ type: String) -> Mistake {
        ("'\(table.name).\(column)' must be filled by the database; declare it: \(column) \(type)", column)
    }

    /// A snapshot has no place for columns of a team's own, so that an insert leaves them out.
    private func lostColumns(in table: Table) -> [Mistake] {
        guard kind == .snapshots else { return [] }
        return table.columns.compactMap { column in
            if columnNames.contains(column.name) || column.isNullable || column.isGenerated { return nil }
            if column.defaultExpression != nil || column.isCounted { return nil }
            return (
                "'\(table.name).\(column.name)' is not written when a snapshot is saved; "
                    + "allow NULL or give it a default", column.name
            )
        }
    }
}
