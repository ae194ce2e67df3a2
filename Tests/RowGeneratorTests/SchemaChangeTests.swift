import Foundation
import SQLSchema
import TestSupport
import Testing

/// The table of the documentation that says which change of a schema breaks which code, row by row.
///
/// `UPDATE_GOLDEN=1 swift test --filter SchemaChangeTests` writes the expectations anew.
@Suite("What a change of the schema does to code")
struct SchemaChangeTests {
    private static let changes: [CodeChange] = [
        CodeChange("a column that allows NULL is added") {
            $0.add(Column(name: "due_at", type: "timestamp with time zone", isNullable: true))
        },
        CodeChange("a NOT NULL column with a literal default is added") {
            $0.add(Column(name: "priority", type: "integer", isNullable: false, defaultExpression: "3"))
        },
        CodeChange("a NOT NULL column without a default, or with one that is computed, is added") {
            $0.add(
                Column(name: "seen_at", type: "timestamp with time zone", isNullable: false, defaultExpression: "now()")
            )
        },
        CodeChange("a generated column is added") {
            $0.add(Column(name: "type_length", type: "integer", isNullable: true, isGenerated: true))
        },
        CodeChange("a column is dropped") { $0.change(CodeChange.events) { $0.columns.removeLast() } },
        CodeChange("a column is renamed") { $0.changeColumn("note") { $0.name = "remark" } },
        CodeChange("NOT NULL is dropped") { $0.changeColumn("tenant_id") { $0.isNullable = true } },
        CodeChange("NOT NULL is set") { $0.changeColumn("note") { $0.isNullable = false } },
        CodeChange("a literal default is changed") {
            $0.changeColumn("region") { $0.defaultExpression = "'us'::orders.region" }
        },
        CodeChange("a default is dropped") { $0.changeColumn("region") { $0.defaultExpression = nil } },
        CodeChange("a column gets a type with another Swift type") { $0.changeColumn("note") { $0.type = "bytea" } },
        CodeChange("a column gets a type with the same Swift type") { $0.changeColumn("note") { $0.type = "text" } },
        CodeChange("a column moves, because it is dropped and added again") {
            $0.change(CodeChange.events) { $0.columns.append($0.columns.remove(at: $0.columns.count - 3)) }
        },
        CodeChange("a label is added to an enum") { $0.enums[0].labels.append("asia") },
        CodeChange("a label of an enum is renamed") { $0.enums[0].labels[1] = "usa" },
        CodeChange("an index, a CHECK or a trigger is added") {
            $0.change(CodeChange.events) { table in
                table.indexes.append(
                    NamedDefinition(name: "i", definition: "CREATE INDEX i ON orders.order_events (note)"))
                table.triggers.append(NamedDefinition(name: "t", definition: "CREATE TRIGGER t …"))
            }
        },
        CodeChange("UNIQUE (aggregate_id, version) is dropped") {
            $0.change(CodeChange.events) { $0.uniqueKeys.removeLast() }
        },
        CodeChange("the last column of an events table's own is dropped") {
            $0.change(CodeChange.events) { $0.columns.removeLast(3) }
        },
        CodeChange("a table is added") {
            $0.tables.append(
                Table(
                    name: RelationName(schema: "orders", "tags"),
                    columns: [Column(name: "name", type: "text", isNullable: false)], definition: ""))
        },
        CodeChange("a table is renamed") { $0.change(CodeChange.customers) { $0.name.name = "clients" } },
        CodeChange("a column becomes an identity, or is one no longer") {
            $0.change(CodeChange.customers) { table in
                table.columns[0].type = "bigint"
                table.columns[0].identity = .always
            }
        },
        CodeChange("another column is the primary key") {
            $0.change(CodeChange.customers) { $0.primaryKey = ["name"] }
        },
    ]

    private static let golden = "Tests/RowGeneratorTests/SchemaChanges.txt"

    @Test("Each does what is expected")
    func effects() throws {
        var text = ""
        for change in Self.changes {
            let effect = try change.effect()
            text += "# \(change)\n" + (effect.isEmpty ? ["nothing"] : effect).map { "\($0)\n" }.joined() + "\n"
        }
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: Checkout.folder.appending(path: Self.golden))
        }
        #expect(try Checkout.read(Self.golden) == text)
    }

    @Test("The documentation has a row for each, and no other")
    func documentation() throws {
        let page = try Checkout.read("Sources/EventSourcingSQLite/Documentation.docc/SchemaChanges.md")
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map { line in
            line.split(separator: "|")[0].trimmingCharacters(in: .whitespaces)
        }
        #expect(rows == Self.changes.map(\.description))
    }
}
