import JSONText

/// What people say about the tables in BigQuery that the catalog cannot: `schema/bigquery.json`.
///
/// ```json
/// {
///   "tables": {
///     "order_events": {
///       "partitionBy": "recorded_at", "partitionUnit": "DAY", "clusterBy": ["aggregate_id", "type"],
///       "requirePartitionFilter": false, "labels": {"team": "orders"},
///       "columns": {"amount": "NUMERIC", "search": "SKIP"}
///     }
///   }
/// }
/// ```
package struct BigQuerySettings: Hashable, Sendable {
    /// What a column becomes instead of what its type suggests.
    enum ColumnChoice: String, Hashable, Sendable, CaseIterable {
        /// The value's text.
        case string = "STRING"
        /// The value as JSON.
        case json = "JSON"
        /// A decimal number with 29 digits before and 9 behind the point.
        case numeric = "NUMERIC"
        /// A decimal number with 38 digits before and 38 behind the point.
        case bigNumeric = "BIGNUMERIC"
        case integer = "INTEGER"
        case float = "FLOAT"
        case boolean = "BOOLEAN"
        case bytes = "BYTES"
        case timestamp = "TIMESTAMP"
        /// A list whose elements can be NULL: each is a record with the field `value`.
        case records = "RECORDS"
        /// The column is left out.
        case skip = "SKIP"
    }

    /// What is said about one table.
    struct TableSettings: Hashable, Sendable {
        var partitionBy: String? = "recorded_at"
        var partitionUnit = BigQueryPartitioning.Unit.day
        var clusterBy = ["aggregate_id"]
        var requiresPartitionFilter = false
        var labels: [String: String] = [:]
        var columns: [String: ColumnChoice] = [:]
    }

    var tables: [String: TableSettings] = [:]

    /// Nothing is said.
    package static let none = BigQuerySettings()

    init() {}

    /// Reads the file.
    ///
    /// - Parameter path: what messages call it.
    /// - Throws: ``BigQuerySchemaError`` with everything that is wrong.
    package init(_ bytes: [UInt8], path: String) throws {
        var reader = SettingsReader(path: path)
        self = try reader.read(bytes)
    }

    /// What is said about a table that goes by several names.
    func table(named names: [String]) -> TableSettings {
        names.compactMap { tables[$0] }.first ?? TableSettings()
    }
}

/// Reads the file and collects what is wrong with it.
private struct SettingsReader {
    let path: String
    var problems: [String] = []

    mutating func read(_ bytes: [UInt8]) throws -> BigQuerySettings {
        let root: JSONNode
        do {
            root = try JSONNode(parsing: bytes)
        } catch {
            throw BigQuerySchemaError(["\(path): this is not JSON: \(error)"])
        }
        var settings = BigQuerySettings()
        for member in members(of: root, "the file", allowed: ["tables"]) {
            for table in members(of: member.value, "'tables'") { settings.tables[table.key] = read(table) }
        }
        if !problems.isEmpty { throw BigQuerySchemaError(problems.map { "\(path): \($0)" }) }
        return settings
    }

    private mutating func read(_ member: JSONNode.Member) -> BigQuerySettings.TableSettings {
        var table = BigQuerySettings.TableSettings()
        let place = "'\(member.key)'"
        let allowed = ["partitionBy", "partitionUnit", "clusterBy", "requirePartitionFilter", "labels", "columns"]
        for setting in members(of: member.value, place, allowed: allowed) {
            switch (setting.key, setting.value.value) {
            case ("partitionBy", .string(let column)): table.partitionBy = column
            case ("partitionBy", .null): table.partitionBy = nil
            case ("partitionUnit", .string(let word)):
                guard let unit = BigQueryPartitioning.Unit(rawValue: word) else {
                    problems.append("\(place): '\(word)' is none of HOUR, DAY, MONTH and YEAR")
                    continue
                }
                table.partitionUnit = unit
            case ("clusterBy", .array(let items)): table.clusterBy = items.compactMap(\.string)
            case ("requirePartitionFilter", .bool(let flag)): table.requiresPartitionFilter = flag
            case ("labels", .object(let members)):
                for label in members { table.labels[label.key] = label.value.string }
            case ("columns", .object(let members)): for column in members { read(column, to: &table, place) }
            default: problems.append("\(place): '\(setting.key)' has a value that it cannot have")
            }
        }
        return table
    }

    private mutating func read(
        _ column: JSONNode.Member, to table: inout BigQuerySettings.TableSettings, _ place: String
    ) {
        guard let choice = column.value.string.flatMap({ BigQuerySettings.ColumnChoice(rawValue: $0) }) else {
            let words = BigQuerySettings.ColumnChoice.allCases.map(\.rawValue).joined(separator: ", ")
            return problems.append("\(place): '\(column.key)' must be one of \(words)")
        }
        table.columns[column.key] = choice
    }

    private mutating func members(of node: JSONNode, _ what: String, allowed: [String]? = nil) -> [JSONNode.Member] {
        guard case .object(let members) = node.value else {
            problems.append("\(what) must be an object")
            return []
        }
        for member in members where !(allowed ?? [member.key]).contains(member.key) {
            problems.append(
                "\(what) has no member '\(member.key)'; it can have \((allowed ?? []).joined(separator: ", "))")
        }
        return members
    }
}
