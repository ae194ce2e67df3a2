import EventSourcingPostgres
import EventSourcingSQLite
import Foundation
import SQLSchema
import StandardSchema
import TestSupport
import Testing

@Suite("Migrations: what a file may hold, and where its versions lead")
struct MigrationHistoryCommandTests {
    private static let marks = """
        -- migrate:up
        CREATE TABLE t (a text, b text DEFAULT 'x;
        -- migrate:down
        y');
        CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $body$
        BEGIN
            -- migrate:down
            RETURN $$a; 'b$$ || ';';
        END
        $body$;
        CREATE FUNCTION g() RETURNS bigint
        BEGIN ATOMIC
            SELECT 1;
            SELECT CASE WHEN true THEN 2 ELSE 3 END;
        END;
        /* a; /* nested; */ still; */
        INSERT INTO t (a) VALUES (E'it\\'s; -- fine'), ('"');

        -- migrate:down
        DROP TABLE t; DROP FUNCTION f; DROP FUNCTION g;

        """

    @Test(
        "Markers and semicolons within texts, bodies and comments end nothing on PostgreSQL", arguments: [false, true])
    func marks(hasCarriageReturns: Bool) async throws {
        let postgres = try await PostgresWorkplace()
        let text = Self.marks
        try postgres.write("1_t", hasCarriageReturns ? text.replacing("\n", with: "\r\n") : text)
        try await postgres.run("migrate", "up")
        #expect(try await postgres.texts("SELECT a FROM t ORDER BY a") == ["\"", "it's; -- fine"])
        #expect(try await postgres.texts("SELECT f() || g()") == ["a; 'b;2"])
        // Only the line ends change: the checksum does not.
        try postgres.write("1_t", hasCarriageReturns ? text : text.replacing("\n", with: "\r\n") + "\r\n")
        try await postgres.run("migrate", "verify")
        try await postgres.run("migrate", "down")
        #expect(try await postgres.texts("SELECT proname::text FROM pg_proc WHERE proname IN ('f', 'g')").isEmpty)
    }

    @Test(
        "COMMIT and commands of psql are refused with their place, also when there is no server",
        arguments: [
            ("-- migrate:up\nSELECT 1;\nCOMMIT;\n", ":3:1: error: COMMIT is not allowed in a migration"),
            ("-- migrate:up\n\\i other.sql\n", ":2:1: error: psql commands are not SQL"),
        ])
    func refused(_ file: (text: String, message: String)) async throws {
        let place = try Workplace()
        try place.folder.write(file.text, to: "migrations/postgres/1_a.sql")
        let nowhere = "postgresql://ada@127.0.0.1:1/shop"
        let refused = try await place.tool.run(["migrate", "up", "--database", nowhere])
        #expect(refused.exitCode == 2 && refused.errors.contains("1_a.sql\(file.message)"), "\(refused)")
    }

    @Test("A transaction that a statement ends behind our back is noticed")
    func transactionEnded() async throws {
        let postgres = try await PostgresWorkplace()
        try postgres.write("1_a", "-- migrate:up\nCREATE TABLE a (id bigint);\nPREPARE TRANSACTION 'x';\n")
        #expect(try await postgres.run("migrate", "up", exits: 2).errors.contains("1_a.sql:3:1: error: PREPARE"))
    }

    @Test("An edited and a missing file are refused on PostgreSQL, and nothing is run")
    func editedAndMissing() async throws {
        let postgres = try await PostgresWorkplace()
        func table(_ name: String) -> String { "-- migrate:up\nCREATE TABLE \(name) (id bigint);\n" }
        try postgres.write("1_a", table("a"))
        try postgres.write("2_b", table("b"))
        try await postgres.run("migrate", "up")
        try postgres.write("1_a", table("edited"))
        try postgres.write("4_d", table("d"))
        let edited = try await postgres.run("migrate", "up", exits: 1)
        #expect(edited.errors.hasPrefix("migrations/postgres/1_a.sql:1:1: error: version 1 was edited"))
        try postgres.write("1_a", table("a"))
        try FileManager.default.removeItem(atPath: postgres.place.folder.file("migrations/postgres/2_b.sql"))
        #expect(
            try await postgres.run("migrate", "up", exits: 1).errors.hasPrefix("error: 2_b.sql: version 2 was applied"))
        try postgres.write("2_b", table("b"))
        try await postgres.run("migrate", "up")
        try postgres.write("3_c", table("c"))
        #expect(try await postgres.run("migrate", "up", exits: 1).errors.contains("--allow-out-of-order 3"))
        try await postgres.run("migrate", "up", "--allow-out-of-order", "3")
        #expect(
            try await postgres.texts("SELECT name FROM schema_history ORDER BY sequence")
                == ["1_a.sql", "2_b.sql", "4_d.sql", "3_c.sql"])
    }

    @Test("Up, down and up again at every version, and an upgrade from every version, give the same SQLite database")
    func everyVersionOnSQLite() async throws {
        let place = try Workplace()
        let migrations = Schema.embedded.migrations[.sqlite] ?? []
        for migration in migrations {
            try place.folder.write(migration.text, to: "migrations/sqlite/\(migration.name)")
        }
        try await place.run("migrate", "up", on: "fresh.db")
        let fresh = try place.catalog(of: "fresh.db")
        for migration in migrations {
            let version = String(migration.name.prefix { $0.isNumber })
            try await place.run("migrate", "up", "--to", version)
            let once = try place.catalog()
            try await place.run("migrate", "down")
            try await place.run("migrate", "up", "--to", version)
            #expect(try place.catalog() == once)
            let upgraded = "from-\(version).db"
            try await place.run("migrate", "up", "--to", version, on: upgraded)
            try await place.run("migrate", "up", on: upgraded)
            #expect(try place.catalog(of: upgraded) == fresh)
        }
        #expect(try place.catalog() == fresh)
    }

    @Test(
        "Up, down and up again at every version, and an upgrade from every version, give the same PostgreSQL database")
    func everyVersionOnPostgres() async throws {
        let migrations = Schema.embedded.migrations[.postgres] ?? []
        func newPlace() async throws -> PostgresWorkplace {
            let postgres = try await PostgresWorkplace()
            for migration in migrations {
                try postgres.place.folder.write(migration.text, to: "migrations/postgres/\(migration.name)")
            }
            return postgres
        }
        func catalog(_ postgres: PostgresWorkplace) async throws -> Catalog {
            try await postgres.connection.run {
                try $0.catalog(excluding: [RelationName(schema: "public", "schema_history")])
            }
        }
        let stepwise = try await newPlace()
        let whole = try await newPlace()
        try await whole.run("migrate", "up")
        let fresh = try await catalog(whole)
        for migration in migrations {
            let version = String(migration.name.prefix { $0.isNumber })
            try await stepwise.run("migrate", "up", "--to", version)
            let once = try await catalog(stepwise)
            try await stepwise.run("migrate", "down")
            try await stepwise.run("migrate", "up", "--to", version)
            #expect(try await catalog(stepwise) == once)
            let upgraded = try await newPlace()
            try await upgraded.run("migrate", "up", "--to", version)
            try await upgraded.run("migrate", "up")
            #expect(try await catalog(upgraded) == fresh)
        }
        #expect(try await catalog(stepwise) == fresh)
    }
}
