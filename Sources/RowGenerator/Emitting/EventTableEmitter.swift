import SQLSchema

/// Writes the code of an events table: the struct of its own columns, if it has any, and the row mapper.
struct EventTableEmitter {
    private let table: ResolvedTable

    init(_ table: ResolvedTable) {
        self.table = table
    }

    func append(to source: inout SwiftSource) {
        if let columnsTypeName = table.columnsTypeName {
            appendColumns(columnsTypeName, to: &source)
        }
        source.line()
        source.documentation("The row mapper of the events table `\(table.displayName)`.")
        GeneratedTableEmitter.appendPromise(of: table, to: &source)
        source.block("\(source.access)enum \(table.tableTypeName): EventTable") { source in
            source.documentation("The columns beyond the standard ones.")
            source.line("\(source.access)typealias Columns = \(columnsType)")
            source.line()
            GeneratedTableEmitter.append(table, selected: selected, inserted: inserted, to: &source)
            appendRead(to: &source)
            appendWrite(to: &source)
        }
    }

    private var columnsType: String { table.columnsTypeName ?? "StandardColumns" }

    // MARK: Columns

    private func appendColumns(_ typeName: String, to source: inout SwiftSource) {
        let emitter = PropertiesEmitter(typeName: typeName, properties: table.properties)
        source.line()
        source.documentation("The columns of `\(table.displayName)` beyond the standard ones.")
        let computed = table.computedColumns.map { "`\($0)`" }
        if !computed.isEmpty {
            source.line("///")
            source.documentation("Left out is what the database computes: \(computed.joined(separator: ", ")).")
        }
        source.block("\(source.access)struct \(typeName): EventColumns") { source in
            emitter.appendProperties(to: &source)
            emitter.appendInitializer("Creates the values of an event's own columns.", to: &source)
            emitter.appendEquality(to: &source)
        }
    }

    private var own: [String] { table.properties.map(\.column.name) }

    private var selected: [String] { TableShape.events.columnNames + own }

    /// All but what the store itself decides.
    private var inserted: [String] {
        let decidedByStore = ["position", "aggregate_id", "version", "recorded_at"]
        return selected.filter { !decidedByStore.contains($0) }
    }

    // MARK: Reading

    private func appendRead(to source: inout SwiftSource) {
        source.line()
        source.documentation("Reads a row of `selectedColumns`.")
        source.inlinable()
        source.listed(
            "\(source.access)static func read<Row: RowReader & ~Copyable>(", ["_ row: borrowing Row"],
            ") throws -> RecordedEvent<\(columnsType)> {")
        source.indented { source in
            let first = TableShape.events.columns.count
            let arguments = table.properties.enumerated().map { index, property in
                "\(property.label): \(property.reading(at: first + index))"
            }
            if !arguments.isEmpty {
                source.listed("let columns = try \(columnsType)(", arguments, ")", hugging: true)
            }
            source.line("let event = try Event(")
            source.indented { source in
                source.lines(Self.eventArguments)
                source.line("columns: \(arguments.isEmpty ? "StandardColumns()" : "columns"))")
            }
            source.lines(Self.recordedEvent)
        }
        source.line("}")
    }

    private static let eventArguments = [
        "row,",
        "id: 3,",
        "type: row.value(String.self, at: 4),",
        "source: row.value(String.self, at: 5),",
        "subject: row.value(String?.self, at: 6),",
        "time: row.value(Instant.self, at: 15),",
        "json: 7,",
        "binary: 8,",
        "dataContentType: row.value(String?.self, at: 9),",
        "dataSchema: row.value(String?.self, at: 10),",
        "specVersion: row.value(String.self, at: 11),",
        "extensions: row.value([String: ExtensionValue].self, at: 12),",
        "correlationID: row.value(String?.self, at: 13),",
        "causationID: row.value(String?.self, at: 14),",
    ]

    private static let recordedEvent = [
        "return try RecordedEvent(",
        "    aggregateID: row.value(String.self, at: 1),",
        "    version: row.value(Int.self, at: 2),",
        "    position: row.value(Int.self, at: 0),",
        "    recordedAt: row.value(Instant.self, at: 16),",
        "    event: event)",
    ]

    // MARK: Writing

    private func appendWrite(to source: inout SwiftSource) {
        source.line()
        source.documentation("Writes the values of `insertedColumns`.")
        source.inlinable()
        source.listed(
            "\(source.access)static func write<Row: RowWriter & ~Copyable>(",
            ["_ event: Event<\(columnsType)>", "to row: inout Row"], ") throws {")
        source.indented { source in
            for (index, value) in Self.writtenAttributes.enumerated() {
                source.line("try row.set(event.\(value), at: \(index))")
            }
            for (index, property) in table.properties.enumerated() {
                let value = "event.columns.\(property.identifier)"
                source.line("try \(property.writing(value, at: Self.writtenAttributes.count + index))")
            }
        }
        source.line("}")
    }

    private static let writtenAttributes = [
        "id", "type", "source", "subject", "data?.json", "data?.binary", "dataContentType", "dataSchema", "specVersion",
        "extensions", "correlationID", "causationID", "time",
    ]
}
