import EventSourcingPostgres
import Foundation
import SQLSchema
import StandardSchema
import TestSupport
import Testing

@Suite("migrate lint on PostgreSQL")
struct PostgresLintTests {
    private let place: Workplace
    private let server: String

    init() async throws {
        place = try Workplace()
        server = try await PostgresTestServer.shared.url()
        for migration in Schema.embedded.migrations[.postgres] ?? [] {
            try place.folder.write(migration.text, to: "migrations/postgres/\(migration.name)")
        }
        try write("20270101000000_tables", PostgresLintCases.tables)
    }

    private static let file = "migrations/postgres/20270102000000_change.sql"

    private func write(_ name: String, _ text: String) throws {
        try place.folder.write(text, to: "migrations/postgres/\(name).sql")
    }

    /// Runs lint on a database that the server makes for it.
    private func lint(_ arguments: String..., exits exitCode: Int32) async throws -> CommandLineTool.Outcome {
        let outcome = try await place.tool.run(["migrate", "lint", "--shadow", server] + arguments)
        #expect(outcome.exitCode == exitCode, "\(outcome)")
        return outcome
    }

    /// What is found in the file of a case: `2 guard-weakened`.
    private func found(in change: LintCase) async throws -> [String] {
        try write("20270102000000_change", change.text)
        let outcome = try await lint("--since", "20270101000000", "--json", exits: change.expected.isEmpty ? 0 : 1)
        let findings = try outcome.objects()
        #expect(findings.allSatisfy { $0["file"] as? String == Self.file }, "\(outcome)")
        // Every table had rows, so that nothing was left unseen; after a file that forbids them there may be none.
        if !change.expected.contains(where: { $0.hasSuffix("depends-on-data") }) {
            #expect(!outcome.errors.contains("no row could be put"), "\(outcome)")
        }
        return findings.map { "\($0["line"] ?? 0) \($0["rule"] ?? "")" }.sorted()
    }

    @Test("What weakens the guard of events, changes them, or their key", arguments: PostgresLintCases.events)
    func events(change: LintCase) async throws {
        #expect(try await found(in: change) == change.expected)
    }

    @Test("What costs time, or breaks programs", arguments: PostgresLintCases.work)
    func work(change: LintCase) async throws {
        #expect(try await found(in: change) == change.expected)
    }

    @Test("No false alarms", arguments: PostgresLintCases.harmless)
    func harmless(change: LintCase) async throws {
        #expect(try await found(in: change) == [])
    }

    @Test("None of the project's own migrations is found fault with, and none of these tables")
    func ownMigrations() async throws {
        let outcome = try await lint(exits: 0)
        #expect(outcome.text.contains(/^nothing found in \d+ statements of 4 migrations\n$/), "\(outcome)")
    }

    @Test("A constraint that was added NOT VALID is validated in a file of its own, not in the same one")
    func validate() async throws {
        let add = "ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > -1) NOT VALID;\n"
        let validate = "ALTER TABLE orders VALIDATE CONSTRAINT positive;\n"
        try write("20270102000000_add", "-- migrate:up\n\(add)")
        try write("20270103000000_validate", "-- migrate:up\n\(validate)")
        _ = try await lint("--since", "20270101000000", exits: 0)
        try FileManager.default.removeItem(atPath: place.folder.file("migrations/postgres/20270103000000_validate.sql"))
        try write("20270102000000_add", "-- migrate:up\n\(add)\(validate)")
        let outcome = try await lint("--since", "20270101000000", exits: 1)
        #expect(
            outcome.lines.first
                == "migrations/postgres/20270102000000_add.sql:3:1: warning: public.orders: every row is read under "
                + "ACCESS EXCLUSIVE [scan-under-lock]", "\(outcome)")
    }

    @Test("The triggers of a partition are a guard, too, and its rows are events")
    func partitions() async throws {
        try write(
            "20270101000001_partitioned",
            """
            -- migrate:up
            CREATE TABLE order_events (LIKE events INCLUDING DEFAULTS) PARTITION BY LIST (source);
            CREATE TABLE order_events_0 PARTITION OF order_events FOR VALUES IN ('1', '2', '3');
            CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON order_events_0
                FOR EACH STATEMENT EXECUTE FUNCTION events_refuse_change();
            """)
        func create(_ name: String, withGuard: Bool) -> String {
            "CREATE TABLE \(name) PARTITION OF order_events DEFAULT;\n"
                + (withGuard
                    ? "CREATE TRIGGER t BEFORE TRUNCATE ON \(name) EXECUTE FUNCTION events_refuse_change();\n" : "")
        }
        try write("20270102000000_change", "-- migrate:up\n\(create("order_events_1", withGuard: false))")
        let unguarded = try await lint("--since", "20270101000001", exits: 1)
        #expect(
            unguarded.text.contains(
                "the new partition \"public\".\"order_events_1\" refuses no TRUNCATE, as the others do [guard-weakened]"
            ),
            "\(unguarded)")
        try write("20270102000000_change", "-- migrate:up\n\(create("order_events_1", withGuard: true))")
        _ = try await lint("--since", "20270101000001", exits: 0)
        try write(
            "20270102000000_change",
            """
            -- migrate:up
            DROP TRIGGER refuse_truncate ON order_events_0;
            UPDATE order_events_0 SET type = 'Other';
            ALTER TABLE order_events DETACH PARTITION order_events_0;
            """)
        let outcome = try await lint("--since", "20270101000001", "--json", exits: 1)
        let facts = try outcome.objects().compactMap { $0["fact"] as? String }
        #expect(
            facts.contains("public.order_events: 3 rows updated")
                && facts.contains(
                    "the events of \"public\".\"order_events_0\" are no longer part of public.order_events"),
            "\(outcome)")
    }

    @Test("Only what a database lacks is tried, and a table that is new to it is used by nobody")
    func database() async throws {
        let postgres = try await PostgresWorkplace()
        for name in try FileManager.default.contentsOfDirectory(atPath: place.folder.file("migrations/postgres")) {
            let text = String(decoding: try place.folder.data(of: "migrations/postgres/\(name)"), as: UTF8.self)
            try postgres.place.folder.write(text, to: "migrations/postgres/\(name)")
        }
        try postgres.write("20270102000000_index", "-- migrate:up\nCREATE INDEX by_amount ON orders (amount);\n")
        // The database has nothing yet.
        let first = try await postgres.run("migrate", "lint", "--shadow", server)
        #expect(first.text.hasSuffix("of 5 migrations\n"), "\(first)")
        #expect(try await postgres.texts("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'").isEmpty)
        try await postgres.run("migrate", "up", "--to", "20270101000000")
        let second = try await postgres.run("migrate", "lint", "--shadow", server, exits: 1)
        #expect(second.text.contains("[blocking-index]") && second.errors.contains("1 statement of 1 migration"))
        try await postgres.run("migrate", "up")
        #expect(
            try await postgres.run("migrate", "lint", "--shadow", server).text
                == "nothing found in 0 statements of 0 migrations\n")
    }

    @Test("A statement that fails whatever the rows are is an error with its place, as when it is applied")
    func failure() async throws {
        try write("20270102000000_change", "-- migrate:up\nSELECT 1;\nSELECT naïve FROM orders;\n")
        let outcome = try await lint(exits: 5)
        #expect(
            outcome.errors.hasPrefix("\(Self.file):3:8: error: column \"naïve\" does not exist (42703)\n"), "\(outcome)"
        )
    }

    @Test("Without a server given, one is started")
    func throwaway() async throws {
        let outcome = try await place.tool.run(["migrate", "lint"])
        #expect(outcome.exitCode == 0 && outcome.text.hasPrefix("nothing found"), "\(outcome)")
    }

    @Test("A hundred statements are tried in seconds")
    func manyStatements() async throws {
        let statements = (1...100).map { "ALTER TABLE orders ADD COLUMN c\($0) integer DEFAULT \($0);" }
        try write("20270102000000_change", "-- migrate:up\n\(statements.joined(separator: "\n"))\n")
        let watch = ContinuousClock.now
        let outcome = try await lint("--since", "20270101000000", exits: 0)
        #expect(outcome.text == "nothing found in 100 statements of 1 migration\n")
        #expect(watch.duration(to: .now) < .seconds(60))
    }
}
