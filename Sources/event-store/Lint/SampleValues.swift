import SQLSchema

/// Values for a few rows of any table, so that statements meet some.
struct SampleValues {
    let catalog: Catalog
    let dialect: Dialect

    /// How many rows each table gets.
    static let rowCount = 3

    /// Which columns of a row get a value.
    enum Extent: CaseIterable {
        /// Those that must have one.
        case required
        /// All that can be written.
        case all
    }

    /// The statement that inserts a row.
    ///
    /// - Parameter number: which row it is, from 1 on; the values of different rows differ.
    func insert(into table: Table, number: Int, _ extent: Extent) -> String {
        let columns = table.columns.filter { column in
            guard !column.isGenerated, column.identity != .always, !isCounted(column, of: table) else { return false }
            return extent == .all || column.isRequired
        }
        guard !columns.isEmpty else { return "INSERT INTO \(table.name.quoted) DEFAULT VALUES" }
        let names = columns.map { SQLIdentifier.quoted($0.name) }
        let values = columns.map { value(for: $0, of: table, number: number) }
        return "INSERT INTO \(table.name.quoted) (\(names.joined(separator: ", "))) VALUES "
            + "(\(values.joined(separator: ", ")))"
    }

    /// SQLite's rowid counts by itself.
    private func isCounted(_ column: Column, of table: Table) -> Bool {
        dialect == .sqlite && table.primaryKey == [column.name] && column.type == "INTEGER"
    }

    private func value(for column: Column, of table: Table, number: Int) -> String {
        if let key = table.foreignKeys.first(where: { $0.columns.contains(column.name) }), key.references != table.name,
            let index = key.columns.firstIndex(of: column.name)
        {
            let parent = catalog.table(key.references)
            let columns = key.referencedColumns.isEmpty ? parent?.primaryKey ?? [] : key.referencedColumns
            if columns.indices.contains(index) {
                let parent = key.references.quoted
                // The rows there are used again when they are fewer.
                return "(SELECT \(SQLIdentifier.quoted(columns[index])) FROM \(parent) ORDER BY 1 LIMIT 1 OFFSET "
                    + "(SELECT \(number - 1) % (CASE WHEN count(*) = 0 THEN 1 ELSE count(*) END) FROM \(parent)))"
            }
        }
        let type = PostgresStorage.baseType(of: column.type, in: catalog)
        if let literal = allowedText(for: column, of: table) { return literal }
        return dialect == .sqlite ? sqliteValue(type, number) : postgresValue(type, number)
    }

    /// The first text that a check of the column names, as in `CHECK (state IN ('open', 'closed'))`.
    private func allowedText(for column: Column, of table: Table) -> String? {
        guard ["text", "TEXT", "character varying"].contains(where: column.type.hasPrefix) else { return nil }
        for part in DefinitionPart.parts(of: table.definition).map(\.normalized) where part.contains(column.name) {
            guard let check = part.firstRange(of: "CHECK (") else { continue }
            let condition = part[check.upperBound...]
            let literals = condition.split(separator: "'", omittingEmptySubsequences: false)
            let isList = condition.contains(" IN (") || condition.contains("ANY (")
            if isList, literals.count > 2 { return "'\(literals[1])'" }
        }
        return nil
    }

    private func sqliteValue(_ type: String, _ number: Int) -> String {
        switch type {
        case "INTEGER", "INT", "REAL", "NUMERIC": "\(number)"
        case "BLOB": "x'0\(number)'"
        default: "'\(number)'"
        }
    }

    private func postgresValue(_ type: String, _ number: Int) -> String {
        if type.hasSuffix("[]") { return "'{}'" }
        if type.hasSuffix("range") { return "'empty'" }
        if let labels = catalog.enums.first(where: { "\($0.name)" == type || $0.name.quoted == type })?.labels {
            return labels.isEmpty ? "NULL" : "'\(labels[(number - 1) % labels.count].replacing("'", with: "''"))'"
        }
        guard let storage = PostgresStorage(type: type, in: catalog) else { return "'\(number)'" }
        return switch storage {
        case .boolean: number % 2 == 0 ? "true" : "false"
        case .uuid: "'00000000-0000-0000-0000-00000000000\(number)'"
        case .json, .jsonb: "'{\"n\": \(number)}'"
        case .bytea: "'\\x0\(number)'"
        case .date: "'2026-01-0\(number)'"
        case .time, .timetz: "'0\(number):00:00'"
        case .timestamp, .timestamptz: "'2026-01-0\(number) 00:00:00'"
        case .interval: "'\(number) hours'"
        case .inet, .cidr: "'10.0.0.\(number)'"
        case .macaddr: "'08:00:2b:01:02:0\(number)'"
        case .macaddr8: "'08:00:2b:01:02:03:04:0\(number)'"
        default: "'\(number)'"
        }
    }
}
