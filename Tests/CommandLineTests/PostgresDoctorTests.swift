import EventSourcingPostgres
import Foundation
import SQLSchema
import StandardSchema
import TestSupport
import Testing

@Suite("Doctor on PostgreSQL")
struct PostgresDoctorTests {
    private let postgres: PostgresWorkplace

    init() async throws {
        postgres = try await PostgresWorkplace()
        for migration in Schema.embedded.migrations[.postgres] ?? [] {
            try postgres.place.folder.write(migration.text, to: "migrations/postgres/\(migration.name)")
        }
        try await postgres.place.run("schema", "dump", "--postgres", postgres.serverURL, on: nil)
    }

    /// What the doctor says, by check.
    private func examine(exits exitCode: Int32) async throws -> [String: String] {
        let lines = try await postgres.run("doctor", "--json", exits: exitCode).objects()
        return Dictionary(
            lines.compactMap { line in
                guard let check = line["check"] as? String else { return nil }
                let advice = (line["advice"] as? String).map { "; \($0)" } ?? ""
                return (check, "\(line["status"] ?? "") \(line["message"] ?? "")\(advice)")
            }, uniquingKeysWith: { $0 + "\n" + $1 })
    }

    @Test("A project that is in order, and one that is not migrated yet")
    func inOrder() async throws {
        let before = try await examine(exits: 1)
        #expect(before["migrations"]?.hasPrefix("warning 3 pending, first 20261123080000_create_events.sql") == true)
        try await postgres.run("migrate", "up")
        let lines = try await examine(exits: 1)
        // The servers of tests do without durability.
        #expect(lines.filter { !$0.value.hasPrefix("ok ") }.keys.sorted() == ["durability"], "\(lines)")
        #expect(
            lines["durability"]?.hasPrefix("warning fsync = off, synchronous_commit = off, full_page_writes") == true)
        #expect(lines["append-only"] == "ok public.events refuses UPDATE, DELETE and TRUNCATE")
        #expect(lines["drift"] == "ok the database has exactly schema/schema.json")
        #expect(lines["server"]?.contains(/^ok PostgreSQL \d+/) == true)
        #expect(try await postgres.texts("SELECT relname::text FROM pg_class WHERE relname LIKE '%probe%'") == [])
    }

    @Test("What refuses nothing any more, has been changed by hand, is invalid, or has been open for long")
    func notInOrder() async throws {
        try await postgres.run("migrate", "up")
        try await postgres.execute("DROP TRIGGER events_refuse_delete ON events")
        try await postgres.execute("ALTER TABLE events DISABLE TRIGGER events_refuse_truncate")
        try await postgres.execute("ALTER TABLE events ADD COLUMN region text")
        try await postgres.execute(
            "INSERT INTO snapshots VALUES ('a', 1, 'A', '1', NULL, now()), ('b', 1, 'A', '1', NULL, now())")
        // Fails for the rows, and leaves its index behind.
        await #expect(throws: (any Error).self) {
            try await postgres.execute("CREATE UNIQUE INDEX CONCURRENTLY broken ON snapshots (version)")
        }
        let lines = try await examine(exits: 1)
        #expect(
            lines["append-only"]?.hasPrefix("problem public.events does not refuse DELETE; TRUNCATE; create triggers")
                == true, "\(lines)")
        #expect(lines["drift"]?.contains("region") == true)
        #expect(lines["integrity"]?.hasPrefix("problem not valid: broken; REINDEX") == true)
    }

    @Test("A server that cannot be reached is exit code 3, and the password is not shown")
    func unreachable() async throws {
        let outcome = try await postgres.place.tool.run([
            "doctor", "--database", "postgresql://app:hush@/shop?host=/nowhere",
        ])
        #expect(
            outcome.exitCode == 3 && !outcome.text.contains("hush") && !outcome.errors.contains("hush"), "\(outcome)")
        #expect(outcome.text.contains("problem  database"))
    }
}
