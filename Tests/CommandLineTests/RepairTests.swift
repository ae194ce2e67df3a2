import EventSourcingSQLite
import Foundation
import StandardSchema
import TestSupport
import Testing

@Suite("Migrations: repair, and databases that other migrations have shaped")
struct RepairTests {
    private let place: Workplace
    private let files: SampleMigrations

    init() throws {
        place = try Workplace()
        files = SampleMigrations(folder: place.folder)
    }

    @Test("An edited file is accepted when a person says so, and the change of the checksum is shown")
    func accept() async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        try await place.run("migrate", "up")
        try files.write("1_a", SampleMigrations.table("a") + "\n-- a comment\n")
        try await place.run("migrate", "up", exits: 1)
        let repaired = try await place.run("migrate", "repair", "--accept", "1")
        #expect(repaired.text.contains(/version 1: checksum [0-9a-f]{64} is now [0-9a-f]{64}/))
        try await place.run("migrate", "status")
        #expect(try await place.run("migrate", "repair", "--accept", "7", exits: 2).errors.contains("version 7"))
    }

    @Test("A half-done file goes on where a person says that it stopped")
    func settle() async throws {
        try files.write(
            "1_a", "-- migrate:up transaction:false\nCREATE TABLE a (x);\nCREATE TABLE b (x);\nCREATE TABLE c (x);\n")
        try await place.run("migrate", "up")
        let connection = try SQLiteConnection(path: place.folder.file("test.db"), mode: .write)
        try connection.execute("UPDATE schema_history SET state = 'failed', statements_done = 0")
        try connection.execute("DROP TABLE c")
        // Its first statement would fail, because the table is there.
        try await place.run("migrate", "up", exits: 5)
        let settled = try await place.run("migrate", "repair", "--version", "1", "--done", "2")
        #expect(
            settled.text
                == "version 1: 2 statements have run, where the history said 0; go on with: event-store migrate up\n")
        try await place.run("migrate", "up")
        #expect(try place.count("c") == 0)
        #expect(
            try await place.run("migrate", "repair", "--version", "1", "--done", "4", exits: 2).errors
                .contains("not half done"))
    }

    @Test(
        "Repair wants to be told exactly one thing",
        arguments: [[], ["--accept", "1", "--version", "1"], ["--done", "1"]])
    func usage(arguments: [String]) async throws {
        let outcome = try await place.tool.run(["migrate", "repair", "--database", "sqlite:x.db"] + arguments)
        #expect(outcome.exitCode == 2)
        #expect(outcome.errors.contains("give either --accept VERSION, or --version VERSION with --done COUNT"))
    }

    @Test("A team's database with migrations before, between and after the standard ones is used as it is")
    func teamDatabase() async throws {
        for migration in Schema.embedded.migrations[.sqlite] ?? [] {
            try place.folder.write(migration.text, to: "migrations/sqlite/\(migration.name)")
        }
        try files.write("1_first", SampleMigrations.table("regions"))
        try files.write("20261123080030_between", SampleMigrations.table("customers"))
        try files.write("99990101000000_last", SampleMigrations.table("invoices"))
        try await place.run("migrate", "up")
        try await place.run("append", "order-1", "--type", "T", "--id", "1")
        #expect(try await place.run("load", "order-1").lines.count == 1)
        #expect(try place.count("schema_history") == 6)
    }

    @Test("Several imports into one file at once lose and double nothing")
    func severalImports() async throws {
        let log = EventLog(events: 2000, streams: 30)
        async let first = place.run("import", "-", input: log.data)
        async let second = place.run("import", "-", input: log.data)
        async let third = place.run("import", "-", input: log.data)
        let counts = try await [first, second, third].map { try #require(Int($0.text.prefix { $0 != " " })) }
        #expect(counts.reduce(0, +) == 2000)
        #expect(try place.count("events") == 2000)
        #expect(
            try place.count(
                "(SELECT 1 FROM events GROUP BY aggregate_id HAVING count(*) <> max(version) OR min(version) <> 1)")
                == 0)
    }
}
