import SQLSchema
import Testing

@Suite struct SnapshotFileTests {
    static let full = SchemaSnapshot(dialects: [
        .sqlite: DialectSnapshot(
            catalog: Catalog(
                tables: [
                    Table(
                        name: RelationName("orders"),
                        columns: [
                            Column(name: "id", type: "INTEGER", isNullable: false),
                            Column(name: "note", type: "TEXT", isNullable: true, defaultExpression: "'a \"b\"'"),
                            Column(name: "size", type: "INTEGER", isNullable: true, isGenerated: true),
                        ],
                        primaryKey: ["id"], uniqueKeys: [["note", "size"], ["note"]],
                        foreignKeys: [
                            ForeignKey(
                                columns: ["id"], references: RelationName(schema: "shop", "carts"),
                                referencedColumns: ["id"], onDelete: "CASCADE", onUpdate: "NO ACTION")
                        ],
                        indexes: [
                            NamedDefinition(name: "by_note", definition: "CREATE INDEX by_note\nON orders (note)")
                        ],
                        triggers: [NamedDefinition(name: "guard", definition: "CREATE TRIGGER guard …")],
                        definition: "CREATE TABLE orders (\r\n\tid INTEGER\r\n)"),
                    Table(name: RelationName("empty"), columns: [], definition: ""),
                ],
                views: [View(name: RelationName("all_orders"), columns: [], definition: "CREATE VIEW …\n\n")]),
            migrations: [
                EmbeddedMigration(name: "2_b.sql", checksum: "ff", text: "-- migrate:up\n\né\\ \"\u{1}\n"),
                EmbeddedMigration(name: "10_c.sql", checksum: "00", text: "no newline at the end"),
            ]),
        .postgres: DialectSnapshot(
            catalog: Catalog(tables: [Table(name: RelationName(schema: "s", "t"), columns: [], definition: "x")]),
            migrations: []),
    ])

    @Test func comesBackAsItWasWritten() throws {
        let bytes = Self.full.encoded()
        let file = try SnapshotFile(bytes, path: "schema.json")
        #expect(file.snapshot == Self.full)
        #expect(file.snapshot.encoded() == bytes)
        #expect(try SnapshotFile(SchemaSnapshot().encoded(), path: "").snapshot == SchemaSnapshot())
    }

    @Test func isLaidOutForPullRequests() {
        let snapshot = SchemaSnapshot(dialects: [
            .sqlite: DialectSnapshot(
                catalog: Catalog(tables: [
                    Table(
                        name: RelationName("orders"),
                        columns: [
                            Column(name: "id", type: "TEXT", isNullable: false),
                            Column(name: "note", type: "TEXT", isNullable: true),
                        ],
                        primaryKey: ["id"], definition: "CREATE TABLE orders (\n    id TEXT\n)")
                ]),
                migrations: [EmbeddedMigration(name: "1_a.sql", checksum: "00", text: "-- migrate:up\n")])
        ])
        let expected = """
            {
              "format": 1,
              "sqlite": {
                "migrations": [{"checksum": "00", "name": "1_a.sql", "text": ["-- migrate:up", ""]}],
                "tables": [
                  {
                    "columns": [
                      {"name": "id", "type": "TEXT"},
                      {"name": "note", "nullable": true, "type": "TEXT"}
                    ],
                    "definition": ["CREATE TABLE orders (", "    id TEXT", ")"],
                    "name": "orders",
                    "primaryKey": ["id"]
                  }
                ]
              }
            }

            """
        #expect(String(decoding: snapshot.encoded(), as: UTF8.self) == expected)
        #expect(String(decoding: SchemaSnapshot().encoded(), as: UTF8.self) == "{\"format\": 1}\n")
    }

    /// A line may have 100 characters, and an array or object keeps one of them for the comma that may follow.
    @Test func breaksLinesAfterOneHundredCharacters() {
        func encoded(checksumLength: Int) -> [Substring] {
            let migration = EmbeddedMigration(
                name: "é", checksum: String(repeating: "0", count: checksumLength), text: "x")
            let part = DialectSnapshot(catalog: Catalog(), migrations: [migration, migration])
            let text = String(decoding: SchemaSnapshot(dialects: [.sqlite: part]).encoded(), as: UTF8.self)
            return text.split(separator: "\n")
        }
        let fitting = encoded(checksumLength: 49)
        #expect(fitting.map(\.count).max() == 100)
        #expect(fitting.count == 9)
        #expect(encoded(checksumLength: 50).count == 9 + 2 * 4)
    }

    @Test func knowsWhereTablesAndColumnsStand() throws {
        let text = """
            {
              "format": 1,
              "sqlite": {
                "tables": [
                  {"columns": [{"name": "é", "type": "TEXT"}, {"name": "b", "type": "TEXT"}], "definition": [],
                   "name": "orders"}
                ]
              }
            }
            """
        let file = try SnapshotFile(Array(text.utf8), path: "schema/schema.json")
        let orders = RelationName("orders")
        #expect(file.location(of: orders, in: .sqlite).description == "schema/schema.json:6:16")
        #expect(file.location(of: orders, column: "b", in: .sqlite).description == "schema/schema.json:5:60")
        #expect(file.location(of: orders, in: .postgres).description == "schema/schema.json:1:1")
    }
}
