import EventSourcingSQLite
import Foundation
import TestSupport
import Testing

@Suite("Migrations: new, up, status and down")
struct MigrateTests {
    private let place: Workplace
    private let files: SampleMigrations

    init() throws {
        place = try Workplace()
        files = SampleMigrations(folder: place.folder)
    }

    private var applied: [String] {
        get throws { try place.texts("SELECT name FROM schema_history ORDER BY sequence") }
    }

    @Test("A new migration is a file that is well formed, and a second one in the same second comes after it")
    func new() async throws {
        let first = try await place.run("migrate", "new", "Add Customers!", on: nil)
        #expect(try /migrations\/sqlite\/\d{14}_add_customers\.sql\n/.wholeMatch(in: first.text) != nil)
        let second = try await place.run("migrate", "new", "then orders", on: nil)
        #expect(first.text < second.text)
        for (path, table) in [(first.lines[0], "customers"), (second.lines[0], "orders")] {
            #expect(try await place.run("migrate", "up", exits: 2).errors.contains("the up section is empty"))
            try place.folder.write(SampleMigrations.table(table), to: path)
        }
        #expect(try await place.run("migrate", "up").text.hasSuffix("2 applied\n"))
        #expect(try await place.run("migrate", "new", "!?", on: nil, exits: 2).errors.contains("at least one letter"))
    }

    @Test("Up applies in order, and once; status says what is pending and then what was applied")
    func upAndStatus() async throws {
        try files.writeThree()
        try await place.run("migrate", "up", "--to", "1")
        let pending = try await place.run("migrate", "status", "--json", exits: 1)
        #expect(try pending.objects().map { $0["state"] as? String } == ["applied", "pending", "pending"])
        #expect(pending.errors.contains("2 of 3 migrations need attention, first 2_guard.sql: pending"))

        let up = try await place.run("migrate", "up")
        #expect(up.text.hasSuffix("2 applied\n"))
        #expect(try await place.run("migrate", "up").text == "nothing is pending\n")
        #expect(try applied == ["1_create_cafés.sql", "2_guard.sql", "3_compact.sql"])
        let status = try await place.run("migrate", "status")
        #expect(status.lines.allSatisfy { $0.hasPrefix("applied ") })
        #expect(status.errors == "")

        #expect(try place.texts(#"SELECT name FROM "cafés" ORDER BY id"#) == ["naïve; 日本 👩‍👩‍👧‍👦", "it's\ntwo lines"])
        #expect(try place.texts("SELECT CAST(application_id AS TEXT) FROM pragma_application_id") == ["4711"])
    }

    @Test("Down undoes in the order of application, and up again gives the same catalog")
    func down() async throws {
        try files.writeThree()
        try await place.run("migrate", "up")
        let catalog = try place.catalog()
        try await place.run("migrate", "down")
        #expect(try applied == ["1_create_cafés.sql", "2_guard.sql"])
        try await place.run("migrate", "up")
        try await place.run("migrate", "down", "--steps", "2")
        #expect(try applied == ["1_create_cafés.sql"])
        try await place.run("migrate", "up")
        try await place.run("migrate", "down", "--to", "0")
        #expect(try applied == [])
        #expect(try place.count("sqlite_schema WHERE type = 'table' AND name NOT LIKE 'schema%'") == 0)
        try await place.run("migrate", "up")
        #expect(try place.catalog() == catalog)
    }

    @Test("A migration with a lower version is refused until its version is allowed")
    func outOfOrder() async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        try files.write("3_c", SampleMigrations.table("c"))
        try await place.run("migrate", "up")
        let late = try files.write("2_b", SampleMigrations.table("b"))
        let refused = try await place.run("migrate", "up", exits: 1)
        #expect(refused.errors.contains("--allow-out-of-order 2"))
        #expect(refused.errors.contains(URL(fileURLWithPath: late).lastPathComponent))
        try await place.run("migrate", "status", exits: 1)
        try await place.run("migrate", "up", "--allow-out-of-order", "2")
        #expect(try applied == ["1_a.sql", "3_c.sql", "2_b.sql"])
        // The last one applied is undone first, not the highest one.
        try await place.run("migrate", "down")
        #expect(try applied == ["1_a.sql", "3_c.sql"])
    }

    @Test("A checkout with CRLF line ends has the same checksums")
    func carriageReturns() async throws {
        try files.writeThree()
        try await place.run("migrate", "up")
        for (name, text) in [
            ("1_create_cafés", SampleMigrations.tables), ("2_guard", SampleMigrations.trigger),
            ("3_compact", SampleMigrations.compact),
        ] {
            try files.write(name, text.replacingOccurrences(of: "\n", with: "\r\n") + "\r\n\r\n")
        }
        try await place.run("migrate", "status")
        #expect(try await place.run("migrate", "up").text == "nothing is pending\n")
    }

    @Test("Ten processes at once apply each file exactly once")
    func tenAtOnce() async throws {
        try files.writeThree()
        let outcomes = try await withThrowingTaskGroup(of: CommandLineTool.Outcome.self) { group in
            for _ in 0..<10 {
                group.addTask { try await place.run("migrate", "up") }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count == 10)
        #expect(try applied == ["1_create_cafés.sql", "2_guard.sql", "3_compact.sql"])
        #expect(try place.count(#""cafés""#) == 2)
        let reported = outcomes.flatMap(\.lines).filter { $0.hasPrefix("applied  1_") }
        #expect(reported.count == 1)
    }

    @Test("Killed in the middle of a long file, it is applied once by the next run")
    func kill() async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        // Long enough to be killed while it runs; the text is shortened before it runs for good.
        let long = """
            -- migrate:up
            CREATE TABLE numbers (n INTEGER) STRICT;
            INSERT INTO numbers WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted LIMIT %)
                SELECT n FROM counted;

            -- migrate:down
            DROP TABLE numbers;
            """
        try files.write("2_numbers", long.replacingOccurrences(of: "%", with: "2000000000"))
        let running = try place.tool.start("migrate", "up", "--database", "sqlite:test.db")
        // SQLite spills what does not fit into its cache: the file grows while the statement runs.
        try await eventually("the statement is at work") {
            let attributes = try? FileManager.default.attributesOfItem(atPath: place.folder.file("test.db-wal"))
            return (attributes?[.size] as? Int ?? 0) > 4_000_000
        }
        try await running.kill()
        #expect(try applied == ["1_a.sql"])
        #expect(try place.count("sqlite_schema WHERE name = 'numbers'") == 0)

        try files.write("2_numbers", long.replacingOccurrences(of: "%", with: "100000"))
        try await place.run("migrate", "up")
        #expect(try applied == ["1_a.sql", "2_numbers.sql"])
        #expect(try place.count("numbers") == 100_000)
    }

    @Test("Killed between two statements of a file without a transaction, it goes on with the next one")
    func killBetweenStatements() async throws {
        // Each adds a row in about 20 milliseconds, or at once when there is a table called `fast`.
        let insert = """
            INSERT INTO a SELECT count(*) FROM (
                WITH RECURSIVE c(n) AS (
                    SELECT 1 UNION ALL SELECT n + 1 FROM c
                    LIMIT (SELECT iif(count(*) = 0, 100000, 1) FROM sqlite_schema WHERE name = 'fast'))
                SELECT n FROM c);

            """
        let inserts = String(repeating: insert, count: 500)
        try files.write("1_a", "-- migrate:up transaction:false\nCREATE TABLE a (n INTEGER) STRICT;\n\(inserts)")
        let running = try place.tool.start("migrate", "up", "--database", "sqlite:test.db")
        try await eventually("some have run") {
            try place.folder.exists("test.db") && place.count("sqlite_schema WHERE name = 'a'") == 1
                && place.count("a") > 2
        }
        try await running.kill()
        let done = try place.count("a")
        #expect(done < 500)
        let verified = try await place.run("migrate", "verify", exits: 1)
        #expect(verified.errors.contains("version 1 is applied up to statement \(done + 1) of 501"), "\(verified)")
        let connection = try SQLiteConnection(path: place.folder.file("test.db"), mode: .write)
        try connection.execute("CREATE TABLE fast (n)")
        #expect(
            try await place.run("migrate", "up").text.hasPrefix("applying 1_a.sql, from statement \(done + 2)\n"))
        #expect(try place.count("a") == 500)
    }
}
