import EventSourcingPostgres
import Foundation
import TestSupport
import Testing

@Suite("Migrations on a PostgreSQL that is in use")
struct MigrationLockTests {
    private let postgres: PostgresWorkplace

    init() async throws {
        postgres = try await PostgresWorkplace()
        try await postgres.execute("CREATE TABLE busy (id bigint)")
        try await postgres.execute("INSERT INTO busy VALUES (1)")
    }

    /// A session that reads the table in a transaction which stays open.
    private func longReader() async throws -> PostgresAsyncConnection {
        var configuration = postgres.database.configuration
        configuration.parameters["application_name"] = "the long reader"
        let reader = try await PostgresAsyncConnection.connect(configuration)
        try await reader.run { connection in
            try connection.begin()
            try connection.execute("SELECT * FROM busy")
        }
        return reader
    }

    @Test("An ALTER TABLE behind a long reader keeps no other reader waiting, says so, and goes through in the end")
    func alterBehindReader() async throws {
        try postgres.write("1_alter", "-- migrate:up\nALTER TABLE busy ADD COLUMN note text;\n")
        let reader = try await longReader()
        let migration = try postgres.start("migrate", "up", "--lock-patience", "280")
        try await eventually("it has tried several times") { try migration.errors.contains("(attempt 4)") }
        // Had the ALTER stayed in the queue, these would wait for the long reader, which waits for them to end.
        var slowest = Duration.zero
        for _ in 0..<50 {
            let start = ContinuousClock.now
            #expect(try await postgres.texts("SELECT 'x' FROM busy") == ["x"])
            slowest = max(slowest, start.duration(to: .now))
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(slowest < .seconds(10))
        #expect(migration.isRunning)
        try await reader.run { try $0.commit() }
        let outcome = try await migration.outcome()
        #expect(outcome.exitCode == 0 && outcome.text.hasSuffix("1 applied\n"), "\(outcome)")
        #expect(
            outcome.errors.hasPrefix("1_alter.sql did not get a lock in time, and lets others go first (attempt 1)"))
        #expect(outcome.errors.contains("that is of process") || outcome.errors.contains("is that of process"))
        #expect(outcome.errors.contains("the long reader"))
        await reader.close()
    }

    @Test("A lock that cannot be had ends the attempts after --lock-patience, and nothing of the file remains")
    func patience() async throws {
        try postgres.write(
            "1_alter", "-- migrate:up\nCREATE TABLE new (id bigint);\nALTER TABLE busy ADD COLUMN note text;\n")
        let reader = try await longReader()
        let failed = try await postgres.run("migrate", "up", "--lock-patience", "0.4", exits: 5)
        #expect(
            failed.errors.contains(
                "migrations/postgres/1_alter.sql:3:1: error: canceling statement due to lock timeout (55P03)"),
            "\(failed)")
        #expect(failed.errors.contains("; it was tried "))
        #expect(failed.errors.contains("the long reader"))
        #expect(failed.errors.contains("1_alter.sql failed; nothing of it remains"))
        #expect(try await postgres.texts("SELECT 'x' FROM pg_class WHERE relname = 'new'").isEmpty)
        await reader.close()
    }

    @Test("What a file sets for the session is gone in the next one, and the history is where it was")
    func session() async throws {
        try postgres.write(
            "1_path",
            """
            -- migrate:up
            CREATE SCHEMA elsewhere;
            GRANT ALL ON SCHEMA elsewhere TO pg_monitor;
            SET search_path = elsewhere;
            SET lock_timeout = '1h';
            CREATE TABLE a (id bigint);

            """)
        try postgres.write(
            "2_none",
            """
            -- migrate:up transaction:false
            CREATE TABLE b AS SELECT current_setting('lock_timeout') AS limit, current_setting('search_path') AS path;
            SET search_path = '';
            SET ROLE pg_monitor;
            CREATE TABLE elsewhere.owned (id bigint);
            INSERT INTO elsewhere.owned VALUES (1);

            """)
        try postgres.write(
            "3_role",
            """
            -- migrate:up
            CREATE TABLE c AS SELECT current_user::text AS name, session_user::text AS real;
            SET ROLE pg_monitor;
            INSERT INTO elsewhere.owned VALUES (2);

            """)
        try await postgres.run("migrate", "up", "--lock-timeout", "0.25")
        #expect(
            try await postgres.texts(
                "SELECT schemaname || '.' || tablename FROM pg_tables WHERE tablename ~ '^[abc]$' ORDER BY 1")
                == ["elsewhere.a", "public.b", "public.c"])
        #expect(
            try await postgres.texts("SELECT limit || ' ' || path FROM b".replacing("limit", with: "\"limit\"")) == [
                #"250ms "$user", public"#
            ])
        #expect(try await postgres.texts("SELECT name FROM c WHERE name = real").count == 1)
        #expect(try await postgres.texts("SELECT name FROM public.schema_history ORDER BY sequence").count == 3)
        // A role that has no right on the history can own what a migration makes.
        #expect(
            try await postgres.texts("SELECT tableowner::text FROM pg_tables WHERE tablename = 'owned'") == [
                "pg_monitor"
            ])
        try await postgres.run("migrate", "verify")
    }

    @Test(
        "A retry names whom it waits for; when that one is killed, the server ends it soon, and each file is applied once"
    )
    func orphan() async throws {
        // Whether the test's own session has the lock decides how long the statement takes.
        try postgres.write(
            "1_a",
            """
            -- migrate:up
            CREATE TABLE a (id bigint);
            SELECT CASE WHEN pg_try_advisory_xact_lock(7) THEN NULL ELSE pg_sleep(600) END;

            """)
        try await postgres.execute("SELECT pg_advisory_lock(7)")
        let first = try postgres.start("migrate", "up")
        let sleeping =
            "SELECT pid::text FROM pg_stat_activity WHERE state = 'active' AND datname = current_database() "
            + "AND query LIKE 'SELECT CASE WHEN pg_try_%' AND pid <> pg_backend_pid()"
        try await postgres.eventually("the first is in the middle of it", sleeping)
        let process = try #require(try await postgres.texts(sleeping).first)
        let second = try postgres.start("migrate", "up")
        try await eventually("the second says for whom it waits") {
            try second.errors.contains("waiting for somebody else who applies migrations: process \(process) (")
        }
        try await postgres.execute("SELECT pg_advisory_unlock(7)")
        try await first.kill()
        // Without a look at its client, the server would sleep on for ten minutes.
        try await postgres.eventually(
            "the server has ended it",
            "SELECT '' WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = \(process))")
        let outcome = try await second.outcome()
        #expect(outcome.exitCode == 0 && outcome.text.hasSuffix("1 applied\n"), "\(outcome)")
        #expect(try await postgres.texts("SELECT name FROM schema_history") == ["1_a.sql"])
    }

    @Test("A database that is not there yet is waited for with --wait, and not without end")
    func wait() async throws {
        try postgres.write("1_a", "-- migrate:up\nCREATE TABLE a (id bigint);\n")
        let name = "later_\(UUID().uuidString.lowercased().prefix(8))"
        let server = postgres.serverURL
        let url = "\(server)\(server.contains("?") ? "&" : "?")dbname=\(name)"
        let refused = try await postgres.place.tool.run(["migrate", "up", "--wait", "0.3", "--database", url])
        #expect(refused.exitCode == 3 && refused.errors.contains("waiting for the database: "), "\(refused)")
        let migration = try RunningTool(postgres.place.tool, ["migrate", "up", "--wait", "250", "--database", url])
        try await eventually("it waits") { try migration.errors.contains("waiting for the database: ") }
        try await postgres.database.executeOutside("CREATE DATABASE \(name)")
        let outcome = try await migration.outcome()
        #expect(outcome.exitCode == 0 && outcome.text.hasSuffix("1 applied\n"), "\(outcome)")
        try await postgres.database.executeOutside("DROP DATABASE \(name) WITH (FORCE)")
    }
}
