import EventSourcingPostgres
import Foundation
import GoogleCloudTestSupport
import JSONText
import TestSupport
import Testing

@Suite("BigQuery from PostgreSQL, on the command line")
struct BigQueryPostgresTests {
    private let postgres: PostgresWorkplace
    private let fake: FakeBigQuery

    init() async throws {
        postgres = try await PostgresWorkplace()
        fake = try await FakeBigQuery.start()
        try postgres.place.folder.write(try Checkout.read("schema/schema.json"), to: "schema/schema.json")
        let outcome = try await postgres.place.tool.run(
            ["bigquery", "schema", "--to", "p.d.events", "--apply"],
            environment: ["BIGQUERY_EMULATOR_HOST": fake.url])
        #expect(outcome.exitCode == 0)
    }

    private func start(_ arguments: String...) throws -> RunningTool {
        try RunningTool(
            postgres.place.tool,
            ["bigquery", "export", "--to", "p.d.events", "--database", postgres.url] + arguments,
            environment: ["BIGQUERY_EMULATOR_HOST": fake.url])
    }

    private var positions: [Int] {
        fake.rows(of: "d.events").compactMap { line in
            (try? JSONNode(parsing: Array(line.utf8)))?["position"]?.string.flatMap { Int($0) }
        }
    }

    private static func insertion(_ id: String) -> String {
        """
        INSERT INTO events (aggregate_id, version, event_id, type, source)
        VALUES ('\(id)', 1, '\(id)', 'T', '/')
        """
    }

    @Test("An event that commits after later ones is exported once, and they wait for it")
    func lateCommits() async throws {
        try await postgres.run("append", "a", "--type", "T", "--id", "1")
        let late = try await PostgresAsyncConnection.connect(postgres.database.configuration)
        // In the third round the late one is rolled back.
        func expected(through last: Int) -> [Int] { (1...last).filter { $0 != 12 } }
        let tool = try start("--follow", "--age", "0", "--interval", "0", "--events", "3")
        try await eventually("the first event arrives") { positions == [1] }
        for round in 0..<5 {
            try await late.run { connection in
                try connection.begin()
                try connection.execute(Self.insertion("late-\(round)"))
            }
            for number in 0..<4 { try await postgres.execute(Self.insertion("early-\(round)-\(number)")) }
            // They are visible, and one before them may still come.
            try await Task.sleep(for: .milliseconds(200))
            #expect(positions == expected(through: 1 + 5 * round))
            let commits = round != 2
            try await late.run { try commits ? $0.commit() : $0.rollback() }
            try await eventually("round \(round) arrives") { positions == expected(through: 6 + 5 * round) }
        }
        tool.send(SIGTERM)
        #expect(try await tool.outcome().exitCode == 0)
        let stored = try await postgres.texts("SELECT position::text FROM events ORDER BY events.position")
        #expect(positions.map(String.init) == stored)
    }

    @Test("Everything is exported once although the process is killed again and again")
    func kills() async throws {
        try await postgres.run("import", input: EventLog(events: 600).data)
        var random = SplitMix64(seed: 5)
        for _ in 0..<8 {
            let wanted = fake.requests.count + Int.random(in: 1...9, using: &random)
            let tool = try start("--dead-letter", "dead.ndjson", "--events", "20")
            while tool.isRunning, fake.requests.count < wanted { try await Task.sleep(for: .milliseconds(1)) }
            tool.send(SIGKILL)
            _ = try await tool.outcome()
        }
        #expect(try await start("--dead-letter", "dead.ndjson").outcome().exitCode == 0)
        let dead = Set(
            String(decoding: try postgres.place.folder.data(of: "dead.ndjson"), as: UTF8.self).split(separator: "\n")
                .compactMap { (try? JSONNode(parsing: Array($0.utf8)))?["position"]?.integer })
        #expect((positions + dead).sorted() == Array(1...600))
        let drift = try await postgres.run("schema", "drift")
        #expect(drift.text.contains("has exactly"))
    }
}
