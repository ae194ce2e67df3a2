import EventSourcingSQLite
import Foundation
import SQLSchema
import StandardSchema
import TestSupport
import Testing

@Suite("migrate lint on SQLite, and how findings are told")
struct LintTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        for migration in Schema.embedded.migrations[.sqlite] ?? [] {
            try place.folder.write(migration.text, to: "migrations/sqlite/\(migration.name)")
        }
        try write(
            "20270101000000_tables",
            """
            -- migrate:up
            CREATE TABLE customers (id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('a', 'b'))) STRICT;
            CREATE TABLE orders (
                id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customers (id), note TEXT
            ) STRICT;
            CREATE TRIGGER audit AFTER UPDATE ON orders BEGIN SELECT 1; END;
            """)
    }

    private static let file = "migrations/sqlite/20270102000000_change.sql"

    private func write(_ name: String, _ text: String) throws {
        try place.folder.write(text, to: "migrations/sqlite/\(name).sql")
    }

    private func lint(_ arguments: String..., exits exitCode: Int32) async throws -> CommandLineTool.Outcome {
        let outcome = try await place.tool.run(["migrate", "lint"] + arguments)
        #expect(outcome.exitCode == exitCode, "\(outcome)")
        return outcome
    }

    /// The standard table of events, made anew with another column.
    private static func rebuild(triggers: [String]) throws -> String {
        let create = try #require(Schema.embedded.migrations[.sqlite]?.first?.text)
        let start = try #require(create.firstRange(of: "CREATE TABLE events ("))
        let end = try #require(create.firstRange(of: ") STRICT;"))
        let table = create[start.lowerBound..<end.upperBound]
            .replacing("events (", with: "events_new (").replacing("INTEGER NOT NULL,    ", with: "INTEGER NOT NULL,")
        let columns = "position, aggregate_id, version, event_id, type, source, occurred_at, recorded_at"
        return """
            \(table)
            INSERT INTO events_new (\(columns)) SELECT \(columns) FROM events;
            DROP TABLE events;
            ALTER TABLE events_new RENAME TO events;
            \(triggers.map { "CREATE TRIGGER events_refuse_\($0.lowercased()) BEFORE \($0) ON events\nBEGIN\n    SELECT "
                + "RAISE(ABORT, 'events is append-only: \($0) refused');\nEND;" }.joined(separator: "\n"))
            """
    }

    private static let cases = [
        LintCase(["2 guard-weakened"], "DROP TRIGGER events_refuse_delete;"),
        LintCase(["2 history-changed"], "DELETE FROM events;"),
        LintCase(["2 history-changed"], "UPDATE events SET type = 'Other' WHERE version = 1;"),
        LintCase(
            ["2 history-changed"],
            "INSERT INTO events (aggregate_id, version, event_id, type, source, occurred_at, recorded_at) "
                + "VALUES ('x', 1, 'x', 'T', '/', 1, 1);"),
        LintCase(["2 history-changed"], "DROP TABLE events;"),
        LintCase(["2 stream-key-changed"], "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'events';"),
        LintCase(["2 incompatible"], "ALTER TABLE orders DROP COLUMN note;"),
        LintCase(["2 incompatible"], "ALTER TABLE orders RENAME TO purchases;"),
        LintCase(["2 depends-on-data"], "CREATE UNIQUE INDEX one_kind ON customers (kind);"),
        LintCase(
            ["2 events-trigger"], "CREATE TRIGGER watch AFTER INSERT ON events BEGIN SELECT 1; END;"),
        LintCase([], "DROP TRIGGER audit;"),
        LintCase([], "DELETE FROM orders;\nUPDATE customers SET kind = 'b';"),
        LintCase([], "ALTER TABLE orders ADD COLUMN size INTEGER NOT NULL DEFAULT 1;"),
        LintCase([], "CREATE INDEX by_note ON orders (note);"),
        LintCase(
            [],
            """
            CREATE TABLE fresh (a INTEGER) STRICT;
            INSERT INTO fresh VALUES (1);
            ALTER TABLE fresh RENAME COLUMN a TO b;
            DROP TABLE fresh;
            """),
    ]

    @Test("Findings and no false alarms", arguments: Self.cases)
    func findings(change: LintCase) async throws {
        try write("20270102000000_change", change.text)
        let outcome = try await lint("--json", exits: change.expected.isEmpty ? 0 : 1)
        if change.expected != ["2 depends-on-data"] {
            #expect(!outcome.errors.contains("no row could be put"), "\(outcome)")
        }
        #expect(try outcome.objects().map { "\($0["line"] ?? 0) \($0["rule"] ?? "")" } == change.expected)
    }

    @Test("A table that is made anew may keep its guard; what it lacks is told where the former one goes")
    func rebuilt() async throws {
        try write("20270102000000_change", "-- migrate:up\n\(try Self.rebuild(triggers: ["UPDATE", "DELETE"]))\n")
        _ = try await lint(exits: 0)
        try write("20270102000000_change", "-- migrate:up\n\(try Self.rebuild(triggers: ["UPDATE"]))\n")
        let findings = try await lint("--json", exits: 1).objects()
        #expect(findings.compactMap { $0["fact"] as? String } == ["trigger events_refuse_delete of events is gone"])
        #expect(findings.first?["statement"] as? String == "DROP TABLE events")
    }

    // MARK: How it is told

    private func writeTwo() throws {
        try write(
            "20270102000000_change",
            "-- migrate:up\nDROP TRIGGER events_refuse_delete;\n  ALTER TABLE orders DROP COLUMN note;\n")
    }

    @Test("A finding says where, what, why, and what to do instead")
    func text() async throws {
        try writeTwo()
        let outcome = try await lint(exits: 1)
        #expect(
            outcome.text.hasPrefix(
                """
                \(Self.file):2:1: error: trigger events_refuse_delete of events is gone [guard-weakened]
                    DROP TRIGGER events_refuse_delete
                    because: events are the history of everything; what can change them makes every replay and audit \
                doubtful
                    instead: leave the guard as it is; grant SELECT and INSERT only; correct an event by saving another one
                \(Self.file):3:3: warning: orders.note: the column is gone [incompatible]

                """), "\(outcome)")
        #expect(outcome.errors.contains("lint found 2 things in"))
    }

    @Test(
        "A comment with a reason allows it; without one, or of an unknown rule, it is an error; for nothing, a finding")
    func waivers() async throws {
        func change(_ comment: String) throws {
            try write("20270102000000_change", "-- migrate:up\n\(comment)\nDROP TRIGGER events_refuse_delete;\n")
        }
        try change("-- lint:allow guard-weakened because a stricter one follows")
        let allowed = try await lint(exits: 0)
        #expect(allowed.text.contains(", 1 allowed\n"), "\(allowed)")
        try change("-- lint:allow guard-weakened")
        let reasonless = try await lint(exits: 2)
        #expect(reasonless.errors.hasPrefix("\(Self.file):2:1: error: `lint:allow guard-weakened` needs a reason"))
        try change("-- lint:allow everything because I say so")
        #expect(try await lint(exits: 2).errors.contains("needs a rule that it allows: one of guard-weakened, "))
        try change("-- lint:allow incompatible because x")
        let unused = try await lint("--json", exits: 1).objects()
        #expect(unused.compactMap { $0["rule"] as? String } == ["unused-waiver", "guard-weakened"])
    }

    @Test("--annotate github prints workflow commands, with everything escaped that ends one")
    func github() async throws {
        try place.folder.write(
            "-- migrate:up\nALTER TABLE orders DROP COLUMN note;\n", to: "100%, mine/sqlite/20270102000000_x.sql")
        for name in try FileManager.default.contentsOfDirectory(atPath: place.folder.file("migrations/sqlite")) {
            let text = String(decoding: try place.folder.data(of: "migrations/sqlite/\(name)"), as: UTF8.self)
            try place.folder.write(text, to: "100%, mine/sqlite/\(name)")
        }
        let outcome = try await lint("--annotate", "github", "--migrations", "100%, mine", exits: 1)
        #expect(
            outcome.lines == [
                "::warning file=100%25%2C mine/sqlite/20270102000000_x.sql,line=2,col=1,title=incompatible::"
                    + "orders.note: the column is gone; while it is rolled out, programs that were built before run on the "
                    + "new schema; instead: do it in steps: add the new, let programs use it, and remove the old when none "
                    + "needs it any more; a new column needs a default, or to allow NULL"
            ], "\(outcome)")
        #expect(try await lint("--annotate", "github", exits: 0).output.isEmpty)
        _ = try await lint("--annotate", "github", "--json", exits: 2)
    }

    @Test("--sarif writes SARIF 2.1.0, also when nothing is found")
    func sarif() async throws {
        func run() throws -> [String: Any] {
            let log = try JSONSerialization.jsonObject(with: place.folder.data(of: "lint.sarif")) as? [String: Any]
            #expect(log?["version"] as? String == "2.1.0")
            return try #require((log?["runs"] as? [[String: Any]])?.first)
        }
        _ = try await lint("--sarif", "lint.sarif", exits: 0)
        #expect((try run()["results"] as? [Any])?.isEmpty == true)
        try writeTwo()
        _ = try await lint("--sarif", "lint.sarif", exits: 1)
        let driver = try #require((try run()["tool"] as? [String: Any])?["driver"] as? [String: Any])
        let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
        let results = try #require(try run()["results"] as? [[String: Any]])
        #expect(results.compactMap { $0["ruleId"] as? String } == ["guard-weakened", "incompatible"])
        #expect(results.compactMap { $0["level"] as? String } == ["error", "warning"])
        for result in results {
            #expect(rules[try #require(result["ruleIndex"] as? Int)] == result["ruleId"] as? String)
            let locations = try #require(result["locations"] as? [[String: Any]])
            let place = try #require(locations.first?["physicalLocation"] as? [String: Any])
            #expect((place["artifactLocation"] as? [String: Any])?["uri"] as? String == Self.file)
        }
        let regions = try #require(results.last?["locations"] as? [[String: Any]])
        let region = (regions.first?["physicalLocation"] as? [String: Any])?["region"] as? [String: Any]
        #expect(region?["startLine"] as? Int == 3 && region?["startColumn"] as? Int == 3)
    }

    @Test("Tables whose rows cannot be made up are named: what happens to them was not seen")
    func unfilled() async throws {
        try write(
            "20270102000000_change",
            "-- migrate:up\nCREATE TABLE odd (a INTEGER NOT NULL CHECK (a = 4711)) STRICT;\n")
        let outcome = try await lint(exits: 0)
        #expect(outcome.errors.hasPrefix("no row could be put into odd on the shadow ("), "\(outcome)")
    }
}
