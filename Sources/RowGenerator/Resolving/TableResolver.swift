import SQLSchema

/// Decides for every table what it is, what its code is called and which Swift types its columns have.
///
/// A table that both dialects have gets one code. PostgreSQL's types decide, because they say more, and SQLite's must be
/// able to hold the same values.
struct TableResolver {
    let file: SnapshotFile
    let overrides: OverrideFile
    /// The folder of the target, whose queries get code; nil for those of all targets.
    let target: String?
    var diagnostics: [SchemaDiagnostic] = []
    /// The enums and domains that columns have made types of; nil for one that makes no Swift name.
    var types: [RelationName: ResolvedType?] = [:]

    init(_ file: SnapshotFile, overrides: OverrideFile, target: String? = nil) {
        self.file = file
        self.overrides = overrides
        self.target = target
    }

    /// Decides about the tables and views that the override file includes, and about their types.
    ///
    /// - Throws: ``InvalidSchemaError`` with everything that has no Swift.
    mutating func resolve() throws(InvalidSchemaError) -> ResolvedSchema {
        let pairing = RelationPairing(file, overrides: overrides)
        diagnostics += pairing.diagnostics
        let included = pairing.relations.filter { overrides.includes($0.overrideNames) }
        let tables = included.compactMap { resolve($0) }.sorted { $0.displayName < $1.displayName }
        let queries = resolveQueries(on: pairing.relations)
        let types = types.values.compactMap { $0 }.sorted { $0.name < $1.name }
        reportCollisions(in: tables)
        reportCollisions(of: types, with: tables)
        if !diagnostics.isEmpty { throw InvalidSchemaError(diagnostics) }
        return ResolvedSchema(
            tables: tables, types: types, queries: queries, access: overrides.access?.value ?? .public)
    }

    /// The catalog of a dialect.
    func catalog(_ dialect: Dialect) -> Catalog {
        file.snapshot.dialects[dialect]?.catalog ?? Catalog()
    }

    // MARK: Tables and views

    private mutating func resolve(_ relation: Relation) -> ResolvedTable? {
        let tables = relation.parts.compactMapValues(\.table)
        guard tables.count == relation.parts.count else {
            if !tables.isEmpty { return reportTableAndView(relation) }
            return resolve(.view, relation, excluding: [])
        }
        let shape = TableShape.all.first { shape in tables.values.contains(where: shape.isMeant) }
        guard let shape else { return resolve(.rows, relation, excluding: []) }
        let before = diagnostics.count
        for (dialect, table) in tables {
            for mistake in shape.mistakes(in: table, of: catalog(dialect), dialect) {
                report(mistake.message, table.name, column: mistake.column, in: dialect)
            }
        }
        let hasShape = diagnostics.count == before
        reportOverrides(of: shape, relation)
        let resolved = resolve(shape.kind, relation, excluding: Set(shape.columnNames))
        return hasShape ? resolved : nil
    }

    private mutating func resolve(
        _ kind: ResolvedTable.Kind, _ relation: Relation, excluding standard: Set<String>
    ) -> ResolvedTable? {
        let typeName = swiftName(of: relation, column: nil) { SwiftName.type($0) }
        let candidates = kind == .snapshots ? [] : properties(of: relation, kind, excluding: standard)
        let resolved = candidates.compactMap { resolve($0, kind, of: relation) }
        guard let typeName, resolved.count == candidates.count else { return nil }
        return ResolvedTable(
            kind: kind, typeName: typeName, names: relation.parts.mapValues(\.name),
            columns: relation.parts.mapValues(\.columns), properties: resolved,
            keyColumns: kind == .rows ? keyColumns(of: relation, among: resolved) : [],
            rewrittenJSON: rewrittenJSON(of: relation, standard))
    }

    /// The primary key of the dialect that decides, when the other one has it as a key, too.
    private func keyColumns(of relation: Relation, among properties: [ResolvedColumn]) -> [String] {
        guard let decider = relation.dialects.first, let key = relation.parts[decider]?.table?.primaryKey, !key.isEmpty
        else { return [] }
        let isShared = relation.parts.values.compactMap(\.table).allSatisfy { table in
            ([table.primaryKey] + table.uniqueKeys).contains { Set($0) == Set(key) }
        }
        let isReadable = key.allSatisfy { name in properties.contains { $0.column.name == name } }
        return isShared && isReadable ? key : []
    }

    /// The standard columns whose JSON PostgreSQL does not keep as it was given.
    private func rewrittenJSON(of relation: Relation, _ standard: Set<String>) -> [String] {
        (relation.parts[.postgres]?.columns ?? []).filter { column in
            standard.contains(column.name) && PostgresStorage(type: column.type, in: catalog(.postgres)) == .jsonb
        }.map(\.name)
    }

    // MARK: Mistakes

    mutating func report(_ message: String, _ relation: RelationName, column: String? = nil, in dialect: Dialect) {
        diagnostics.append(SchemaDiagnostic(message, at: file.location(of: relation, column: column, in: dialect)))
    }

    private mutating func reportTableAndView(_ relation: Relation) -> ResolvedTable? {
        for (dialect, part) in relation.parts where part.table == nil {
            let other = relation.parts.first { $0.value.table != nil }
            guard let other else { continue }
            let key = relation.parts[.postgres]?.name.description ?? ""
            report(
                "'\(part.name)' is a view in \(dialect.displayName), but '\(other.value.name)' is a table in "
                    + "\(other.key.displayName); if they are not the same, "
                    + "add \"tables\": {\"\(key)\": null} to schema/overrides.json", part.name, in: dialect)
        }
        return nil
    }

    /// The types of the standard columns belong to the contract.
    private mutating func reportOverrides(of shape: TableShape, _ relation: Relation) {
        for column in shape.columnNames {
            for key in relation.overrideNames.map({ "\($0).\(column)" }) {
                for location in [overrides.columnTypes[key]?.location, overrides.swiftNames[key]?.location] {
                    guard let location else { continue }
                    let message = "'\(key)' is a standard column of \(shape.name): its Swift type and name are fixed"
                    diagnostics.append(SchemaDiagnostic(message, at: location))
                }
            }
        }
    }

    // MARK: Names

    /// What a table or a column is called in Swift; nil when nothing fits, which is reported.
    mutating func swiftName(
        of relation: Relation, column: String?, _ guess: (String) -> String?
    ) -> String? {
        let keys = relation.overrideNames.map { name in column.map { "\(name).\($0)" } ?? name }
        let entries = keys.compactMap { key in overrides.swiftNames[key].map { (key, $0) } }
        if let first = entries.first, let other = entries.last, other.1.value != first.1.value {
            diagnostics.append(
                SchemaDiagnostic(
                    "'\(other.0)' cannot be '\(other.1.value)': '\(first.0)' is the same, and is called "
                        + "'\(first.1.value)'", at: other.1.location))
        }
        if let name = entries.first?.1.value { return name }
        guard let dialect = relation.dialects.first, let part = relation.parts[dialect] else { return nil }
        if let name = guess(column ?? part.name.name) { return name }
        let key = keys[0]
        report(
            "'\(key)' makes no Swift name, which begins with a letter and is not 'self'; "
                + "add \"names\": {\"\(key)\": \"…\"} to schema/overrides.json", part.name, column: column, in: dialect)
        return nil
    }

    private mutating func reportCollisions(in tables: [ResolvedTable]) {
        var types: [String: ResolvedTable] = [:]
        for table in tables {
            for type in table.declaredTypes {
                if let other = types.updateValue(table, forKey: type) {
                    reportCollision(type, other.displayName, table.displayName, of: table, column: nil)
                }
            }
            var properties: [String: ResolvedColumn] = [:]
            for property in table.properties {
                if let other = properties.updateValue(property, forKey: property.name) {
                    reportCollision(
                        property.name, "\(table.displayName).\(other.column.name)",
                        "\(table.displayName).\(property.column.name)", of: table, column: property.column.name)
                }
            }
        }
    }

    private mutating func reportCollisions(of types: [ResolvedType], with tables: [ResolvedTable]) {
        var owners = Dictionary(tables.flatMap { table in table.declaredTypes.map { ($0, table.displayName) } }) { $1 }
        owners["Schema"] = "the migrations"
        for type in types {
            guard let other = owners.updateValue(type.name.description, forKey: type.typeName) else { continue }
            diagnostics.append(
                SchemaDiagnostic(
                    "'\(other)' and '\(type.name)' are both '\(type.typeName)' in Swift; "
                        + "add \"names\": {\"\(type.name)\": \"…\"} to schema/overrides.json", at: file.start))
        }
    }

    private mutating func reportCollision(
        _ name: String, _ first: String, _ second: String, of table: ResolvedTable, column: String?
    ) {
        guard let (dialect, relation) = table.displayed else { return }
        report(
            "'\(first)' and '\(second)' are both '\(name)' in Swift; "
                + "add \"names\": {\"\(second)\": \"…\"} to schema/overrides.json", relation, column: column,
            in: dialect)
    }
}
