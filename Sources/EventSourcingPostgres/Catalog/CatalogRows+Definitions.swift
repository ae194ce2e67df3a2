import SQLSchema

/// PostgreSQL keeps no text of a table; it is put together from what the server says of its parts.
extension CatalogRows {
    func table(_ relation: Relation) -> Table {
        let constraints = constraints[relation.oid] ?? []
        let indexes = indexes[relation.oid] ?? []
        return Table(
            name: relation.name, columns: columns[relation.oid]?.map(\.column) ?? [],
            primaryKey: constraints.first { $0.kind == "p" }?.columns ?? [],
            uniqueKeys: indexes.compactMap(\.uniqueColumns), foreignKeys: constraints.compactMap(\.foreignKey),
            indexes: indexes.filter { !$0.belongsToConstraint }.map(\.definition),
            triggers: triggers(of: relation),
            definition: statements(of: relation).joined(separator: ";\n\n"))
    }

    func view(_ relation: Relation) -> View {
        let kind = relation.kind == "m" ? "MATERIALIZED VIEW" : "VIEW"
        let definition = "CREATE \(kind) \(relation.name.quoted) AS\n\((relation.viewQuery ?? "").trimmed)"
        let parts =
            [definition] + (indexes[relation.oid] ?? []).map(\.definition.definition)
            + triggers(of: relation).map(\.definition)
        return View(
            name: relation.name, columns: columns[relation.oid]?.map(\.column) ?? [],
            definition: parts.joined(separator: ";\n\n"))
    }

    private func definition(of relation: Relation) -> String {
        let parts =
            (columns[relation.oid] ?? []).map(\.declaration)
            + (constraints[relation.oid] ?? []).map {
                "CONSTRAINT \(SQLIdentifier.quoted($0.name)) \($0.definition)"
            }
        let kind = relation.kind == "f" ? "FOREIGN TABLE" : relation.isUnlogged ? "UNLOGGED TABLE" : "TABLE"
        let body = parts.isEmpty ? "()" : "(\n    \(parts.joined(separator: ",\n    "))\n)"
        let partitioning = relation.partitionKey.map { " PARTITION BY \($0)" } ?? ""
        return "CREATE \(kind) \(relation.name.quoted) \(body)\(partitioning)"
    }

    /// The statements that create the partitions, and theirs.
    private func partitions(of parent: Relation) -> [String] {
        relations.filter { $0.parent == parent.oid }.flatMap { partition -> [String] in
            let partitioning = partition.partitionKey.map { " PARTITION BY \($0)" } ?? ""
            let definition =
                "CREATE TABLE \(partition.name.quoted) PARTITION OF \(parent.name.quoted) "
                + "\(partition.partitionBound ?? "DEFAULT")\(partitioning)"
            return [definition] + triggers(of: partition).map(\.definition) + partitions(of: partition)
        }
    }

    /// The statement that creates a table, after what its `serial` columns count with, and before its partitions.
    private func statements(of relation: Relation) -> [String] {
        let sequences = (columns[relation.oid] ?? []).compactMap { row in
            row.ownedSequence.map { ($0, "\(relation.name.quoted).\(SQLIdentifier.quoted(row.column.name))", row) }
        }
        return sequences.map { sequence, _, row in
            "CREATE SEQUENCE \(sequence.name) AS \(sequence.type) \(row.sequenceOptions)".trimmed
        } + [definition(of: relation)]
            + sequences.map { sequence, column, _ in "ALTER SEQUENCE \(sequence.name) OWNED BY \(column)" }
            + partitions(of: relation)
    }

    private func triggers(of relation: Relation) -> [NamedDefinition] {
        (triggers[relation.oid] ?? []).map { trigger in
            let change: String? =
                switch trigger.isEnabled {
                case "D": "DISABLE TRIGGER"
                case "A": "ENABLE ALWAYS TRIGGER"
                case "R": "ENABLE REPLICA TRIGGER"
                default: nil
                }
            let statement = change.map {
                ";\nALTER TABLE \(relation.name.quoted) \($0) \(SQLIdentifier.quoted(trigger.name))"
            }
            return NamedDefinition(name: trigger.name, definition: trigger.definition + (statement ?? ""))
        }
    }
}

extension CatalogRows.ColumnRow {
    /// The column as CREATE TABLE declares it.
    fileprivate var declaration: String {
        let options = sequenceOptions.isEmpty ? "" : " (\(sequenceOptions))"
        let parts = [
            SQLIdentifier.quoted(column.name), column.type, collation.map { "COLLATE \($0)" },
            hasNotNull ? "NOT NULL" : nil, column.defaultExpression.map { "DEFAULT \($0)" },
            generationExpression.map { "GENERATED ALWAYS AS (\($0)) \(isVirtual ? "VIRTUAL" : "STORED")" },
            column.identity.map { "GENERATED \($0 == .always ? "ALWAYS" : "BY DEFAULT") AS IDENTITY\(options)" },
        ]
        return parts.compactMap { $0 }.joined(separator: " ")
    }
}

extension CatalogRows.Constraint {
    fileprivate var foreignKey: ForeignKey? {
        references.map {
            ForeignKey(
                columns: columns, references: $0, referencedColumns: referencedColumns, onDelete: onDelete,
                onUpdate: onUpdate)
        }
    }
}
