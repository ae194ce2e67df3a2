import SQLSchema

extension CatalogRules {
    /// What running programs meet that were built from the schema before: in tables, views and enums that were there.
    var incompatibilities: [LintFinding] {
        var old = before
        old.tables = old.tables.filter { existing.contains($0.name) }
        var new = after
        for index in new.tables.indices {
            guard let table = old.table(new.tables[index].name) else { continue }
            new.tables[index].columns = new.tables[index].columns.map { column in
                Self.asRead(column, before: table.column(column.name))
            }
        }
        return old.tables.flatMap { table in
            SchemaCompatibility(of: Catalog(tables: [table], domains: old.domains), on: new).problems.map {
                ($0, table.name)
            }
        }
        .filter { problem, table in !isTold(problem, of: table) && !isPartition(table) }
        .map { problem, table in LintFinding(.incompatible, table: table, fact: problem) } + otherProblems(old, new)
    }

    /// Views and enums are not of one table.
    private func otherProblems(_ old: Catalog, _ new: Catalog) -> [LintFinding] {
        SchemaCompatibility(of: Catalog(views: old.views, enums: old.enums), on: new).problems.map {
            LintFinding(.incompatible, fact: $0)
        }
    }

    /// Whether a table is part of another one since, and read and written as before.
    func isPartition(_ name: RelationName) -> Bool {
        let statement = "CREATE TABLE \(name.quoted) PARTITION OF "
        return after.tables.contains { $0.definition.contains(statement) }
    }

    /// What another rule says of an events table.
    private func isTold(_ problem: String, of table: RelationName) -> Bool {
        guard let old = before.table(table), EventsTable(old, in: before, dialect: dialect) != nil else { return false }
        return problem == "\(table): the table is gone" && renamed[table] == nil
            || problem == "\(table): UNIQUE (\(EventsTable.streamKey.joined(separator: ", "))) is gone"
    }

    /// The column as a program finds it that knows how it was: a wider type holds what the former one held, and is read
    /// in the same way.
    private static func asRead(_ column: Column, before: Column?) -> Column {
        guard let before, isWider(column.type, than: before.type) else { return column }
        var column = column
        column.type = before.type
        return column
    }

    static func isWider(_ new: String, than old: String) -> Bool {
        let (new, old) = (TypeWithModifier(new), TypeWithModifier(old))
        switch (old.name, new.name) {
        case ("character varying", "text"): return true
        case ("text", "character varying"): return new.modifiers.isEmpty
        case ("character varying", "character varying"):
            return new.modifiers.isEmpty || (old.modifiers.first ?? .max) <= (new.modifiers.first ?? .max)
        case ("numeric", "numeric"):
            if new.modifiers.isEmpty { return true }
            guard old.modifiers.count == 2, new.modifiers.count == 2 else { return false }
            let (oldWhole, newWhole) = (old.modifiers[0] - old.modifiers[1], new.modifiers[0] - new.modifiers[1])
            return newWhole >= oldWhole && new.modifiers[1] >= old.modifiers[1]
        default: return false
        }
    }
}

/// `numeric(10,2)` in its parts.
private struct TypeWithModifier {
    let name: String
    let modifiers: [Int]

    init(_ type: String) {
        let parts = type.split(separator: "(", maxSplits: 1)
        guard parts.count == 2, parts[1].last == ")" else {
            name = type
            modifiers = []
            return
        }
        name = String(parts[0])
        modifiers = parts[1].dropLast().split(separator: ",").compactMap { Int($0) }
    }
}
