package import SQLSchema

/// Makes the tables of BigQuery from the catalog: one for each events table.
///
/// Where PostgreSQL has the table its types decide, because they say more.
package struct BigQueryMapper: Sendable {
    /// The columns that every events table has, and whether each row has a value.
    static let envelope = ["position", "event_id", "aggregate_id", "version", "type", "recorded_at"]
    static let standardTypes: [String: ColumnType] = [
        "data": .json, "extensions": .json, "occurred_at": .instant, "recorded_at": .instant,
    ]

    let catalogs: [Dialect: Catalog]
    let overrides: OverrideFile
    let settings: BigQuerySettings

    /// Takes what it needs to know.
    package init(catalogs: [Dialect: Catalog], overrides: OverrideFile, settings: BigQuerySettings) {
        self.catalogs = catalogs
        self.overrides = overrides
        self.settings = settings
    }

    /// The mapping of every events table, by name.
    ///
    /// - Throws: ``BigQuerySchemaError`` with everything that has no counterpart.
    package func mappings() throws -> [BigQueryMapping] {
        var problems: [String] = []
        var mappings: [BigQueryMapping] = []
        for tables in eventTables() {
            do {
                mappings.append(try mapping(tables))
            } catch let error as BigQuerySchemaError {
                problems += error.problems
            }
        }
        if !problems.isEmpty { throw BigQuerySchemaError(problems) }
        return mappings.sorted { $0.name < $1.name }
    }

    // MARK: Tables

    /// The events tables, each in the dialects that have it.
    private func eventTables() -> [[Dialect: Table]] {
        let postgres = (catalogs[.postgres]?.tables ?? []).filter(Self.isEventsTable)
        var sqlite = (catalogs[.sqlite]?.tables ?? []).filter(Self.isEventsTable)
        var result: [[Dialect: Table]] = []
        for table in postgres {
            let name = overrides.tables[table.name.description].map { $0.value } ?? table.name.name
            let isAmbiguous =
                overrides.tables[table.name.description] == nil
                && postgres.count(where: { $0.name.name == table.name.name }) > 1
            let index = isAmbiguous ? nil : sqlite.firstIndex { $0.name.name == name }
            var tables = [Dialect.postgres: table]
            if let index { tables[.sqlite] = sqlite.remove(at: index) }
            result.append(tables)
        }
        return result + sqlite.map { [.sqlite: $0] }
    }

    /// What makes a table one of events.
    static func isEventsTable(_ table: Table) -> Bool {
        let keys = table.uniqueKeys + [table.primaryKey]
        return envelope.allSatisfy { table.column($0) != nil }
            && keys.contains { Set($0) == ["aggregate_id", "version"] }
    }

    /// A file's name: that of the table, with its schema when two schemas have it.
    private func name(of tables: [Dialect: Table]) -> String {
        guard let postgres = tables[.postgres]?.name else { return tables[.sqlite]?.name.name ?? "" }
        let others = (catalogs[.postgres]?.tables ?? []).filter { $0.name.name == postgres.name }
        return others.count(where: Self.isEventsTable) > 1 ? postgres.description : postgres.name
    }

    private func mapping(_ tables: [Dialect: Table]) throws -> BigQueryMapping {
        let name = name(of: tables)
        let settings = settings.table(
            named: [name] + tables.sorted { $0.key < $1.key }.map { $0.value.name.description })
        var problems: [String] = []
        var columns: [BigQueryMapping.Column] = []
        let all = (tables[.postgres] ?? tables[.sqlite])?.columns ?? []
        for column in all where settings.columns[column.name] != .skip {
            do {
                if let mapped = try self.column(column.name, tables, settings) { columns.append(mapped) }
            } catch let error as BigQuerySchemaError {
                problems += error.problems.map { "\(name).\(column.name): \($0)" }
            }
        }
        problems += Self.collisions(columns, in: name)
        let known = Set(all.map(\.name))
        for other in settings.columns.keys.sorted() where !known.contains(other) {
            problems.append("\(name): schema/bigquery.json has the column '\(other)', which the table does not have")
        }
        let table = layout(columns, settings, name, &problems)
        if !problems.isEmpty { throw BigQuerySchemaError(problems) }
        return BigQueryMapping(name: name, relations: tables.mapValues(\.name), columns: columns, table: table)
    }

    /// Names are unique without regard to case there.
    static func collisions(_ columns: [BigQueryMapping.Column], in table: String) -> [String] {
        let groups = Dictionary(grouping: columns) { $0.field.name.lowercased() }.values.filter { $0.count > 1 }
        return groups.map { group in
            let names = group.map { "'\($0.column)'" }.sorted().joined(separator: " and ")
            return "\(table): \(names) are one column in BigQuery, where case does not count: rename one, or leave it "
                + "out with \"SKIP\" in schema/bigquery.json"
        }.sorted()
    }

    /// What rows are divided and sorted by.
    private func layout(
        _ columns: [BigQueryMapping.Column], _ settings: BigQuerySettings.TableSettings, _ name: String,
        _ problems: inout [String]
    ) -> BigQueryTable {
        var table = BigQueryTable(fields: columns.map(\.field))
        func field(_ column: String, _ purpose: String) -> BigQueryField? {
            let found = columns.first { $0.column == column }?.field
            if found == nil { problems.append("\(name): there is no column '\(column)' to \(purpose) by") }
            return found
        }
        if let column = settings.partitionBy, let field = field(column, "partition") {
            let types: [BigQueryType] = [.timestamp, .dateTime, .date]
            if !types.contains(field.type) || field.mode == .repeated {
                problems.append(
                    "\(name): a table is partitioned by a time or a day, and '\(column)' is \(field.sqlType)")
            }
            table.partitioning = BigQueryPartitioning(column: field.name, unit: settings.partitionUnit)
        }
        if settings.clusterBy.count > 4 { problems.append("\(name): a table is clustered by 4 columns at most") }
        for column in settings.clusterBy {
            guard let field = field(column, "cluster") else { continue }
            if [.json, .float, .record].contains(field.type) || field.mode == .repeated {
                problems.append("\(name): a table cannot be clustered by '\(column)', which is \(field.sqlType)")
            }
            table.clustering.append(field.name)
        }
        table.primaryKey = columns.filter { ["aggregate_id", "version"].contains($0.column) }.map(\.field.name)
        table.requiresPartitionFilter = settings.requiresPartitionFilter
        table.labels = settings.labels
        return table
    }

    // MARK: Columns

    /// A column, or nil for one that is left out because of its type.
    private func column(
        _ name: String, _ tables: [Dialect: Table], _ settings: BigQuerySettings.TableSettings
    ) throws -> BigQueryMapping.Column? {
        let choice = settings.columns[name]
        var source: SourceValue?
        var expressions: [Dialect: String] = [:]
        if let table = tables[.postgres], let column = table.column(name), let catalog = catalogs[.postgres] {
            guard let value = try SourceValue(postgres: column, in: catalog, choice) else { return nil }
            source = value
            expressions[.postgres] = value.expression
        }
        if let table = tables[.sqlite], let column = table.column(name) {
            let type = try columnType(column, of: tables)
            let value = try SourceValue(sqlite: column, type: type, choice, expected: source?.field)
            // A range or a composite is kept as its literal there, which nobody takes apart.
            if value.field.type != .record || value.field.isInterval {
                expressions[.sqlite] = value.expression
            }
            source = source ?? value
        }
        guard let source else { return nil }
        var field = source.field
        field.name = BigQueryName.name(of: name)
        guard field.name.utf8.count <= BigQueryName.maximumLength else {
            throw BigQuerySchemaError(["its name has more than \(BigQueryName.maximumLength) characters in BigQuery"])
        }
        if field.name != name { field.description = "the column \"\(name)\"" }
        if Self.envelope.contains(name) { field.mode = .required }
        return BigQueryMapping.Column(column: name, field: field, expressions: expressions)
    }

    /// What a column of SQLite holds, as far as somebody says so; nil leaves it to the declared type.
    private func columnType(_ column: Column, of tables: [Dialect: Table]) throws -> TypeChoice? {
        let names = tables.sorted { $0.key < $1.key }.map { "\($0.value.name).\(column.name)" }
        if let entry = names.compactMap({ overrides.columnTypes[$0] }).first { return entry.value }
        return Self.standardTypes[column.name].map { .scalar($0) }
    }
}
