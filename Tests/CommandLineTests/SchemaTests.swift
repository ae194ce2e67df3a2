import Foundation
import TestSupport
import Testing

@Suite("The schema snapshot and what is generated from it")
struct SchemaTests {
    private let place: Workplace
    private let files: SampleMigrations

    init() throws {
        place = try Workplace()
        files = SampleMigrations(folder: place.folder)
    }

    private func modified(_ name: String) throws -> Date? {
        try FileManager.default.attributesOfItem(atPath: place.folder.file(name))[.modificationDate] as? Date
    }

    @Test("A dump of this repository's migrations is the committed snapshot, byte for byte")
    func committedSnapshot() async throws {
        let migrations = Checkout.folder.appendingPathComponent("migrations").path
        try await place.run("schema", "dump", "--migrations", migrations, on: nil)
        for name in ["schema/schema.json", "schema/postgres.sql", "schema/sqlite.sql"] {
            let committed = try Data(contentsOf: Checkout.folder.appendingPathComponent(name))
            #expect(try place.folder.data(of: name) == committed, "\(name): run event-store schema dump, and commit it")
        }
    }

    @Test("A second dump says that nothing changed, and touches no file")
    func idempotent() async throws {
        try files.writeThree()
        let first = try await place.run("schema", "dump", on: nil)
        #expect(first.lines == ["wrote     schema/schema.json", "wrote     schema/sqlite.sql"])
        let names = ["schema/schema.json", "schema/sqlite.sql"]
        // A time long gone shows a rewrite whatever the resolution of the file system's clock.
        for name in names {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)], ofItemAtPath: place.folder.file(name))
        }
        let second = try await place.run("schema", "dump", on: nil)
        #expect(second.lines == ["unchanged schema/schema.json", "unchanged schema/sqlite.sql"])
        for name in names { #expect(try modified(name) == Date(timeIntervalSince1970: 1_000_000_000)) }
    }

    @Test("The SQL of a dump creates the same catalog as the migrations")
    func dumpedSQL() async throws {
        try files.writeThree()
        try await place.run("migrate", "up")
        try await place.run("schema", "dump", on: nil)
        let sql = String(decoding: try place.folder.data(of: "schema/sqlite.sql"), as: UTF8.self)
        try place.folder.write("-- migrate:up\n\(sql)", to: "copy/sqlite/1_all.sql")
        try await place.run("migrate", "up", "--migrations", "copy", on: "copy.db")
        #expect(try place.catalog(of: "copy.db") == place.catalog())
    }

    @Test("A check passes after a dump, and says what differs when a migration was added")
    func check() async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        try await place.run("schema", "check", on: nil, exits: 1)
        try await place.run("schema", "dump", on: nil)
        let dumped = try place.folder.data(of: "schema/schema.json")
        #expect(try await place.run("schema", "check", on: nil).text == "schema is what the migrations give\n")

        try files.write("2_b", SampleMigrations.table("b"))
        let stale = try await place.run("schema", "check", on: nil, exits: 1)
        #expect(stale.lines.contains("sqlite: migration 2_b.sql"))
        #expect(stale.lines.contains { $0.hasPrefix("sqlite: ") && $0.contains("b") && $0.contains("table") })
        #expect(stale.errors.hasPrefix("error: schema/schema.json, schema/sqlite.sql: "))
        #expect(stale.errors.contains("event-store schema dump"))
        #expect(try place.folder.data(of: "schema/schema.json") == dumped)
    }

    @Test("A migration that fails makes no snapshot")
    func failingMigration() async throws {
        try files.write("1_a", "-- migrate:up\nSELECT nope;\n")
        let failed = try await place.run("schema", "dump", on: nil, exits: 5)
        #expect(failed.errors.contains("migrations/sqlite/1_a.sql:2:8: error: no such column: nope"))
        #expect(!place.folder.exists("schema"))
    }

    @Test("Generated files are written when they change, and a check finds the one that was edited")
    func generate() async throws {
        let noSnapshot = try await place.run("generate", "--output", "Generated", on: nil, exits: 2)
        #expect(noSnapshot.errors.contains("event-store schema dump"))
        try files.write("1_a", SampleMigrations.table("orders"))
        try await place.run("schema", "dump", on: nil)
        try await place.run("generate", "--check", "--output", "Generated", on: nil, exits: 1)
        #expect(!place.folder.exists("Generated"))
        let written = try await place.run("generate", "--output", "Generated", on: nil).lines
        let paths = written.map { $0.replacingOccurrences(of: "wrote ", with: "") }
        #expect(paths.contains("Generated/Schema.swift"))
        #expect(try await place.run("generate", "--output", "Generated", on: nil).text == "")
        try await place.run("generate", "--check", "--output", "Generated", on: nil)

        let path = try #require(paths.last)
        try place.folder.write(try place.folder.data(of: path) + Data("// edited\n".utf8), to: path)
        let stale = try await place.run("generate", "--check", "--output", "Generated", on: nil, exits: 1)
        #expect(stale.lines == ["stale \(path)"])
    }

    @Test("A snapshot that is damaged is refused with the place of the damage")
    func damagedSnapshot() async throws {
        try place.folder.write("{\n  \"format\": }\n", to: "schema/schema.json")
        let refused = try await place.run("generate", "--output", "Generated", on: nil, exits: 2)
        #expect(refused.errors.hasPrefix("schema/schema.json:2:"), "\(refused)")
    }
}
