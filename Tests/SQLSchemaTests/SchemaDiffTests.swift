import SQLSchema
import Testing

@Suite struct SchemaDiffTests {
    static let orders = Table(
        name: RelationName("orders"),
        columns: [
            Column(name: "id", type: "INTEGER", isNullable: false),
            Column(name: "region", type: "TEXT", isNullable: true),
        ],
        primaryKey: ["id"], uniqueKeys: [["region"]],
        foreignKeys: [
            ForeignKey(
                columns: ["region"], references: RelationName("regions"), referencedColumns: ["name"],
                onDelete: "CASCADE", onUpdate: "NO ACTION")
        ],
        indexes: [NamedDefinition(name: "by_region", definition: "CREATE INDEX by_region ON orders (region)")],
        triggers: [NamedDefinition(name: "guard", definition: "CREATE TRIGGER guard\nBEGIN\n  SELECT 1;\nEND")],
        definition: "CREATE TABLE orders (\n  id,\n  region\n)")

    @Test func findsNothingBetweenEqualCatalogs() {
        let catalog = Catalog(tables: [Self.orders])
        #expect(SchemaDiff(from: catalog, to: catalog).isEmpty)
    }

    @Test func tellsOfWholeTablesAndViewsInOneLine() {
        let views = [View(name: RelationName("late"), columns: [], definition: "")]
        expect(
            from: Catalog(tables: [Self.orders]), to: Catalog(views: views),
            ["table orders: removed", "view late: added"])
    }

    @Test func tellsOfEverythingInATable() {
        var changed = Self.orders
        changed.columns[1] = Column(name: "region", type: "TEXT", isNullable: false, defaultExpression: "'eu'")
        changed.columns.append(Column(name: "size", type: "INTEGER", isNullable: false, isGenerated: true))
        changed.primaryKey = []
        changed.uniqueKeys = [["id", "region"]]
        changed.foreignKeys[0].onDelete = "NO ACTION"
        changed.indexes = [NamedDefinition(name: "by_size", definition: "CREATE INDEX by_size ON orders (size)")]
        changed.triggers[0].definition = "CREATE TRIGGER guard\nBEGIN\n  SELECT 2;\nEND"
        changed.definition = "CREATE TABLE orders (id, region, size)"
        expect(
            from: Catalog(tables: [Self.orders]), to: Catalog(tables: [changed]),
            [
                "column orders.region: TEXT → TEXT NOT NULL DEFAULT 'eu'",
                "primary key of orders: removed",
                "unique key (region) of orders: removed",
                "foreign key (region) of orders: to regions (name), on delete CASCADE, on update NO ACTION → "
                    + "to regions (name), on delete NO ACTION, on update NO ACTION",
                "index by_region of orders: removed",
                "trigger guard of orders: SELECT 1; → SELECT 2;",
                "column orders.size: added, INTEGER NOT NULL GENERATED",
                "unique key (id, region) of orders: added",
                "index by_size of orders: added, CREATE INDEX by_size ON orders (size)",
            ])
    }

    /// A CHECK constraint, STRICT and the like are in the definition only.
    @Test func tellsOfTheDefinitionWhenNothingElseDiffers() {
        var changed = Self.orders
        changed.definition = "CREATE TABLE orders (\n  id,\n  region CHECK (region <> '')\n)"
        expect(
            from: Catalog(tables: [Self.orders]), to: Catalog(tables: [changed]),
            ["definition of table orders: region → region CHECK (region <> '')"])
        changed.definition = Self.orders.definition + " STRICT"
        expect(
            from: Catalog(tables: [Self.orders]), to: Catalog(tables: [changed]),
            ["definition of table orders: ) → ) STRICT"])
    }

    /// Columns that stand elsewhere are the work of another history, and no difference.
    @Test func comparesThePiecesOfADefinitionWhateverTheirOrder() {
        func catalog(_ definition: String) -> Catalog {
            Catalog(tables: [Table(name: RelationName("t"), columns: [], definition: definition)])
        }
        let old =
            "CREATE TABLE t (\n  a int CHECK (a > 0), -- one\n  \"b,(\" text DEFAULT ',)--', CONSTRAINT c CHECK (a < 9)\n)"
        expect(
            from: catalog(old),
            to: catalog(
                "CREATE TABLE \"t\"(CONSTRAINT c CHECK(a<9), \"b,(\" text DEFAULT ',)--', a int CHECK (a > 0))"), [])
        expect(
            from: catalog(old),
            to: catalog("CREATE UNLOGGED TABLE t (a int, \"b,(\" text DEFAULT ',)--', CHECK (a < 8))"),
            [
                "definition of table t: a int CHECK (a > 0) → a int",
                "CONSTRAINT c CHECK (a < 9) of table t: removed",
                "definition of table t: CREATE TABLE → CREATE UNLOGGED TABLE",
                "CHECK (a < 8) of table t: added",
            ])
        // A column that is told already is not told again.
        var (before, after) = (catalog("CREATE TABLE t (a int)"), catalog("CREATE TABLE t (a text, UNIQUE (a))"))
        before.tables[0].columns = [Column(name: "a", type: "int", isNullable: true)]
        after.tables[0].columns = [Column(name: "a", type: "text", isNullable: true)]
        after.tables[0].uniqueKeys = [["a"]]
        expect(from: before, to: after, ["column t.a: int → text", "unique key (a) of t: added"])
    }

    @Test func tellsOfDetailsWithWhatTheyAre() {
        func catalog(_ definitions: String...) -> Catalog {
            Catalog(details: definitions.map { CatalogDetail(.grant, name: "table t to PUBLIC", definition: $0) })
        }
        expect(from: catalog(), to: catalog("GRANT SELECT"), ["grant table t to PUBLIC: added, GRANT SELECT"])
        expect(from: catalog("GRANT SELECT"), to: catalog(), ["grant table t to PUBLIC: removed"])
        expect(
            from: catalog("GRANT SELECT"), to: catalog("GRANT INSERT"),
            ["grant table t to PUBLIC: GRANT SELECT → GRANT INSERT"])
    }

    private func expect(from old: Catalog, to new: Catalog, _ expected: [String]) {
        #expect(SchemaDiff(from: old, to: new).changes.map(\.description) == expected)
    }
}
