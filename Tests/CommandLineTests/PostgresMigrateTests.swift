import Foundation
import TestSupport
import Testing

@Suite("Migrations on PostgreSQL, on the command line")
struct PostgresMigrateTests {
    private let postgres: PostgresWorkplace

    init() async throws {
        postgres = try await PostgresWorkplace()
    }

    private static func table(_ name: String) -> String {
        "-- migrate:up\nCREATE TABLE \(name) (id bigint);\n\n-- migrate:down\nDROP TABLE \(name);\n"
    }

    private var applied: [String] {
        get async throws { try await postgres.texts("SELECT name FROM schema_history ORDER BY sequence") }
    }

    private var tables: [String] {
        get async throws {
            try await postgres.texts(
                "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_history' ORDER BY 1"
            )
        }
    }

    @Test("Up, status, down and up again")
    func upAndDown() async throws {
        try postgres.write("1_a", Self.table("a"))
        try postgres.write(
            "2_b",
            """
            -- migrate:up
            CREATE TABLE "bäume" (id bigint);
            CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'no; 🌲';
            END
            $$;

            -- migrate:down
            DROP TABLE "bäume"; DROP FUNCTION f();

            """)
        let pending = try await postgres.run("migrate", "status", exits: 1)
        #expect(pending.lines == ["pending     1_a.sql", "pending     2_b.sql"])
        #expect(try await tables.isEmpty)
        try await postgres.run("migrate", "up", "--to", "1")
        #expect(try await applied == ["1_a.sql"])
        #expect(try await postgres.run("migrate", "up").text.hasSuffix("1 applied\n"))
        #expect(try await postgres.run("migrate", "up").text == "nothing is pending\n")
        let status = try await postgres.run("migrate", "status", "--json")
        #expect(try status.objects().map { $0["state"] as? String } == ["applied", "applied"])
        #expect(try status.objects().first?["appliedBy"] as? String == "postgres")
        #expect(try await tables == ["a", "bäume"])

        try await postgres.run("migrate", "down", "--steps", "2")
        #expect(try await tables.isEmpty)
        #expect(try await applied.isEmpty)
        try await postgres.run("migrate", "up")
        #expect(try await applied == ["1_a.sql", "2_b.sql"])
    }

    @Test("A mistake is shown with its line and a caret, and nothing of its file remains")
    func mistake() async throws {
        try postgres.write("1_a", "-- migrate:up\nCREATE TABLE a (id bigint);\nSELECT 'é', nope;\n")
        let failed = try await postgres.run("migrate", "up", exits: 5)
        #expect(failed.errors.contains(#"migrations/postgres/1_a.sql:3:13: error: column "nope" does not exist"#))
        #expect(failed.errors.contains("\n            ^\n"), "\(failed)")
        #expect(failed.errors.contains("1_a.sql failed; nothing of it remains"))
        #expect(try await tables.isEmpty)
    }

    @Test("An edited file is refused, and accepted when a person says so")
    func repair() async throws {
        try postgres.write("1_a", Self.table("a"))
        try await postgres.run("migrate", "up")
        try postgres.write("1_a", Self.table("a") + "\n-- a comment\n")
        #expect(try await postgres.run("migrate", "up", exits: 1).errors.contains("migrations/postgres/1_a.sql"))
        let repaired = try await postgres.run("migrate", "repair", "--accept", "1")
        #expect(repaired.text.contains(/version 1: checksum [0-9a-f]{64} is now [0-9a-f]{64}/))
        try await postgres.run("migrate", "status")
    }

    @Test("A concurrent index that failed stops its file, which goes on after a person has settled it")
    func settle() async throws {
        let indexes = """
            -- migrate:up transaction:false
            CREATE TABLE t (a bigint);
            INSERT INTO t VALUES (1), (1);
            CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a);
            CREATE INDEX CONCURRENTLY t_a2 ON t (a);

            """
        try postgres.write("1_t", indexes)
        let failed = try await postgres.run("migrate", "up", exits: 5)
        #expect(failed.errors.contains("1_t.sql failed; its first 2 statements remain"), "\(failed)")
        try await postgres.execute("DROP INDEX t_a")
        try await postgres.run("migrate", "repair", "--version", "1", "--done", "3")
        try await postgres.run("migrate", "up")
        #expect(try await postgres.texts("SELECT indexname::text FROM pg_indexes WHERE tablename = 't'") == ["t_a2"])
    }

    @Test("What a migration raises as a notice is shown")
    func notices() async throws {
        try postgres.write("1_a", "-- migrate:up\nDO $$ BEGIN RAISE NOTICE 'hello; %', 1 + 1; END $$;\n")
        let up = try await postgres.run("migrate", "up")
        #expect(up.errors.contains("NOTICE: hello; 2\n"), "\(up)")
        #expect(up.lines.last == "1 applied")
    }

    @Test("A process that waits for another one says for whom, and finds nothing to do afterwards")
    func waiting() async throws {
        try postgres.write("1_a", "-- migrate:up\nSELECT pg_advisory_xact_lock(42);\nCREATE TABLE a (id bigint);\n")
        try await postgres.execute("SELECT pg_advisory_lock(42)")
        let first = try postgres.start("migrate", "up")
        try await postgres.eventually(
            "the first is in the middle of it",
            "SELECT '' FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 42 AND database = "
                + "(SELECT oid FROM pg_database WHERE datname = current_database())")
        let second = try postgres.start("migrate", "up")
        try await eventually("the second says so") {
            try second.errors.contains("waiting for somebody else who applies migrations: process ")
        }
        try await postgres.execute("SELECT pg_advisory_unlock(42)")
        #expect(try await second.outcome().text == "nothing is pending\n")
        #expect(try await first.outcome().exitCode == 0)
    }

    private static let signals: [(number: Int32, exitCode: Int32)] = [(SIGINT, 130), (SIGTERM, 143)]

    @Test("A signal stops a long statement at the server, and nothing of its file remains", arguments: signals)
    func signal(_ signal: (number: Int32, exitCode: Int32)) async throws {
        try postgres.write("1_a", Self.table("a"))
        try postgres.write("2_b", "-- migrate:up\nCREATE TABLE b (id bigint);\nSELECT pg_sleep(600);\n")
        let running = try postgres.start("migrate", "up")
        let sleeping =
            "SELECT '' FROM pg_stat_activity WHERE state = 'active' AND datname = current_database() "
            + "AND query LIKE 'SELECT pg_sleep(600)%' AND pid <> pg_backend_pid()"
        try await postgres.eventually("the long one runs", sleeping)
        running.send(signal.number)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == signal.exitCode && !outcome.wasKilled, "\(outcome)")
        // The tool has lived to say it, because the server was asked to stop.
        #expect(outcome.errors.hasPrefix("2_b.sql was stopped; nothing of it remains\nstopped by SIG"), "\(outcome)")
        #expect(try await postgres.texts(sleeping).isEmpty)
        #expect(try await applied == ["1_a.sql"])
        #expect(try await tables == ["a"])
        try postgres.write("2_b", Self.table("b"))
        #expect(try await postgres.run("migrate", "up").text.hasSuffix("1 applied\n"))
    }

    @Test("A server that cannot be reached, or a role that may not, is told without the password")
    func unreachable() async throws {
        try postgres.write("1_a", Self.table("a"))
        let nowhere = "postgresql://ada:s3cret@127.0.0.1:1/shop?connect_timeout=2"
        let refused = try await postgres.place.tool.run(["migrate", "up", "--database", nowhere])
        #expect(refused.exitCode == 3 && !refused.errors.contains("s3cret"), "\(refused)")
        #expect(refused.errors.contains("127.0.0.1"))
        let unreadable = try await postgres.place.tool.run(
            ["migrate", "up"], environment: ["DATABASE_URL": "postgresql://ada:s3/cret@host/shop"])
        #expect(unreadable.exitCode == 2 && !unreadable.errors.contains("cret"), "\(unreadable)")
        #expect(unreadable.errors.contains("%2F"))
    }

    @Test("A new migration has a file in each dialect that has a folder, with one version")
    func new() async throws {
        try postgres.write("20990101000000_a", Self.table("a"))
        let one = try await postgres.place.run("migrate", "new", "first", on: nil)
        #expect(one.text == "migrations/postgres/20990101000001_first.sql\n")
        try SampleMigrations(folder: postgres.place.folder).write("1_a", SampleMigrations.table("a"))
        let both = try await postgres.place.run("migrate", "new", "second", on: nil)
        #expect(
            Set(both.lines) == [
                "migrations/postgres/20990101000002_second.sql", "migrations/sqlite/20990101000002_second.sql",
            ])
        let chosen = try await postgres.place.run("migrate", "new", "third", "--dialect", "sqlite", on: nil)
        #expect(chosen.text == "migrations/sqlite/20990101000003_third.sql\n")
    }
}
