import SQLSchema

/// Decides for every table what it is, what its code is called and which Swift types its columns have.
///
/// The tables are those of SQLite. Where PostgreSQL has the same table, its types will decide and SQLite's must agree;
/// that is why a ``ResolvedTable`` names its columns by dialect.
struct TableResolver {
    private let file: SnapshotFile
    private let overrides: OverrideFile
    private let dialect = Dialect.sqlite
    private var diagnostics: [SchemaDiagnostic] = []

    init(_ file: SnapshotFile, overrides: OverrideFile) {
        self.file = file
        self.overrides = overrides
    }

    /// The tables and views in the order of their names.
    ///
    /// - Throws: ``InvalidSchemaError`` with everything that has no Swift.
    mutating func resolve() throws(InvalidSchemaError) -> [ResolvedTable] {
        guard let catalog = file.snapshot.dialects[dialect]?.catalog else { return [] }
        let tables = catalog.tables.compactMap { resolve($0) } + catalog.views.compactMap { resolve($0) }
        reportCollisions(in: tables)
        if !diagnostics.isEmpty { throw InvalidSchemaError(diagnostics) }
        return tables.sorted { $0.displayName < $1.displayName }
    }

    // MARK: Tables and views

    private mutating func resolve(_ table: Table) -> ResolvedTable? {
        guard let shape = TableShape.all.first(where: { $0.isMeant(by: table) }) else {
            return resolve(.rows, table.name, columns: table.columns, properties: table.columns)
        }
        let mistakes = shape.mistakes(in: table)
        for mistake in mistakes {
            report(mistake.message, table.name, column: mistake.column)
        }
        reportOverrides(of: shape, table.name)
        let own = shape.kind == .events ? table.columns.filter { !shape.columnNames.contains($0.name) } : []
        let resolved = resolve(shape.kind, table.name, columns: table.columns, properties: own)
        return mistakes.isEmpty ? resolved : nil
    }

    private mutating func resolve(_ view: View) -> ResolvedTable? {
        resolve(.view, view.name, columns: view.columns, properties: view.columns)
    }

    private mutating func resolve(
        _ kind: ResolvedTable.Kind, _ name: RelationName, columns: [Column], properties: [Column]
    ) -> ResolvedTable? {
        let typeName = overrides.swiftNames[name.description]?.value ?? SwiftName.type(name.name)
        if typeName == nil { reportName(name, column: nil) }
        let readable = kind == .view ? properties : properties.filter { !$0.isGenerated }
        let resolved = readable.compactMap { resolve($0, of: name) }
        guard let typeName, resolved.count == readable.count else { return nil }
        return ResolvedTable(
            kind: kind, typeName: typeName, names: [dialect: name], columns: [dialect: columns], properties: resolved)
    }

    // MARK: Columns

    private mutating func resolve(_ column: Column, of relation: RelationName) -> ResolvedColumn? {
        let key = "\(relation).\(column.name)"
        let name = overrides.swiftNames[key]?.value ?? SwiftName.property(column.name)
        if name == nil { reportName(relation, column: column.name) }
        let type = overrides.columnTypes[key]?.value ?? SQLiteStorage(declaredType: column.type)?.types.first
        if type == nil {
            let declared = column.type.isEmpty ? "no type" : "the type \(column.type)"
            report(
                "'\(key)' has \(declared), which says nothing about its Swift type; declare it as INTEGER, REAL, TEXT "
                    + "or BLOB, or add \"columns\": {\"\(key)\": \"…\"} to schema/overrides.json",
                relation, column: column.name)
        }
        guard let name, let type else { return nil }
        return ResolvedColumn(
            column: column, name: name, type: type, defaultValue: DefaultValue.swift(of: column, as: type))
    }

    // MARK: Mistakes

    private mutating func report(_ message: String, _ relation: RelationName, column: String? = nil) {
        diagnostics.append(SchemaDiagnostic(message, at: file.location(of: relation, column: column, in: dialect)))
    }

    private mutating func reportName(_ relation: RelationName, column: String?) {
        let key = column.map { "\(relation).\($0)" } ?? relation.description
        report(
            "'\(key)' makes no Swift name, which begins with a letter and is not 'self'; "
                + "add \"names\": {\"\(key)\": \"…\"} to schema/overrides.json", relation, column: column)
    }

    /// The types of the standard columns belong to the contract.
    private mutating func reportOverrides(of shape: TableShape, _ relation: RelationName) {
        for column in shape.columnNames {
            let key = "\(relation).\(column)"
            for location in [overrides.columnTypes[key]?.location, overrides.swiftNames[key]?.location] {
                guard let location else { continue }
                let message = "'\(key)' is a standard column of \(shape.name): its Swift type and name are fixed"
                diagnostics.append(SchemaDiagnostic(message, at: location))
            }
        }
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

    private mutating func reportCollision(
        _ name: String, _ first: String, _ second: String, of table: ResolvedTable, column: String?
    ) {
        guard let relation = table.names[dialect] else { return }
        report(
            "'\(first)' and '\(second)' are both '\(name)' in Swift; "
                + "add \"names\": {\"\(second)\": \"…\"} to schema/overrides.json", relation, column: column)
    }
}
