import SQLSchema

/// Writes the migrations that the code was generated from.
enum SchemaEmitter {
    static func append(_ snapshot: SchemaSnapshot, to source: inout SwiftSource) {
        let dialects = snapshot.dialects.sorted { $0.key < $1.key }
        source.line()
        source.documentation("The migrations that the code of this module was generated from.")
        source.block("\(source.access)enum Schema") { source in
            source.documentation("The migrations of each dialect, as files that a store can apply.")
            if dialects.isEmpty {
                return source.line("\(source.access)static let embedded = EmbeddedSchema(migrations: [:])")
            }
            source.line("\(source.access)static let embedded = EmbeddedSchema(migrations: [")
            source.indented { source in
                source.elements(dialects) { source, dialect, comma in
                    append(dialect.value.migrations, of: dialect.key, comma: comma, to: &source)
                }
            }
            source.line("])")
        }
    }

    private static func append(
        _ migrations: [EmbeddedMigration], of dialect: Dialect, comma: String, to source: inout SwiftSource
    ) {
        if migrations.isEmpty { return source.line(".\(dialect.rawValue): []\(comma)") }
        source.line(".\(dialect.rawValue): [")
        source.indented { source in
            source.elements(migrations) { source, migration, comma in
                source.line("EmbeddedMigration(")
                source.indented { append(migration, closing: ")\(comma)", to: &$0) }
            }
        }
        source.line("]\(comma)")
    }

    private static func append(_ migration: EmbeddedMigration, closing: String, to source: inout SwiftSource) {
        source.line("name: \(SwiftLiteral.string(migration.name)),")
        source.line("checksum: \(SwiftLiteral.string(migration.checksum)),")
        let literal = SwiftLiteral.multiline(migration.text)
        source.line("text: \(literal.opening)")
        source.indented { source in
            source.lines(literal.lines)
            source.line(literal.closing + closing)
        }
    }
}
