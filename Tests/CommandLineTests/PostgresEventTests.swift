import Foundation
import TestSupport
import Testing

@Suite("Events on PostgreSQL, on the command line")
struct PostgresEventTests {
    private let postgres: PostgresWorkplace

    init() async throws {
        postgres = try await PostgresWorkplace()
    }

    @Test("Append, load, streams, trace, snapshot and tail do what they do on SQLite")
    func commands() async throws {
        try await postgres.run(
            "append", "a", "--type", "Placed", "--id", "1", "--correlation-id", "t", "--data", #"{"n": 1}"#,
            "--time", "2026-01-01T00:00:00Z", "--expected-version", "no-stream")
        try await postgres.run(
            "append", "b", "--type", "Sent", "--correlation-id", "t", "--causation-id", "1", "--time",
            "2026-01-01T00:00:01Z")
        let conflict = try await postgres.run("append", "a", "--type", "T", "--expected-version", "0", exits: 4)
        #expect(conflict.errors == "error: a: expected v0, got v1\n")
        #expect(try await postgres.run("load", "a").text == "v1  2026-01-01T00:00:00Z  Placed  {\"n\": 1}\n")
        #expect(try await postgres.run("streams").lines.map { String($0.prefix(5)) } == ["a  v1", "b  v1"])
        #expect(
            try await postgres.run("trace", "t").text == """
                Placed  a v1  2026-01-01T00:00:00Z  {"n": 1}
                └─ Sent  b v1  2026-01-01T00:00:01Z  \n
                """)
        #expect(try await postgres.run("tail", "--json", "--limit", "1").objects().first?["position"] as? Int == 2)
        #expect(try await postgres.run("snapshot", "a").text == "")
    }

    @Test("A log goes in and comes out again as it was; a second import stores nothing")
    func roundTrip() async throws {
        let log = EventLog(events: 3000)
        #expect(try await postgres.run("import", "-", input: log.data).text.hasPrefix("3000 events stored, 0 were"))
        #expect(try await postgres.run("import", "-", input: log.data).text.hasPrefix("0 events stored, 3000 were"))
        let export = try await postgres.run("export").output
        let key = { (event: ParsedEvent) in (event.subject ?? Data()) + Data([0]) + (event.id ?? Data()) }
        let (before, after) = (try ParsedEvent.all(in: log.data), try ParsedEvent.all(in: export))
        #expect(before.count == after.count)
        let exported = Dictionary(after.map { (key($0), $0) }) { $1 }
        for event in before { #expect(exported[key(event)] == event) }
    }

    @Test("Killed again and again, an import that is run once more has lost and doubled nothing")
    func kill() async throws {
        let log = EventLog(events: 10_000)
        let lines = log.entries.map(\.line)
        for (fed, committed) in [(500, 0), (8500, 8000)] {
            let running = try postgres.place.tool.start("import", "-", "--database", postgres.url)
            try running.write(EventLog.joined(lines.prefix(fed)))
            try await postgres.eventually("the table is there", "SELECT 'x' WHERE to_regclass('events') IS NOT NULL")
            try await postgres.eventually(
                "\(committed) events are committed", "SELECT 'x' FROM events HAVING count(*) >= \(committed)")
            try await running.kill()
        }
        let final = try await postgres.run("import", "-", "--json", input: log.data).objects()
        let stored = try #require(final.first?["stored"] as? Int)
        let already = try #require(final.first?["alreadyStored"] as? Int)
        #expect(already >= 8000 && stored + already == 10_000)
        #expect(try await postgres.texts("SELECT count(*)::text FROM events") == ["10000"])
        #expect(
            try await postgres.texts(
                "SELECT aggregate_id FROM events GROUP BY aggregate_id HAVING max(version) <> count(*)") == [])
    }

    @Test("Tail follows what other programs insert, and waits at a hole")
    func follow() async throws {
        try await postgres.run("append", "a", "--type", "First")
        let tail = try postgres.start("tail", "--follow", "--after", "0", "--limit", "3", "--json")
        try await postgres.execute("BEGIN")
        try await postgres.execute(
            "INSERT INTO events (aggregate_id, version, event_id, type, source) VALUES ('slow', 1, 'x', 'T', '/psql')")
        try await postgres.run("append", "fast", "--type", "Fast")
        try await eventuallyOutput(of: tail, contains: "First")
        #expect(try !tail.output.contains("Fast"))
        try await postgres.execute("COMMIT")
        let outcome = try await tail.outcome()
        #expect(outcome.exitCode == 0)
        let streams = try outcome.objects().compactMap { ($0["aggregateID"] as? String) }
        #expect(streams == ["a", "slow", "fast"])
    }

    private func eventuallyOutput(of tool: RunningTool, contains text: String) async throws {
        let start = ContinuousClock.now
        while try !tool.output.contains(text) {
            try #require(start.duration(to: .now) < .seconds(200))
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test("The demo tells its story")
    func demo() async throws {
        let story = try await postgres.run("demo")
        #expect(story.text.contains("refused: order-") && story.text.contains("4 events up to position 4"))
        #expect(try await postgres.texts("SELECT count(*)::text FROM events") == ["4"])
    }
}
