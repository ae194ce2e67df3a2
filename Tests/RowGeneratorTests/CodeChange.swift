import Foundation
import RowGenerator
import SQLSchema

/// A change of a schema, by the words that the documentation has for it, and what it does to the generated code.
struct CodeChange: CustomStringConvertible, Sendable {
    /// What the table in the documentation calls the change.
    let description: String
    private let change: @Sendable (inout Catalog) -> Void

    init(_ description: String, _ change: @escaping @Sendable (inout Catalog) -> Void) {
        self.description = description
        self.change = change
    }

    /// The declarations that go, with `-` before them, and those that come, with `+`; or the error of the build.
    func effect() throws -> [String] {
        let before = try Self.declarations(of: Self.original)
        var catalog = Self.original
        change(&catalog)
        do {
            let after = try Self.declarations(of: catalog)
            return before.filter { !after.contains($0) }.map { "- \($0)" }
                + after.filter { !before.contains($0) }.map { "+ \($0)" }
        } catch {
            return error.diagnostics.map { "error: \($0.message)" }
        }
    }

    /// What other modules can use, in its order: types, properties, initializers and constants.
    private static func declarations(of catalog: Catalog) throws(InvalidSchemaError) -> [String] {
        let snapshot = SchemaSnapshot(dialects: [.postgres: DialectSnapshot(catalog: catalog, migrations: [])])
        let file = try SnapshotFile(snapshot.encoded(), path: "schema/schema.json")
        let text = try RowGenerator.files(for: file, overrides: .none).map(\.text).joined()
        let declaration = /public (struct|enum|var|init\(|static let \w+ = \w+\(rawValue|typealias)[^\n]*/
        var type = ""
        var declarations: [String] = []
        var rest = text[...]
        while let match = rest.firstMatch(of: declaration) {
            var line = String(match.output.0)
            rest = rest[match.range.upperBound...]
            if line.hasPrefix("public init("), !line.hasSuffix("{"), let end = rest.firstRange(of: ") {") {
                let parameters = rest[..<end.lowerBound].split(separator: "\n")
                line += parameters.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ") + ")"
                rest = rest[end.upperBound...]
            }
            line = line.trimmingCharacters(in: CharacterSet(charactersIn: " {"))
            if line.hasPrefix("public struct") || line.hasPrefix("public enum") {
                type = String(line.split(separator: " ")[2].prefix { $0 != ":" })
                declarations.append(line)
            } else if !line.contains("public init<") {
                declarations.append("\(type): \(line.dropFirst("public ".count))")
            }
        }
        return declarations
    }
}

// MARK: The schema before the changes

extension CodeChange {
    static let events = RelationName(schema: "orders", "order_events")
    static let customers = RelationName(schema: "orders", "customers")

    private static let original = Catalog(
        tables: [
            Table(
                name: events,
                columns: standardColumns + [
                    Column(name: "tenant_id", type: "uuid", isNullable: false),
                    Column(
                        name: "region", type: "orders.region", isNullable: false,
                        defaultExpression: "'eu'::orders.region"),
                    Column(name: "note", type: "character varying(20)", isNullable: true),
                ],
                uniqueKeys: [["aggregate_id", "version"], ["aggregate_id", "event_id"]], definition: ""),
            Table(
                name: customers,
                columns: [
                    Column(name: "id", type: "uuid", isNullable: false),
                    Column(name: "name", type: "text", isNullable: false),
                ],
                primaryKey: ["id"], definition: ""),
        ],
        enums: [Enumeration(name: RelationName(schema: "orders", "region"), labels: ["eu", "us"])])

    private static let standardColumns: [Column] = [
        Column(name: "position", type: "bigint", isNullable: false, identity: .always),
        Column(name: "aggregate_id", type: "text", isNullable: false),
        Column(name: "version", type: "bigint", isNullable: false),
        Column(name: "event_id", type: "text", isNullable: false),
        Column(name: "type", type: "text", isNullable: false), Column(name: "source", type: "text", isNullable: false),
        Column(name: "subject", type: "text", isNullable: true), Column(name: "data", type: "json", isNullable: true),
        Column(name: "data_binary", type: "bytea", isNullable: true),
        Column(name: "datacontenttype", type: "text", isNullable: true),
        Column(name: "dataschema", type: "text", isNullable: true),
        Column(name: "specversion", type: "text", isNullable: false),
        Column(name: "extensions", type: "json", isNullable: true),
        Column(name: "correlation_id", type: "text", isNullable: true),
        Column(name: "causation_id", type: "text", isNullable: true),
        Column(name: "occurred_at", type: "timestamp with time zone", isNullable: false),
        Column(name: "recorded_at", type: "timestamp with time zone", isNullable: false),
    ]
}

extension Catalog {
    /// Changes a table.
    mutating func change(_ name: RelationName, _ body: (inout Table) -> Void) {
        for index in tables.indices where tables[index].name == name { body(&tables[index]) }
    }

    /// Changes a column of the events table.
    mutating func changeColumn(_ name: String, _ body: (inout Column) -> Void) {
        change(CodeChange.events) { table in
            for index in table.columns.indices where table.columns[index].name == name { body(&table.columns[index]) }
        }
    }

    /// Adds a column to the events table.
    mutating func add(_ column: Column) {
        change(CodeChange.events) { $0.columns.append(column) }
    }
}
