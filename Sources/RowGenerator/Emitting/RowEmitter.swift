import SQLSchema

/// Writes the struct for the rows of an ordinary table or of a view.
struct RowEmitter {
    private let table: ResolvedTable

    init(_ table: ResolvedTable) {
        self.table = table
    }

    func append(to source: inout SwiftSource) {
        let emitter = PropertiesEmitter(typeName: table.rowTypeName, properties: table.properties)
        source.line()
        source.documentation("A row of the \(table.kind == .view ? "view" : "table") `\(table.displayName)`.")
        source.block("\(source.access)struct \(table.rowTypeName): GeneratedTable, Equatable") { source in
            emitter.appendProperties(to: &source)
            emitter.appendInitializer("Creates a row from its values.", to: &source)
            appendRead(to: &source)
            if table.kind == .rows { appendWrite(to: &source) }
            emitter.appendEquality(to: &source)
            source.line()
            GeneratedTableEmitter.append(
                table, selected: table.properties.map(\.column.name), inserted: written.map(\.column.name), to: &source)
        }
    }

    /// All but what the database counts up; nothing of a view.
    private var written: [ResolvedColumn] {
        table.kind == .rows ? table.properties.filter { !$0.isCounted } : []
    }

    private func appendRead(to source: inout SwiftSource) {
        source.line()
        source.documentation("Reads a row of `selectedColumns`.")
        source.inlinable()
        source.block("\(source.access)init<Row: RowReader & ~Copyable>(row: borrowing Row) throws") { source in
            for (index, property) in table.properties.enumerated() {
                source.line("self.\(property.identifier) = try \(property.reading(at: index))")
            }
        }
    }

    private func appendWrite(to source: inout SwiftSource) {
        source.line()
        source.documentation("Writes the values of `insertedColumns`.")
        source.inlinable()
        source.block("\(source.access)func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws") { source in
            for (index, property) in written.enumerated() {
                source.line("try \(property.writing("self.\(property.identifier)", at: index))")
            }
        }
    }
}
