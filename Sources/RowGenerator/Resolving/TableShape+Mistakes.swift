import SQLSchema

extension TableShape {
    /// What keeps a table from having the shape that it means to have, with the SQL that puts it right.
    func mistakes(in table: Table) -> [(message: String, column: String?)] {
        missingColumns(in: table) + wrongColumns(in: table) + missingKeys(in: table) + lostColumns(in: table)
    }

    private func missingColumns(in table: Table) -> [(message: String, column: String?)] {
        let missing = columns.filter { table.column($0.name) == nil }
        guard !missing.isEmpty else { return [] }
        let names = missing.map(\.name).joined(separator: ", ")
        let declarations = missing.map(\.declaration).joined(separator: ", ")
        let marks = marks.joined(separator: ", ")
        return [
            (
                "'\(table.name)' has \(marks), as \(name) does, but lacks the standard columns \(names); "
                    + "declare them: \(declarations)", nil
            )
        ]
    }

    private func wrongColumns(in table: Table) -> [(message: String, column: String?)] {
        columns.compactMap { standard in
            guard let column = table.column(standard.name) else { return nil }
            let hasStorage = SQLiteStorage(declaredType: column.type) == standard.storage
            if hasStorage, !(standard.isRequired && column.isNullable), !column.isGenerated { return nil }
            let found = "\(column.type)\(column.isNullable ? ", NULL allowed" : " NOT NULL")"
            let generated = column.isGenerated ? ", generated" : ""
            return (
                "'\(table.name).\(column.name)' is \(found)\(generated); in \(name) it must be declared: "
                    + standard.declaration, column.name
            )
        }
    }

    private func missingKeys(in table: Table) -> [(message: String, column: String?)] {
        var mistakes: [(message: String, column: String?)] = keys.compactMap { key in
            if table.primaryKey == key.columns || table.uniqueKeys.contains(key.columns) { return nil }
            let columns = key.columns.joined(separator: ", ")
            let index = SQLIdentifier.quoted("\(table.name.name)_by_\(key.suffix)")
            return (
                "'\(table.name)' has no UNIQUE (\(columns)), without which \(key.reason); "
                    + "add a migration: CREATE UNIQUE INDEX \(index) ON \(table.name.quoted) (\(columns));", nil
            )
        }
        if let counter, table.column(counter) != nil, table.primaryKey != [counter] {
            mistakes.append(
                (
                    "'\(table.name).\(counter)' must be filled by the database; "
                        + "declare it: \(counter) INTEGER PRIMARY KEY AUTOINCREMENT", counter
                ))
        }
        return mistakes
    }

    /// A snapshot has no place for columns of a team's own, so that an insert leaves them out.
    private func lostColumns(in table: Table) -> [(message: String, column: String?)] {
        guard kind == .snapshots else { return [] }
        return table.columns.compactMap { column in
            if columnNames.contains(column.name) || column.isNullable || column.isGenerated { return nil }
            if column.defaultExpression != nil { return nil }
            return (
                "'\(table.name).\(column.name)' is not written when a snapshot is saved; "
                    + "allow NULL or give it a default", column.name
            )
        }
    }
}
