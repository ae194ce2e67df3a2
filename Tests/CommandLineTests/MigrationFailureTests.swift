import Foundation
import TestSupport
import Testing

@Suite("Migrations that fail or are refused")
struct MigrationFailureTests {
    private let place: Workplace
    private let files: SampleMigrations

    init() throws {
        place = try Workplace()
        files = SampleMigrations(folder: place.folder)
    }

    @Test("A statement that fails is shown with place, line and caret; nothing of its file stays")
    func failingStatement() async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        try files.write(
            "2_b",
            """
            -- migrate:up
            CREATE TABLE b (id INTEGER) STRICT;
            INSERT INTO b VALUES (1);
            INSERT INTO b SELECT 'é', nope FROM b;
            """)
        let failed = try await place.run("migrate", "up", exits: 5)
        #expect(
            failed.errors.contains(
                """
                migrations/sqlite/2_b.sql:4:27: error: no such column: nope (SQLITE_ERROR (1))
                INSERT INTO b SELECT 'é', nope FROM b;
                                          ^

                """))
        #expect(failed.errors.contains("2_b.sql failed; nothing of it remains"))
        #expect(!failed.text.contains("error"))
        #expect(try place.texts("SELECT name FROM schema_history") == ["1_a.sql"])
        #expect(try place.count("sqlite_schema WHERE name = 'b'") == 0)
    }

    @Test("A file without a transaction keeps the statements before the one that fails, and goes on from there")
    func failingWithoutTransaction() async throws {
        let text = "-- migrate:up transaction:false\nCREATE TABLE a (id INTEGER);\nINSERT INTO % VALUES (1);\n"
        try files.write("1_a", text.replacingOccurrences(of: "%", with: "nope"))
        let failed = try await place.run("migrate", "up", exits: 5)
        #expect(failed.errors.contains("1_a.sql failed; its first statement remains"))
        #expect(failed.errors.contains("migrations/sqlite/1_a.sql:3:1: error: no such table: nope"))
        let status = try await place.run("migrate", "status", "--json", exits: 1)
        #expect(try status.objects().map { $0["state"] as? String } == ["failed"])
    }

    @Test("An applied file that was edited or is gone is named, and nothing else is applied")
    func editedAndMissing() async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        try files.write("2_b", SampleMigrations.table("b"))
        try await place.run("migrate", "up")
        try files.write("1_a", SampleMigrations.table("edited"))
        try files.write("3_c", SampleMigrations.table("c"))
        #expect(
            try await place.run("migrate", "up", exits: 1).errors
                .hasPrefix("migrations/sqlite/1_a.sql:1:1: error: version 1 was edited"))
        try files.remove("2_b")
        try files.write("1_a", SampleMigrations.table("a"))
        let missing = try await place.run("migrate", "up", exits: 1)
        #expect(missing.errors.hasPrefix("error: 2_b.sql: version 2 was applied"))
        let status = try await place.run("migrate", "status", "--json", exits: 1)
        #expect(try status.objects().map { $0["state"] as? String } == ["applied", "missing", "pending"])
        #expect(try place.count("sqlite_schema WHERE name = 'c'") == 0)
    }

    struct BadFile: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let name: String
        var text = SampleMigrations.table("x")
        let message: String
    }

    @Test(
        "A file that breaks the format is refused with its place before a database is created",
        arguments: [
            BadFile(
                testDescription: "a version that is there twice", name: "01_again",
                message:
                    "migrations/sqlite/1_a.sql:1:1: error: version 1 is also that of migrations/sqlite/01_again.sql"),
            BadFile(
                testDescription: "a name without a version", name: "create_x",
                message: "migrations/sqlite/create_x.sql:1:1: error: a migration is called <version>_<name>.sql"),
            BadFile(
                testDescription: "a byte-order mark", name: "2_x", text: "\u{FEFF}" + SampleMigrations.table("x"),
                message: "migrations/sqlite/2_x.sql:1:1: error: the file begins with a byte-order mark"),
            BadFile(
                testDescription: "an unknown option", name: "2_x",
                text: "\n-- migrate:up transactions:false\nSELECT 1;\n",
                message: "migrations/sqlite/2_x.sql:2:"),
            BadFile(
                testDescription: "a text that does not end", name: "2_x", text: "-- migrate:up\n\nSELECT 'open;\n",
                message: "migrations/sqlite/2_x.sql:3:8: error: "),
            BadFile(
                testDescription: "SQL without a marker", name: "2_x", text: "SELECT 1;\n",
                message: "migrations/sqlite/2_x.sql:1:1: error: "),
        ])
    func badFile(_ file: BadFile) async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        try files.write(file.name, file.text)
        for command in ["up", "status", "down"] {
            let refused = try await place.run("migrate", command, exits: 2)
            #expect(refused.errors.hasPrefix(file.message), "\(refused)")
            #expect(refused.text == "")
        }
        #expect(!place.folder.exists("test.db"))
    }

    @Test("A mistake in a file is told before a file that is there is changed, and whatever is wrong with that")
    func badFileAndDatabase() async throws {
        try files.write("1_a", "-- migrate:up\n\\i other.sql\n")
        for content in ["", "this is no database, and never was one"] {
            _ = try place.folder.write(content, to: "test.db")
            let refused = try await place.run("migrate", "up", exits: 2)
            #expect(refused.errors.hasPrefix("migrations/sqlite/1_a.sql:2:1: error: "), "\(refused)")
            #expect(try place.folder.data(of: "test.db") == Data(content.utf8))
        }
    }

    @Test("A file is checked for as long as one of them is not applied as it is")
    func checkedWhenPending() async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        try await place.run("migrate", "up")
        #expect(try await place.run("migrate", "up").text == "nothing is pending\n")
        try files.write("2_b", SampleMigrations.table("b"))
        try files.write("3_c", "-- migrate:up\n\\i other.sql\n")
        let refused = try await place.run("migrate", "up", exits: 2)
        #expect(refused.errors.hasPrefix("migrations/sqlite/3_c.sql:2:1: error: psql commands are not SQL"))
        #expect(try await place.run("migrate", "up", "--to", "1", exits: 2).errors == refused.errors)
    }

    @Test("A folder or a version that is not there is refused before a database is created")
    func missingInput() async throws {
        let noFolder = try await place.run("migrate", "up", exits: 2)
        #expect(noFolder.errors == "error: cannot read the folder migrations/sqlite: it does not exist\n")
        try files.write("1_a", SampleMigrations.table("a"))
        for option in ["--to", "--allow-out-of-order"] {
            let refused = try await place.run("migrate", "up", option, "9", exits: 2)
            #expect(refused.errors == "error: there is no migration with the version 9\n")
        }
        #expect(!place.folder.exists("test.db"))
    }
}
