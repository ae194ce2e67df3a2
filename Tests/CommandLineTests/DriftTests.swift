import EventSourcingSQLite
import Foundation
import TestSupport
import Testing

@Suite("schema drift on SQLite")
struct DriftTests {
    private let place: Workplace

    init() async throws {
        place = try Workplace()
        try SampleMigrations(folder: place.folder).write(
            "1_orders",
            """
            -- migrate:up
            CREATE TABLE orders (
                id     INTEGER PRIMARY KEY AUTOINCREMENT,
                region TEXT NOT NULL DEFAULT 'eu' CHECK (region <> ''), -- never empty
                note   TEXT COLLATE NOCASE
            ) STRICT;
            CREATE VIEW notes AS SELECT note FROM orders;
            CREATE TRIGGER noted INSTEAD OF DELETE ON notes BEGIN SELECT 1; END;
            """)
        try SampleMigrations(folder: place.folder).write(
            "2_size", "-- migrate:up\nALTER TABLE orders ADD COLUMN size INTEGER;\n")
        try await place.run("schema", "dump", on: nil)
        try await place.run("migrate", "up")
    }

    /// Puts another table in the place of the one of the migrations.
    private func rebuild(_ body: String) throws {
        try place.execute("DROP TABLE orders")
        try place.execute("CREATE TABLE orders (\(body)")
    }

    @Test("None, and none when columns stand in another order and the text is laid out in another way")
    func none() async throws {
        #expect(try await place.run("schema", "drift").text == "test.db has exactly schema/schema.json\n")
        try rebuild(
            """
            size INTEGER, note TEXT COLLATE NOCASE, /* moved */
            region TEXT NOT NULL DEFAULT 'eu' CHECK(region<>''), id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT
            """)
        try await place.run("schema", "drift")
    }

    @Test("STRICT, AUTOINCREMENT, collations, checks and triggers of views count")
    func details() async throws {
        try rebuild(
            "id INTEGER PRIMARY KEY, region TEXT NOT NULL DEFAULT 'eu', note TEXT, size INTEGER, UNIQUE (size))")
        try place.execute("DROP TRIGGER noted")
        let since = "(it should be as it was since 1_orders.sql)"
        let lines = try await place.run("schema", "drift", exits: 1).lines
        #expect(
            lines == [
                "unique key (size) of orders: added",
                "definition of table orders: id INTEGER PRIMARY KEY AUTOINCREMENT → id INTEGER PRIMARY KEY \(since)",
                "definition of table orders: region TEXT NOT NULL DEFAULT 'eu' CHECK (region <> '') → "
                    + "region TEXT NOT NULL DEFAULT 'eu' \(since)",
                "definition of table orders: note TEXT COLLATE NOCASE → note TEXT \(since)",
                "definition of table orders: ) STRICT → ) \(since)",
                "trigger noted on notes: removed \(since)",
            ], "\(lines)")
        #expect(try await place.run("schema", "drift", "--json", exits: 1).objects().count == 6)
    }

    @Test("What a database should have that no migration was applied to is not known, and everything is missing")
    func noHistory() async throws {
        _ = try SQLiteConnection(path: place.folder.file("empty.db"))
        let outcome = try await place.run("schema", "drift", on: "empty.db", exits: 1)
        #expect(outcome.errors.contains("is not known exactly, before a migration is applied"), "\(outcome)")
        #expect(
            outcome.lines == ["table orders: removed", "trigger noted on notes: removed", "view notes: removed"],
            "\(outcome)")
    }

    @Test("Without a snapshot or a file there is nothing to compare")
    func mistakes() async throws {
        let missing = try await place.run("schema", "drift", on: "other.db", exits: 3)
        #expect(missing.errors.contains("there is no such file") && !place.folder.exists("other.db"))
        try FileManager.default.removeItem(atPath: place.folder.file("schema/schema.json"))
        let outcome = try await place.run("schema", "drift", exits: 2)
        #expect(outcome.errors.contains("make one with: event-store schema dump"))
    }
}
