import EventSourcingSQLite
import Foundation
import TestSupport
import Testing

@Suite("Migrations: databases that have their tables already")
struct AdoptionTests {
    private let place: Workplace
    private let files: SampleMigrations

    init() throws {
        place = try Workplace()
        files = SampleMigrations(folder: place.folder)
    }

    private func execute(_ sql: String...) throws {
        let connection = try SQLiteConnection(path: place.folder.file("test.db"))
        for sql in sql { try connection.execute(sql) }
    }

    @Test("A database that has exactly what the migrations give is adopted, and goes on from there")
    func adopted() async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        try files.write("2_b", SampleMigrations.table("b"))
        try files.write("3_c", SampleMigrations.table("c"))
        try execute("CREATE TABLE a (id INTEGER) STRICT", "CREATE TABLE b (id INTEGER) STRICT")
        let adopted = try await place.run("migrate", "baseline", "--to", "2")
        #expect(adopted.text == "2 recorded as applied, because the database has what they give; 1 are pending\n")
        let again = try await place.run("migrate", "baseline", "--to", "2")
        #expect(again.text.hasPrefix("0 recorded"))
        #expect(try await place.run("migrate", "up").text.hasSuffix("1 applied\n"))
        try await place.run("migrate", "verify")
        try await place.run("migrate", "down", "--to", "0")
        #expect(try place.count("sqlite_schema WHERE name IN ('a', 'b', 'c')") == 0)
    }

    @Test("A database that differs is refused with the differences, and nothing is recorded")
    func refused() async throws {
        try files.write(
            "1_a", "-- migrate:up\nCREATE TABLE a (id INTEGER, name TEXT NOT NULL) STRICT;\nCREATE INDEX i ON a (id);\n"
        )
        try execute("CREATE TABLE a (id INTEGER, name TEXT) STRICT", "CREATE TABLE more (x)")
        let refused = try await place.run("migrate", "baseline", exits: 1)
        #expect(
            refused.errors.contains(
                "error: the database does not have what the migrations give, so that nothing was recorded"),
            "\(refused)")
        #expect(
            refused.errors.contains("column a.name: ") && refused.errors.contains("table more: added"), "\(refused)")
        #expect(refused.errors.contains("index i of a: removed"), "\(refused)")
        #expect(try place.count("sqlite_schema WHERE name = 'schema_history'") == 0)
        try await place.run("migrate", "baseline", "--to", "9", exits: 2)
        try await place.run("migrate", "baseline", "--from", "dbmate", "--to", "1", exits: 2)
    }

    @Test("A PostgreSQL schema is adopted when it has what the migrations give, whatever other schemas have")
    func adoptedSchema() async throws {
        let postgres = try await PostgresWorkplace()
        try postgres.write(
            "1_a", "-- migrate:up\nCREATE TABLE a (id bigint PRIMARY KEY, at timestamptz DEFAULT now());\n")
        try await postgres.execute("CREATE SCHEMA tenant")
        try await postgres.execute("CREATE TABLE tenant.a (id bigint PRIMARY KEY)")
        try await postgres.execute("CREATE TABLE public.unrelated (x int)")
        let refused = try await postgres.run(
            "migrate", "baseline", "--schema", "tenant", "--postgres", postgres.serverURL, exits: 1)
        #expect(refused.errors.contains("column tenant.a.at"), "\(refused)")
        #expect(!refused.errors.contains("unrelated"))
        try await postgres.execute("ALTER TABLE tenant.a ADD COLUMN at timestamptz DEFAULT now()")
        let adopted = try await postgres.run(
            "migrate", "baseline", "--schema", "tenant", "--postgres", postgres.serverURL, "--json")
        #expect(try adopted.objects().map { $0["name"] as? String } == ["1_a.sql"])
        try await postgres.run("migrate", "verify", "--schema", "tenant")
    }

    // MARK: dbmate itself, which .ci/dependencies installs

    private static func dbmate(_ arguments: String..., in folder: TemporaryFolder) async throws {
        let program = Checkout.folder.appending(path: ".build/dbmate/dbmate").path
        try #require(
            FileManager.default.isExecutableFile(atPath: program), "dbmate is missing; .ci/dependencies installs it")
        let run = try await FinishedCommand(program, arguments, in: URL(fileURLWithPath: folder.path))
        #expect(run.status == 0, "\(run)")
    }

    private func writeForDbmate(_ id: String) throws {
        try place.folder.write(
            "-- migrate:up\nCREATE TABLE a (id \(id) PRIMARY KEY, name text NOT NULL DEFAULT 'x;y');\nINSERT INTO a (id) VALUES (1);\n\n-- migrate:down\nDROP TABLE a;\n",
            to: "db/migrations/20260101000000_a.sql")
        try place.folder.write(
            "-- migrate:up transaction:false\nCREATE INDEX a_name ON a (name);\n\n-- migrate:down\nDROP INDEX a_name;\n",
            to: "db/migrations/20260102000000_index.sql")
    }

    @Test("A SQLite database that dbmate migrated goes on with its files as they are")
    func dbmateOnSQLite() async throws {
        try writeForDbmate("INTEGER")
        try await Self.dbmate("--url", "sqlite:test.db", "--no-dump-schema", "up", in: place.folder)
        try place.folder.write(
            "-- migrate:up\nCREATE TABLE c (id INTEGER);\n", to: "db/migrations/20260103000000_c.sql")
        let adopted = try await place.run("migrate", "baseline", "--from", "dbmate", "--migrations", "db/migrations")
        #expect(adopted.text == "2 recorded as applied, because the database has what they give; 1 are pending\n")
        let up = try await place.run("migrate", "up", "--migrations", "db/migrations")
        #expect(up.text.hasSuffix("1 applied\n"), "\(up)")
        try await place.run("migrate", "down", "--steps", "1", "--migrations", "db/migrations", exits: 2)
        try await place.run("migrate", "verify", "--migrations", "db/migrations")
        #expect(try place.count("a") == 1)
        try FileManager.default.removeItem(atPath: place.folder.file("db/migrations/20260102000000_index.sql"))
        let missing = try await place.run(
            "migrate", "baseline", "--from", "dbmate", "--migrations", "db/migrations", exits: 1)
        #expect(
            missing.errors.contains("version 20260102000000 is in the table schema_migrations, and there is no file"))
    }

    @Test("A PostgreSQL database that dbmate migrated goes on with its files as they are")
    func dbmateOnPostgres() async throws {
        let postgres = try await PostgresWorkplace()
        try writeForDbmate("bigint")
        // dbmate does not read all that libpq does.
        let host = try #require(try await postgres.texts("SHOW unix_socket_directories").first)
        let url = "postgres://postgres@/\(postgres.database.name)?host=\(host)&port=5432&sslmode=disable"
        try await Self.dbmate("--url", url, "--no-dump-schema", "up", in: place.folder)
        try place.folder.write("-- migrate:up\nCREATE TABLE c (id bigint);\n", to: "db/migrations/20260103000000_c.sql")
        func run(_ arguments: String..., exits: Int32 = 0) async throws -> CommandLineTool.Outcome {
            let outcome = try await place.tool.run(
                ["migrate"] + arguments + ["--migrations", "db/migrations", "--database", postgres.url])
            #expect(outcome.exitCode == exits, "\(outcome)")
            return outcome
        }
        try await postgres.execute("ALTER TABLE a ADD COLUMN extra text")
        let refused = try await run("baseline", "--from", "dbmate", "--postgres", postgres.serverURL, exits: 1)
        #expect(refused.errors.contains("column public.a.extra: added"), "\(refused)")
        try await postgres.execute("ALTER TABLE a DROP COLUMN extra")
        let adopted = try await run("baseline", "--from", "dbmate", "--postgres", postgres.serverURL)
        #expect(adopted.text == "2 recorded as applied, because the database has what they give; 1 are pending\n")
        #expect(try await run("up").text.hasSuffix("1 applied\n"))
        _ = try await run("verify")
        #expect(try await postgres.texts("SELECT count(*)::text FROM a") == ["1"])
        #expect(try await postgres.texts("SELECT count(*)::text FROM schema_migrations") == ["2"])
    }
}
