import SQLSchema

/// Writes the members that every generated table has: its schema, its names and its columns.
enum GeneratedTableEmitter {
    static func append(
        _ table: ResolvedTable, selected: [String], inserted: [String], to source: inout SwiftSource
    ) {
        source.documentation("The migrations that the code was generated from.")
        source.line("\(source.access)static var schema: EmbeddedSchema { Schema.embedded }")
        source.line()
        source.documentation("The table's name in each dialect that has it.")
        source.filled("\(source.access)static let names: [Dialect: RelationName] = [", names(of: table), "]")
        source.line()
        source.documentation("The columns that the code was generated for.")
        source.line("\(source.access)static let columns: [Dialect: [Column]] = [")
        source.indented { source in
            source.elements(table.columns.sorted { $0.key < $1.key }) { source, dialect, comma in
                source.line(".\(dialect.key.rawValue): [")
                source.indented { source in
                    source.elements(dialect.value) { source, column, comma in
                        source.listed("Column(", arguments(of: column), ")\(comma)", hugging: true)
                    }
                }
                source.line("]\(comma)")
            }
        }
        source.line("]")
        source.line()
        source.documentation("The columns to select, in the order in which a row is read.")
        appendNames("selectedColumns", selected, to: &source)
        source.line()
        source.documentation("The columns to insert, in the order in which they are written.")
        appendNames("insertedColumns", inserted, to: &source)
        let cast = table.properties.filter { $0.transfer?.isCast == true }.map(\.column.name)
        if !cast.isEmpty, table.kind != .view {
            source.line()
            source.documentation(
                "The columns that PostgreSQL is given as texts, of which the statement makes the column's type.")
            appendNames("castColumns", cast, to: &source)
        }
        let texts = table.properties.filter { $0.transfer?.isText == true }.map(\.column.name)
        if !texts.isEmpty {
            source.line()
            source.documentation("The columns that PostgreSQL is asked for as texts.")
            appendNames("textColumns", texts, to: &source)
        }
    }

    /// Says where less is promised than the contract of the stores does.
    static func appendPromise(of table: ResolvedTable, to source: inout SwiftSource) {
        for column in table.rewrittenJSON {
            source.line("///")
            source.documentation(
                "`\(column)` is `jsonb` in PostgreSQL: what is read is equal as JSON to what was written, "
                    + "and not the same bytes.")
        }
    }

    private static func appendNames(_ name: String, _ columns: [String], to source: inout SwiftSource) {
        source.filled("\(source.access)static let \(name): [String] = [", SwiftLiteral.strings(columns), "]")
    }

    private static func names(of table: ResolvedTable) -> [String] {
        table.names.sorted { $0.key < $1.key }.map { dialect, name in
            let schema = name.schema.map { "schema: \(SwiftLiteral.string($0)), " } ?? ""
            return ".\(dialect.rawValue): RelationName(\(schema)\(SwiftLiteral.string(name.name)))"
        }
    }

    private static func arguments(of column: Column) -> [String] {
        var arguments = [
            "name: \(SwiftLiteral.string(column.name))", "type: \(SwiftLiteral.string(column.type))",
            "isNullable: \(column.isNullable)",
        ]
        if let expression = column.defaultExpression {
            arguments.append("defaultExpression: \(SwiftLiteral.string(expression))")
        }
        if column.isGenerated { arguments.append("isGenerated: true") }
        if let identity = column.identity { arguments.append("identity: .\(identity.rawValue)") }
        return arguments
    }
}
