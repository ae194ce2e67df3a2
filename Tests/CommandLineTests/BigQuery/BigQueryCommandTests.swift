import Foundation
import GoogleCloudTestSupport
import JSONText
import TestSupport
import Testing

@Suite("BigQuery, on the command line")
struct BigQueryCommandTests {
    private let place: Workplace
    private let fake: FakeBigQuery
    private let table = "p.d.events"

    init() async throws {
        place = try Workplace()
        fake = try await FakeBigQuery.start()
    }

    private var environment: [String: String] { ["BIGQUERY_EMULATOR_HOST": fake.url] }

    /// Runs `bigquery …`, and expects an exit code.
    @discardableResult
    private func run(
        _ arguments: String..., on database: String? = "sqlite:test.db", exits exitCode: Int32 = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> CommandLineTool.Outcome {
        let outcome = try await place.tool.run(
            ["bigquery"] + arguments + (database.map { ["--database", $0] } ?? []), environment: environment,
            sourceLocation: sourceLocation)
        #expect(
            !outcome.wasKilled && outcome.exitCode == exitCode, "\(arguments) should exit with \(exitCode): \(outcome)",
            sourceLocation: sourceLocation)
        return outcome
    }

    private func createTable() async throws {
        try place.folder.write(try Checkout.read("schema/schema.json"), to: "schema/schema.json")
        try await run("schema", "--to", table, "--apply", on: nil)
    }

    /// The positions that BigQuery has.
    private var positions: [Int] {
        fake.rows(of: "d.events").compactMap { line in
            (try? JSONNode(parsing: Array(line.utf8)))?["position"]?.string.flatMap { Int($0) }
        }
    }

    @Test("The schema is printed as JSON and as SQL, planned, applied, and written and checked beside the snapshot")
    func schema() async throws {
        for name in ["sqlite", "postgres"] {
            let folder = Checkout.folder.appending(path: "migrations/\(name)").path
            for file in try FileManager.default.contentsOfDirectory(atPath: folder) where name == "sqlite" {
                try place.folder.write(
                    try Checkout.read("migrations/\(name)/\(file)"), to: "migrations/\(name)/\(file)")
            }
        }
        try FileManager.default.createDirectory(
            atPath: place.folder.file("schema/bigquery"), withIntermediateDirectories: true)
        let dump = try await place.run("schema", "dump", on: nil)
        #expect(dump.lines.last == "wrote     schema/bigquery/events.json")
        try await place.run("schema", "check", on: nil)
        let json = try await run("schema", on: nil)
        #expect(json.text.contains(#""timePartitioning":{"type":"DAY","field":"recorded_at"}"#))
        #expect(try await run("schema", "--ddl", on: nil).text.contains("CLUSTER BY `aggregate_id`"))
        let plan = try await run("schema", "--to", table, on: nil, exits: 1)
        #expect(plan.text.hasPrefix("create table  p.d.events with 17 columns"))
        try await run("schema", "--to", table, "--apply", on: nil)
        #expect(try await run("schema", "--to", table, on: nil).text == "p.d.events has all that the events need\n")
        try place.folder.write(
            #"{"tables": {"events": {"clusterBy": ["type"]}}}"#, to: "schema/bigquery.json")
        let stale = try await place.run("schema", "check", on: nil, exits: 1)
        #expect(stale.errors.contains("schema/bigquery/events.json: not what the migrations give"))
        try place.folder.write(#"{"tables": {"events": {"clusterBy": ["data"]}}}"#, to: "schema/bigquery.json")
        #expect(try await run("schema", on: nil, exits: 2).errors.contains("cannot be clustered by 'data'"))
    }

    @Test("Everything that was imported is exported once; what BigQuery cannot hold is listed; status tells")
    func export() async throws {
        let log = EventLog()
        try await place.run("import", input: log.data)
        let missing = try await run("export", "--to", table, exits: 2)
        #expect(missing.errors.contains("create it with: event-store bigquery schema --to p.d.events --apply"))
        try await createTable()
        let refused = try await run("export", "--to", table, exits: 2)
        #expect(refused.errors.contains("column data: it has a number that BigQuery's JSON cannot hold exactly"))
        let done = try await run("export", "--to", table, "--dead-letter", "dead.ndjson", "--events", "700", "--json")
        let dead = String(decoding: try place.folder.data(of: "dead.ndjson"), as: UTF8.self).split(separator: "\n")
        #expect(!dead.isEmpty && positions.count + dead.count == 3000 && Set(positions).count == positions.count)
        #expect(try done.objects().first?["events"] as? Int == positions.count)
        let status = try #require(try await run("status", "--json").objects().first)
        #expect(status["checkpoint"] as? Int == 3000 && status["waiting"] as? Int == 0)
        #expect(status["rejected"] as? Int == dead.count && status["burnedAttempts"] as? Int == 0)
        #expect(try await run("status").text.hasPrefix("default  to p.d.events\n  checkpoint  3000 of 3000\n"))
        // The table of plans is not a difference of the schema.
        try place.folder.write(try Checkout.read("schema/schema.json"), to: "schema/schema.json")
        #expect(try await place.run("schema", "drift").text.hasPrefix("test.db has exactly"))
    }

    @Test("A process that is killed at any moment leaves nothing twice and nothing out")
    func kills() async throws {
        try await place.run("import", input: EventLog(events: 1200).data)
        try await createTable()
        var random = SplitMix64(seed: 20)
        let arguments = [
            "bigquery", "export", "--to", table, "--database", "sqlite:test.db", "--dead-letter", "dead.ndjson",
            "--events", "20",
        ]
        for _ in 0..<20 {
            fake.run(forPolls: Int.random(in: 0...2, using: &random))
            let start = fake.requests.count
            let wanted = start + Int.random(in: 1...9, using: &random)
            let tool = try RunningTool(place.tool, arguments, environment: environment)
            while tool.isRunning, fake.requests.count < wanted { try await Task.sleep(for: .milliseconds(1)) }
            tool.send(SIGKILL)
            _ = try await tool.outcome()
        }
        _ = try await run("export", "--to", table, "--dead-letter", "dead.ndjson", "--events", "20")
        let dead = Set(
            String(decoding: try place.folder.data(of: "dead.ndjson"), as: UTF8.self).split(separator: "\n").compactMap
            {
                (try? JSONNode(parsing: Array($0.utf8)))?["position"]?.integer
            })
        #expect(positions + dead.sorted() == positions.filter { !dead.contains($0) } + dead.sorted())
        #expect((positions + dead).sorted() == Array(1...1200))
    }

    @Test("Two processes that were started by mistake export everything once")
    func twoProcesses() async throws {
        try await place.run("import", input: EventLog(events: 600).data)
        try await createTable()
        let arguments = [
            "bigquery", "export", "--to", table, "--database", "sqlite:test.db", "--dead-letter", "dead.ndjson",
            "--events", "30",
        ]
        let tools = try (0..<2).map { _ in try RunningTool(place.tool, arguments, environment: environment) }
        for tool in tools { #expect(try await tool.outcome().exitCode == 0) }
        #expect(Set(positions).count == positions.count && positions == positions.sorted())
        #expect(try await run("status", "--json").objects().first?["checkpoint"] as? Int == 600)
    }

    @Test("Following ends with a signal, and has exported what came meanwhile")
    func following() async throws {
        try await place.run("import", input: EventLog(events: 10).data)
        try await createTable()
        let tool = try RunningTool(
            place.tool,
            [
                "bigquery", "export", "--to", table, "--follow", "--age", "0", "--interval", "0", "--dead-letter",
                "dead",
                "--database", "sqlite:test.db",
            ], environment: environment)
        try await eventually("the first events arrive") { !positions.isEmpty }
        let before = positions.count
        try await place.run("append", "later", "--type", "T", "--id", "1")
        try await eventually("the next event arrives") { positions.count == before + 1 }
        tool.send(SIGTERM)
        #expect(try await tool.outcome().exitCode == 0)
    }

    @Test("Files for bq are written, and what cannot be is a mistake of usage")
    func files() async throws {
        try await place.run("append", "a", "--type", "T", "--id", "1")
        try await run("export", "--to-directory", "out")
        #expect(place.folder.exists("out/load.sh") && place.folder.exists("out/schema.json"))
        try await run("export", exits: 2)
        try await run("export", "--to", "events", exits: 2)
        try await run("export", "--to", table, "--table", "nope", exits: 2)
        try await run("export", "--to", table, on: "sqlite:nothing.db", exits: 3)
    }
}
