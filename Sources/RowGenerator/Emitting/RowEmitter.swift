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
        source.block(
            "\(source.access)struct \(table.rowTypeName): \(table.kind == .rows ? "TableRow" : "GeneratedRow")"
        ) { source in
            emitter.appendProperties(to: &source)
            emitter.appendInitializer("Creates a row from its values.", to: &source)
            appendRead(to: &source)
            if table.kind == .rows { appendWrite(to: &source) }
            emitter.appendEquality(to: &source)
            source.line()
            GeneratedTableEmitter.append(
                table, selected: table.properties.map(\.column.name), inserted: written.map(\.column.name), to: &source)
            if table.kind == .rows { appendKey(to: &source) }
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

    // MARK: The key

    private var keyProperties: [ResolvedColumn] {
        table.keyColumns.compactMap { name in table.properties.first { $0.column.name == name } }
    }

    private func appendKey(to source: inout SwiftSource) {
        let key = keyProperties
        source.line()
        source.documentation("The statements that write and find rows.")
        source.line("\(source.access)static let statements = RowStatements.all(\(table.rowTypeName).self)")
        source.line()
        switch key.count {
        case 0:
            source.documentation("There is no primary key.")
            source.line("\(source.access)typealias PrimaryKey = NoPrimaryKey")
            return
        case 1:
            source.documentation("The type of `\(key[0].column.name)`, which is the primary key.")
            source.line("\(source.access)typealias PrimaryKey = \(key[0].typeName)")
        default: appendKeyStruct(key, to: &source)
        }
        source.line()
        source.documentation("The columns of the primary key.")
        source.filled(
            "\(source.access)static let keyColumns: [String] = [", SwiftLiteral.strings(table.keyColumns), "]")
        appendKeyWriting(key, to: &source)
    }

    private func appendKeyStruct(_ key: [ResolvedColumn], to source: inout SwiftSource) {
        source.documentation("The values of the primary key's columns.")
        source.block("\(source.access)struct PrimaryKey: Sendable") { source in
            for property in key {
                source.documentation("The value of `\(property.column.name)`.")
                source.line("\(source.access)var \(property.identifier): \(property.typeName)")
            }
            source.line()
            source.documentation("Creates a key from its values.")
            source.inlinable()
            source.listed(
                "\(source.access)init(", key.map { "\($0.label): \($0.typeName)" }, ") {")
            source.indented { source in
                for property in key { source.line("self.\(property.identifier) = \(property.identifier)") }
            }
            source.line("}")
        }
    }

    private func appendKeyWriting(_ key: [ResolvedColumn], to source: inout SwiftSource) {
        source.line()
        source.documentation("Writes the values of a key, in the order of `keyColumns`.")
        source.inlinable()
        source.listed(
            "\(source.access)static func write<Row: RowWriter & ~Copyable>(", ["key: PrimaryKey", "to row: inout Row"],
            ") throws {")
        source.indented { source in
            for (index, property) in key.enumerated() {
                let value = key.count == 1 ? "key" : "key.\(property.identifier)"
                source.line("try \(property.writing(value, at: index))")
            }
        }
        source.line("}")
        let counted = key.filter(\.isCounted)
        guard !counted.isEmpty else { return }
        source.line()
        source.documentation(
            "Writes the values of the key that the database counts up, behind those of `insertedColumns`.")
        source.inlinable()
        source.block("\(source.access)func writeCounted<Row: RowWriter & ~Copyable>(to row: inout Row) throws") {
            source in
            for (index, property) in counted.enumerated() {
                source.line("try \(property.writing("self.\(property.identifier)", at: written.count + index))")
            }
        }
    }
}
