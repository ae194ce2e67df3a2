import SQLSchema
import Testing

@Suite("Programs that were built from an earlier schema")
struct SchemaCompatibilityTests {
    private static let orders = RelationName(schema: "shop", "orders")
    private static let region = RelationName(schema: "shop", "region")

    private static let old = Catalog(
        tables: [
            Table(
                name: orders,
                columns: [
                    Column(name: "id", type: "bigint", isNullable: false),
                    Column(name: "note", type: "text", isNullable: true),
                    Column(name: "length", type: "integer", isNullable: true, isGenerated: true),
                ],
                primaryKey: ["id"], uniqueKeys: [["id", "note"]], definition: "")
        ],
        views: [
            View(
                name: RelationName(schema: "shop", "names"),
                columns: [Column(name: "name", type: "text", isNullable: false)], definition: "")
        ],
        enums: [Enumeration(name: region, labels: ["eu", "us"])])

    private func problems(_ change: (inout Catalog) -> Void) -> [String] {
        var new = Self.old
        change(&new)
        return SchemaCompatibility(of: Self.old, on: new).problems
    }

    @Test("What is added, and can be left out, is no problem")
    func additions() {
        let problems = problems { catalog in
            catalog.tables[0].columns += [
                Column(name: "a", type: "text", isNullable: true),
                Column(name: "b", type: "text", isNullable: false, defaultExpression: "'x'::text"),
                Column(name: "c", type: "bigint", isNullable: false, identity: .always),
                Column(name: "d", type: "bigint", isNullable: false, isGenerated: true),
            ]
            catalog.tables[0].columns.swapAt(0, 1)
            catalog.tables[0].uniqueKeys.append(["note"])
            catalog.tables[0].indexes.append(NamedDefinition(name: "i", definition: "CREATE INDEX i"))
            catalog.tables.append(Table(name: RelationName(schema: "shop", "tags"), columns: [], definition: ""))
            catalog.enums[0].labels.append("asia")
        }
        #expect(problems == [])
    }

    @Test("What an insert would have to name, or would be refused, is called out")
    func writing() {
        let required = Column(name: "tenant", type: "uuid", isNullable: false)
        #expect(
            problems { $0.tables[0].columns.append(required) } == [
                "shop.orders.tenant: new, and NOT NULL without a default, so that no row can be inserted"
            ])
        #expect(
            problems { $0.tables[0].columns[1].isNullable = false } == [
                "shop.orders.note: could be NULL, and is NOT NULL"
            ])
        #expect(
            problems { $0.tables[0].columns[1].isGenerated = true } == [
                "shop.orders.note: is computed by the database, and cannot be written"
            ])
        #expect(
            problems { $0.tables[0].columns[0].identity = .always } == [
                "shop.orders.id: is computed by the database, and cannot be written"
            ])
        #expect(problems { $0.enums[0].labels.removeLast() } == ["shop.region: the label 'us' is gone"])
        #expect(problems { $0.tables[0].uniqueKeys = [] } == ["shop.orders: UNIQUE (id, note) is gone"])
    }

    @Test("What a program reads must be there, and be what it was")
    func reading() {
        #expect(problems { $0.tables = [] } == ["shop.orders: the table is gone"])
        #expect(problems { $0.views = [] } == ["shop.names: the view is gone"])
        #expect(problems { $0.tables[0].columns.remove(at: 1) } == ["shop.orders.note: the column is gone"])
        #expect(problems { $0.tables[0].columns[0].type = "integer" } == ["shop.orders.id: was bigint, and is integer"])
        #expect(
            problems { $0.tables[0].columns[0].isNullable = true } == ["shop.orders.id: was NOT NULL, and can be NULL"])
        #expect(
            problems { $0.views[0].columns[0].isNullable = true } == ["shop.names.name: was NOT NULL, and can be NULL"])
        // No program reads or writes what the database computes.
        #expect(problems { $0.tables[0].columns.removeLast() } == [])
    }
}
