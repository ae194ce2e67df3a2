import EventSourcingPostgres
import Foundation
import TestSupport
import Testing

@Suite("Migrations of many databases and schemas")
struct MigrationTargetTests {
    private let place: Workplace
    private let files: SampleMigrations

    init() throws {
        place = try Workplace()
        files = SampleMigrations(folder: place.folder)
    }

    private func run(
        _ arguments: String..., environment: [String: String] = [:]
    ) async throws -> CommandLineTool.Outcome {
        try await place.tool.run(arguments, environment: environment)
    }

    @Test("A file lists databases, each with its folder; one that fails does not stop the others")
    func databases() async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        try place.folder.write(
            "-- migrate:up\nCREATE TABLE b (id INTEGER);\nINSERT INTO nope VALUES (1);\n", to: "other/sqlite/1_b.sql")
        try place.folder.write(
            """
            { "databases": [
                { "name": "one", "url": "sqlite:one.db" },
                { "name": "two", "environment": "SECOND", "migrations": "other" },
                { "name": "three", "url": "sqlite:three.db" }
            ] }
            """, to: "databases.json")
        let missing = try await run("migrate", "up", "--databases", "databases.json")
        #expect(
            missing.exitCode == 2
                && missing.errors.contains("databases.json:3:37: error: the environment has no SECOND"), "\(missing)")
        #expect(!place.folder.exists("one.db"))
        let up = try await run(
            "migrate", "up", "--databases", "databases.json", environment: ["SECOND": "sqlite:two.db"])
        #expect(up.exitCode == 5, "\(up)")
        #expect(up.lines.contains("one: 1 applied") && up.lines.contains("three: 1 applied"))
        #expect(up.errors.contains("two: other/sqlite/1_b.sql:3:1: error: no such table: nope"))
        #expect(up.errors.hasSuffix("error: 1 of 3 failed: two\n"))
        #expect(try place.texts("SELECT name FROM schema_history", in: "three.db") == ["1_a.sql"])
        let status = try await run(
            "migrate", "status", "--databases", "databases.json", "--json", environment: ["SECOND": "sqlite:two.db"])
        #expect(status.exitCode == 1, "\(status)")
        let states = try status.objects().map { "\($0["database"] ?? "") \($0["state"] ?? "")" }
        #expect(states.sorted() == ["one applied", "three applied", "two pending"])
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let message: String
    }

    @Test(
        "A mistake in the file is refused with its place before anything is connected to",
        arguments: [
            Mistake(
                testDescription: "an unknown key",
                text: #"{"databases": [{"name": "a", "url": "sqlite:a.db", "uri": "x"}]}"#,
                message: "d.json:1:52: error: a database has no member 'uri'; it can have name, url"),
            Mistake(
                testDescription: "an unknown key outside",
                text: #"{"database": [], "databases": [{"name": "a", "url": "sqlite:a.db"}]}"#,
                message: "d.json:1:2: error: the file has no member 'database'"),
            Mistake(
                testDescription: "a name that is there twice",
                text: #"{"databases": [{"name": "a", "url": "sqlite:a.db"},{"name": "a", "url": "sqlite:b.db"}]}"#,
                message: "d.json:1:61: error: another database has the name 'a'"),
            Mistake(
                testDescription: "a URL of a kind that is not known, without its password",
                text: #"{"databases": [{"name": "a", "url": "mysql://u:s3cret@h/d"}]}"#,
                message: #"d.json:1:37: error: databases of the kind "mysql" are not supported"#),
            Mistake(
                testDescription: "a schema in SQLite",
                text: #"{"databases": [{"name": "a", "url": "sqlite:a.db", "schema": "s"}]}"#,
                message: "d.json:1:62: error: SQLite has no schemas"),
            Mistake(testDescription: "no JSON", text: "{", message: "d.json:1:2: error: this is not JSON"),
        ])
    func mistakes(_ mistake: Mistake) async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        try place.folder.write(mistake.text, to: "d.json")
        let refused = try await run("migrate", "up", "--databases", "d.json")
        #expect(refused.exitCode == 2 && refused.errors.hasPrefix(mistake.message), "\(refused)")
        #expect(!refused.errors.contains("s3cret"))
        #expect(!place.folder.exists("a.db"))
    }

    @Test(
        "Options that exclude each other are refused",
        arguments: [
            ["--database", "sqlite:a.db", "--databases", "d.json"], ["--schema", "a", "--each-schema", "b"],
            ["--databases", "d.json", "--schema", "a"], ["--jobs", "0"], ["--wait", "-1"],
            ["--database", "sqlite:a.db", "--schema", "a"],
        ])
    func usage(_ arguments: [String]) async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        let refused = try await place.tool.run(["migrate", "up"] + arguments)
        #expect(refused.exitCode == 2 && refused.text == "", "\(refused)")
    }

    @Test("Every schema of a pattern is migrated, several at a time; one that fails does not stop the others")
    func tenants() async throws {
        let postgres = try await PostgresWorkplace()
        let names = (1...8).map { "tenant_\($0)" }
        for name in names { try await postgres.execute("CREATE SCHEMA \(name)") }
        try await postgres.execute("CREATE SCHEMA another")
        // In one of them, something is in the way.
        try await postgres.execute("CREATE TABLE tenant_5.orders (id text)")
        try postgres.write(
            "1_a",
            "-- migrate:up\nCREATE TABLE orders (id bigint, at timestamptz);\nINSERT INTO orders VALUES (1, now());\n")
        try postgres.write(
            "2_b",
            "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY orders_id ON orders (id) WHERE id > 0;\n")
        let up = try await postgres.run("migrate", "up", "--each-schema", "tenant_%", "--jobs", "8", exits: 5)
        #expect(
            up.errors.contains(
                #"tenant_5: migrations/postgres/1_a.sql:2:1: error: relation "orders" already exists (42P07)"#), "\(up)"
        )
        #expect(up.errors.hasSuffix("error: 1 of 8 failed: tenant_5\n"))
        #expect(up.lines.filter { $0.hasSuffix(": 2 applied") }.count == 7)
        let valid = try await postgres.texts(
            """
            SELECT n.nspname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = 'orders_id' AND i.indisvalid ORDER BY 1
            """)
        #expect(valid == names.filter { $0 != "tenant_5" })
        #expect(
            try await postgres.texts(
                "SELECT schemaname::text FROM pg_tables WHERE tablename = 'schema_history' ORDER BY 1")
                == names.filter { $0 != "tenant_5" })
        let verified = try await postgres.run("migrate", "verify", "--each-schema", "tenant_%", exits: 1)
        #expect(verified.errors.hasSuffix("error: 1 of 8 failed: tenant_5\n"), "\(verified)")
        let status = try await postgres.run("migrate", "status", "--schema", "tenant_3", "--json")
        #expect(try status.objects().map { $0["state"] as? String } == ["applied", "applied"])
        let none = try await postgres.run("migrate", "up", "--each-schema", "nobody_%", exits: 2)
        #expect(none.errors == "error: no schema of the database is like 'nobody_%'\n")
    }

    @Test("A schema that is not there is created, and its names do not reach into public")
    func newSchema() async throws {
        let postgres = try await PostgresWorkplace()
        try await postgres.execute("CREATE TABLE public.orders (id bigint)")
        try postgres.write("1_a", "-- migrate:up\nDROP TABLE IF EXISTS orders;\nCREATE TABLE orders (tenant bigint);\n")
        try await postgres.run("migrate", "up", "--schema", "odd \"tenant")
        #expect(
            try await postgres.texts(
                "SELECT table_schema || '.' || column_name FROM information_schema.columns WHERE table_name = 'orders' ORDER BY 1"
            )
                == ["odd \"tenant.tenant", "public.id"])
    }

    @Test("A signal stops the migrations of all schemas, and nothing of those that run remains")
    func signal() async throws {
        let postgres = try await PostgresWorkplace()
        for name in ["t1", "t2", "t3"] { try await postgres.execute("CREATE SCHEMA \(name)") }
        try postgres.write("1_a", "-- migrate:up\nCREATE TABLE a (id bigint);\nSELECT pg_sleep(600);\n")
        let running = try postgres.start("migrate", "up", "--each-schema", "t_", "--jobs", "2")
        try await postgres.eventually(
            "two are at work",
            "SELECT 'x' FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(600)%' AND pid <> pg_backend_pid() AND datname = current_database() HAVING count(*) = 2"
        )
        running.send(SIGTERM)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == 143 && !outcome.wasKilled, "\(outcome)")
        #expect(
            try await postgres.texts(
                "SELECT schemaname::text FROM pg_tables WHERE tablename IN ('a', 'schema_history')"
            ).isEmpty)
    }
}
