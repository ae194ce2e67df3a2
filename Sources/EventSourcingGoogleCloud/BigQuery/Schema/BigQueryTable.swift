import JSONText

/// What a table of BigQuery is like: its columns, and how its rows are kept.
struct BigQueryTable: Hashable, Sendable {
    var fields: [BigQueryField]
    /// How rows are divided into partitions; nil when they are not.
    var partitioning: BigQueryPartitioning?
    /// The columns that rows are sorted by within a partition.
    var clustering: [String] = []
    /// The columns that tell a row from every other; BigQuery does not see to it.
    var primaryKey: [String] = []
    var requiresPartitionFilter = false
    var labels: [String: String] = [:]

    /// The members of a table's JSON, without its name.
    func writeMembers(to writer: inout JSONWriter) {
        if !clustering.isEmpty {
            writer.key("clustering")
            writer.object { writer in
                writer.key("fields")
                writer.array { writer in clustering.forEach { writer.string($0) } }
            }
        }
        if !labels.isEmpty {
            writer.key("labels")
            writer.object { writer in
                for (key, value) in labels.sorted(by: { $0.key < $1.key }) { writer.member(key, value) }
            }
        }
        writer.member("requirePartitionFilter", requiresPartitionFilter)
        writer.key("schema")
        writer.object { writer in
            writer.key("fields")
            writer.array { writer in fields.forEach { $0.write(to: &writer) } }
        }
        if !primaryKey.isEmpty {
            writer.key("tableConstraints")
            writer.object { writer in
                writer.key("primaryKey")
                writer.object { writer in
                    writer.key("columns")
                    writer.array { writer in primaryKey.forEach { writer.string($0) } }
                }
            }
        }
        if let partitioning {
            writer.key("timePartitioning")
            writer.object { writer in
                writer.member("type", partitioning.unit.rawValue)
                writer.member("field", partitioning.column)
            }
        }
    }
}

/// How rows are divided into partitions.
struct BigQueryPartitioning: Hashable, Sendable {
    /// How much time a partition spans.
    enum Unit: String, Hashable, Sendable, CaseIterable {
        case hour = "HOUR"
        case day = "DAY"
        case month = "MONTH"
        case year = "YEAR"
    }

    var column: String
    var unit = Unit.day
}

extension BigQueryTable {
    /// Reads a table as the REST API answers it; nil when it has no schema.
    init?(_ node: JSONNode) {
        guard let fields = node["schema"]?["fields"]?.items else { return nil }
        self.init(fields: fields.compactMap { BigQueryField($0) })
        if let partitioning = node["timePartitioning"], let column = partitioning["field"]?.string {
            self.partitioning = BigQueryPartitioning(
                column: column,
                unit: partitioning["type"]?.string.flatMap { BigQueryPartitioning.Unit(rawValue: $0) } ?? .day)
        }
        clustering = (node["clustering"]?["fields"]?.items ?? []).compactMap(\.string)
        primaryKey = (node["tableConstraints"]?["primaryKey"]?["columns"]?.items ?? []).compactMap(\.string)
        requiresPartitionFilter = node["requirePartitionFilter"]?.bool ?? false
    }

    /// The statement that creates the table, in the SQL of BigQuery.
    func ddl(name: String) -> String {
        var lines = fields.map { field in
            "  \(BigQueryName.quoted(field.name)) \(field.sqlType)\(field.mode == .required ? " NOT NULL" : "")"
        }
        if !primaryKey.isEmpty {
            lines.append("  PRIMARY KEY (\(list(primaryKey))) NOT ENFORCED")
        }
        var text = "CREATE TABLE `\(name)` (\n\(lines.joined(separator: ",\n"))\n)"
        if let partitioning { text += "\nPARTITION BY \(expression(of: partitioning))" }
        if !clustering.isEmpty { text += "\nCLUSTER BY \(list(clustering))" }
        var options: [String] = []
        if requiresPartitionFilter { options.append("require_partition_filter = true") }
        if !labels.isEmpty {
            let pairs = labels.sorted { $0.key < $1.key }.map { "('\($0.key)', '\($0.value)')" }
            options.append("labels = [\(pairs.joined(separator: ", "))]")
        }
        if !options.isEmpty { text += "\nOPTIONS (\(options.joined(separator: ", ")))" }
        return text + ";\n"
    }

    private func list(_ names: [String]) -> String {
        names.map(BigQueryName.quoted).joined(separator: ", ")
    }

    private func expression(of partitioning: BigQueryPartitioning) -> String {
        let column = BigQueryName.quoted(partitioning.column)
        let type = fields.first { $0.name == partitioning.column }?.type ?? .timestamp
        return switch (type, partitioning.unit) {
        case (.date, .day): column
        case (.date, let unit): "DATE_TRUNC(\(column), \(unit.rawValue))"
        case (_, .day): "DATE(\(column))"
        case (.dateTime, let unit): "DATETIME_TRUNC(\(column), \(unit.rawValue))"
        case (_, let unit): "TIMESTAMP_TRUNC(\(column), \(unit.rawValue))"
        }
    }
}
