import EventSourcingSQLite
import Foundation
import SQLMigrations
import SQLSchema
import TestSupport
import Testing

@Suite("The catalog of a SQLite database")
struct SQLiteCatalogTests {
    @Test("has columns, keys, indexes, triggers and views as the database tells them")
    func everything() throws {
        let connection = try SQLiteConnection(path: ":memory:")
        for statement in [
            "CREATE TABLE customers (id INTEGER PRIMARY KEY, name text NOT NULL DEFAULT 'x', UNIQUE (name, id)) STRICT",
            """
            CREATE TABLE "odd ""name" (
                a INTEGER, b TEXT, c INTEGER GENERATED ALWAYS AS (a + 1) VIRTUAL, d ANY, e INTEGER,
                PRIMARY KEY (b, a), FOREIGN KEY (a, e) REFERENCES customers (id, name) ON DELETE CASCADE,
                FOREIGN KEY (e) REFERENCES customers
            ) WITHOUT ROWID
            """,
            "CREATE UNIQUE INDEX by_name ON customers (name)",
            "CREATE UNIQUE INDEX partial ON customers (name) WHERE id > 5",
            "CREATE UNIQUE INDEX by_expression ON customers (lower(name))",
            "CREATE TRIGGER guard BEFORE DELETE ON customers BEGIN SELECT RAISE(ABORT, 'no'); END",
            "CREATE VIEW names AS SELECT name, count(*) AS total FROM customers",
        ] { try connection.execute(statement) }
        let catalog = try connection.catalog()
        let customers = try #require(catalog.table(RelationName("customers")))
        #expect(
            customers.columns == [
                Column(name: "id", type: "INTEGER", isNullable: false),
                Column(name: "name", type: "TEXT", isNullable: false, defaultExpression: "'x'"),
            ])
        #expect(customers.primaryKey == ["id"])
        #expect(customers.uniqueKeys == [["name"], ["name", "id"]])
        #expect(customers.indexes.map(\.name) == ["by_expression", "by_name", "partial"])
        #expect(customers.triggers.map(\.name) == ["guard"])
        let odd = try #require(catalog.table(RelationName("odd \"name")))
        #expect(odd.primaryKey == ["b", "a"])
        #expect(odd.column("c")?.isGenerated == true)
        #expect(odd.column("e")?.isNullable == true)
        #expect(
            odd.foreignKeys == [
                ForeignKey(
                    columns: ["a", "e"], references: RelationName("customers"), referencedColumns: ["id", "name"],
                    onDelete: "CASCADE", onUpdate: "NO ACTION"),
                ForeignKey(
                    columns: ["e"], references: RelationName("customers"), referencedColumns: [],
                    onDelete: "NO ACTION", onUpdate: "NO ACTION"),
            ])
        #expect(catalog.views.map(\.name) == [RelationName("names")])
        #expect(catalog.views[0].columns.map(\.name) == ["name", "total"])
        #expect(try connection.catalog(excluding: ["customers"]).tables.map(\.name.name) == ["odd \"name"])
    }

    @Test("of the standard migrations is the one in the snapshot")
    func snapshot() throws {
        let root = Checkout.folder.path
        let migrations = try MigrationFolder.load(path: "\(root)/migrations/sqlite", dialect: .sqlite)
        let connection = try SQLiteConnection(path: ":memory:")
        try Migrator(database: connection, migrations: migrations, tool: "test").up()
        let catalog = try connection.catalog(excluding: [MigrationHistory.tableName])
        let bytes = try #require(FileManager.default.contents(atPath: "\(root)/schema/schema.json"))
        let snapshot = try SnapshotFile(Array(bytes), path: "schema/schema.json").snapshot
        let committed = try #require(snapshot.dialects[.sqlite])
        #expect(SchemaDiff(from: committed.catalog, to: catalog).changes == [])
        #expect(committed.migrations == migrations.map(\.embedded))
    }
}
