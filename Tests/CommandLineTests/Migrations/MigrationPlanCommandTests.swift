import Foundation
import TestSupport
import Testing

@Suite("Migrations: plan, dry run and verify")
struct MigrationPlanCommandTests {
    private let place: Workplace
    private let files: SampleMigrations

    init() throws {
        place = try Workplace()
        files = SampleMigrations(folder: place.folder)
    }

    @Test("A plan names each statement with its lock, and touches nothing")
    func plan() async throws {
        let postgres = try await PostgresWorkplace()
        try await postgres.execute("CREATE TABLE orders (id bigint)")
        try postgres.write(
            "1_a",
            """
            -- migrate:up
            CREATE TABLE customers (id bigint);
            CREATE INDEX ON customers (id);
            ALTER TABLE orders ADD COLUMN note text;
            DO $$ BEGIN NULL; END $$;

            """)
        try postgres.write(
            "2_b", "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY orders_id ON orders (id);\n")
        let plan = try await postgres.run("migrate", "plan")
        #expect(
            plan.text == """
                1_a.sql, in one transaction
                  migrations/postgres/1_a.sql:2  CREATE TABLE customers (id bigint)
                    locks no table that is there
                  migrations/postgres/1_a.sql:3  CREATE INDEX ON customers (id)
                    locks customers, which is made before
                  migrations/postgres/1_a.sql:4  ALTER TABLE orders ADD COLUMN note text
                    locks orders in ACCESS EXCLUSIVE: keeps waiting whoever reads or writes
                  migrations/postgres/1_a.sql:5  DO $$ BEGIN NULL; END $$
                    locks whatever it touches when it runs: not known beforehand
                2_b.sql, statement by statement
                  migrations/postgres/2_b.sql:2  CREATE INDEX CONCURRENTLY orders_id ON orders (id)
                    locks orders in SHARE UPDATE EXCLUSIVE: keeps waiting nobody who reads or writes rows
                2 to apply, with 5 statements

                """)
        let objects = try await postgres.run("migrate", "plan", "--to", "1", "--json").objects()
        #expect(objects.count == 4)
        #expect(
            objects[2]["lock"] as? String == "ACCESS EXCLUSIVE" && objects[2]["certainty"] as? String == "documented")
        #expect(objects[3]["certainty"] as? String == "unknown")
        #expect(
            try await postgres.texts("SELECT relname::text FROM pg_class WHERE relname ~ '^(schema_h|customers)'")
                .isEmpty)
    }

    @Test("A plan of a SQLite file has no locks of tables, and one that cannot be carried out says why")
    func planOnSQLite() async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        try files.write("3_c", SampleMigrations.table("c"))
        try await place.run("migrate", "up")
        try files.write("4_d", SampleMigrations.table("d"))
        let plan = try await place.run("migrate", "plan")
        #expect(
            plan.text == """
                4_d.sql, in one transaction
                  migrations/sqlite/4_d.sql:2  CREATE TABLE d (id INTEGER) STRICT
                1 to apply, with 1 statements

                """)
        try files.write("2_b", SampleMigrations.table("b"))
        #expect(try await place.run("migrate", "plan", exits: 1).errors.contains("--allow-out-of-order 2"))
        #expect(try await place.run("migrate", "plan", "--allow-out-of-order", "2").text.hasPrefix("2_b.sql"))
    }

    @Test("A dry run on SQLite runs everything, reports a mistake, and leaves nothing behind, not even a file")
    func dryRunOnSQLite() async throws {
        try files.writeThree()
        let dry = try await place.run("migrate", "up", "--dry-run")
        #expect(dry.text.hasSuffix("3 would be applied; everything was rolled back\n"), "\(dry)")
        #expect(dry.errors.contains("migrations/sqlite/3_compact.sql:3:1: not tried, because it cannot be rolled back"))
        #expect(!place.folder.exists("test.db"))
        try await place.run("migrate", "up", "--to", "1")
        let before = try place.catalog()
        try await place.run("migrate", "up", "--dry-run")
        try files.write("2_guard", "-- migrate:up\nCREATE TABLE x (id INTEGER);\nINSERT INTO x SELECT nope FROM x;\n")
        let failed = try await place.run("migrate", "up", "--dry-run", exits: 5)
        #expect(failed.errors.contains("2_guard.sql:3:22: error: no such column: nope"), "\(failed)")
        try files.write(
            "2_guard",
            "-- migrate:up\nCREATE TABLE p (id INTEGER PRIMARY KEY);\nCREATE TABLE c (p REFERENCES p);\nINSERT INTO c VALUES (1);\n"
        )
        let dangling = try await place.run("migrate", "up", "--dry-run", exits: 5)
        #expect(dangling.errors.contains("refers to a row of p that is not there"), "\(dangling)")
        #expect(try place.catalog() == before)
        #expect(try place.texts("SELECT name FROM schema_history") == ["1_create_cafés.sql"])
    }

    @Test("A dry run on PostgreSQL runs everything, finds what the commit would, and leaves nothing behind")
    func dryRunOnPostgres() async throws {
        let postgres = try await PostgresWorkplace()
        try postgres.write("1_a", "-- migrate:up\nCREATE TABLE a (id bigint PRIMARY KEY);\n")
        try postgres.write(
            "2_b",
            """
            -- migrate:up transaction:false
            CREATE TABLE b (a bigint REFERENCES a DEFERRABLE INITIALLY DEFERRED);
            CREATE INDEX CONCURRENTLY b_a ON b (a);

            """)
        let dry = try await postgres.run("migrate", "up", "--dry-run", "--json")
        #expect(try dry.objects().map { $0["wouldApply"] as? Int } == [2])
        #expect(dry.errors.contains("migrations/postgres/2_b.sql:3:1: not tried"))
        try postgres.write("3_c", "-- migrate:up\nINSERT INTO b VALUES (7);\n")
        let failed = try await postgres.run("migrate", "up", "--dry-run", exits: 5)
        #expect(failed.errors.contains("migrations/postgres/3_c.sql:1:1: error: "), "\(failed)")
        #expect(failed.errors.contains("violates foreign key constraint"))
        #expect(try await postgres.texts("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'").isEmpty)
    }

    @Test("Verify exits with 1 and names every file that is pending, edited, missing or out of order")
    func verify() async throws {
        for (name, table) in [("1_a", "a"), ("2_b", "b"), ("4_d", "d")] {
            try files.write(name, SampleMigrations.table(table))
        }
        try await place.run("migrate", "up")
        #expect(try await place.run("migrate", "verify").text == "3 applied, nothing is pending\n")
        try files.write("1_a", SampleMigrations.table("edited"))
        try files.remove("2_b")
        try files.write("3_c", SampleMigrations.table("c"))
        try files.write("5_e", SampleMigrations.table("e"))
        let found = try await place.run("migrate", "verify", "--annotate", "github", exits: 1)
        let problems = found.errors.split(separator: "\n").map(String.init)
        #expect(problems.filter { $0.hasPrefix("::error") }.count == 4, "\(found)")
        #expect(
            found.errors.contains("::error file=migrations/sqlite/1_a.sql,line=1,col=1::version 1 was edited after"))
        #expect(found.errors.contains("::error::2_b.sql: version 2 was applied on"))
        #expect(
            found.errors.contains(
                "migrations/sqlite/3_c.sql:1:1: error: version 3 is not applied, but a higher version"))
        #expect(found.errors.contains("migrations/sqlite/5_e.sql:1:1: error: version 5 is not applied\n"))
        let objects = try await place.run("migrate", "verify", "--json", exits: 1).objects()
        #expect(objects.map { $0["code"] as? String } == ["edited", "missing", "outOfOrder", "pending"])
        #expect(objects[0]["file"] as? String == "migrations/sqlite/1_a.sql" && objects[0]["line"] as? Int == 1)
        #expect(try place.texts("SELECT name FROM schema_history ORDER BY 1") == ["1_a.sql", "2_b.sql", "4_d.sql"])
    }

    @Test("Verify names a file that is half done, also where the next up would simply go on")
    func verifyHalfDone() async throws {
        try files.write(
            "1_a", "-- migrate:up transaction:false\nCREATE TABLE a (id INTEGER);\nINSERT INTO nope VALUES (1);\n")
        try await place.run("migrate", "up", exits: 5)
        let found = try await place.run("migrate", "verify", exits: 1)
        #expect(found.errors.contains("1_a.sql:1:1: error: version 1 is applied up to statement 1 of 2"), "\(found)")
    }

    @Test("A mistake in a statement and in a file are annotations, too")
    func annotations() async throws {
        try files.write("1_a", "-- migrate:up\nCREATE TABLE a (id INTEGER);\nINSERT INTO a SELECT 'é', nope;\n")
        let failed = try await place.run("migrate", "up", "--annotate", "github", exits: 5)
        #expect(
            failed.errors.contains("::error file=migrations/sqlite/1_a.sql,line=3,col=27::no such column: nope"),
            "\(failed)")
        try files.write("1_a", "SELECT 1;\n")
        let refused = try await place.run("migrate", "up", "--annotate", "github", exits: 2)
        #expect(refused.errors.contains("::error file=migrations/sqlite/1_a.sql,line=1,col=1::"), "\(refused)")
        #expect(try await place.run("migrate", "up", "--annotate", "gitlab", exits: 2).text == "")
    }

    @Test("New, up, down and repair print objects, too")
    func json() async throws {
        let new = try await place.run("migrate", "new", "first", "--json", on: nil).objects()
        let path = try #require(new.first?["file"] as? String)
        #expect(new.count == 1 && place.folder.exists(path))
        try FileManager.default.removeItem(atPath: place.folder.file(path))
        try files.write("1_a", SampleMigrations.table("a"))
        let up = try await place.run("migrate", "up", "--json").objects()
        #expect(up.map { $0["event"] as? String } == ["applied", nil] && up[0]["name"] as? String == "1_a.sql")
        #expect(up[1]["applied"] as? Int == 1)
        let down = try await place.run("migrate", "down", "--json").objects()
        #expect(down.map { $0["event"] as? String } == ["undone"])
        try await place.run("migrate", "up")
        try files.write("1_a", SampleMigrations.table("a") + "\n-- more\n")
        let repair = try await place.run("migrate", "repair", "--accept", "1", "--json").objects()
        #expect(repair.count == 1 && repair[0]["checksum"] as? String != repair[0]["checksumBefore"] as? String)
    }
}
