import Foundation
import GoogleCloudTestSupport
import TestSupport
import Testing

@testable import EventSourcingGoogleCloud

/// Real events, exported by processes that are killed to a stand-in that disturbs them.
@Suite(
    "BigQuery, with real events",
    .enabled(
        if: GoogleFakes.folder != nil && RealLog.path != nil,
        "the strict stand-ins or the log are not beside the checkout"))
struct RealLogExportTests {
    private let place: Workplace
    private let fake: StrictBigQuery
    private let client: BigQueryClient
    private let table = BigQueryTableName(project: "p", dataset: "d", table: "events")

    /// How much of the log is exported; `EXPORT_EVENTS=262200` is all of it.
    private static let count = ProcessInfo.processInfo.environment["EXPORT_EVENTS"].flatMap { Int($0) } ?? 10_000

    init() async throws {
        place = try Workplace()
        fake = try await StrictBigQuery(folder: try #require(GoogleFakes.folder))
        client = BigQueryClient(BigQueryConfiguration(environment: ["BIGQUERY_EMULATOR_HOST": fake.url]))
        try place.folder.write(try Checkout.read("schema/schema.json"), to: "schema/schema.json")
        let outcome = try await place.tool.run(
            ["bigquery", "schema", "--to", "p.d.events", "--apply", "--create-dataset", "--location", "EU"],
            environment: environment)
        try #require(outcome.exitCode == 0, "\(outcome)")
    }

    private var environment: [String: String] { ["BIGQUERY_EMULATOR_HOST": fake.url] }

    /// Every kind of disturbance that the stand-in knows, in an order of chance.
    private func disturb(_ random: inout SplitMix64) async throws {
        let faults = [
            #"{"action":"status","method":"POST","path":"/upload/","code":503,"retryAfter":1}"#,
            #"{"action":"status","method":"GET","path":"/jobs/","code":503}"#,
            #"{"action":"lost_response","method":"POST","path":"/upload/"}"#,
            #"{"action":"lost_response","method":"PUT","path":"/upload/"}"#,
            #"{"action":"drop_upload","bytes":262144}"#,
            #"{"action":"drop","method":"GET","path":"/jobs/"}"#,
            #"{"action":"running","polls":4}"#,
            #"{"action":"job_error","reason":"backendError"}"#,
        ]
        let chosen = faults.shuffled(using: &random).prefix(3).joined(separator: ",")
        _ = try await client.request("POST", "/_fake/faults", body: Array(#"{"faults":[\#(chosen)]}"#.utf8))
    }

    /// What is compared of an event, in BigQuery's words.
    private func exported() async throws -> [String] {
        try await client.run(
            BigQueryQuery(
                sql: """
                    SELECT CONCAT(CAST(position AS STRING), '|', aggregate_id, '|', CAST(version AS STRING), '|', event_id,
                        '|', type, '|', CAST(UNIX_MICROS(occurred_at) AS STRING), '|',
                        IFNULL(JSON_VALUE(data, '$.resource'), ''))
                    FROM p.d.events ORDER BY position
                    """),
            project: "p", location: "EU"
        ).rows.compactMap { $0.first ?? nil }
    }

    /// Exports to the end, with 20 processes that are killed on the way.
    private func export(from database: String, seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let arguments = [
            "bigquery", "export", "--to", "p.d.events", "--database", database, "--events",
            "\(max(1, Self.count / 40))",
        ]
        for _ in 0..<20 {
            try await disturb(&random)
            let tool = try RunningTool(place.tool, arguments, environment: environment)
            let moment = ContinuousClock.now + .milliseconds(Int.random(in: 100...1500, using: &random))
            while tool.isRunning, ContinuousClock.now < moment { try await Task.sleep(for: .milliseconds(5)) }
            tool.send(SIGKILL)
            _ = try await tool.outcome()
        }
        _ = try await client.request("DELETE", "/_fake/faults")
        let last = try await place.tool.run(arguments, environment: environment)
        try #require(last.exitCode == 0, "\(last)")
    }

    private func expectSame(_ stored: [String], _ exported: [String]) {
        #expect(stored.count == Self.count)
        #expect(exported.count == stored.count)
        #expect(zip(exported, stored).first { $0 != $1 } == nil)
    }

    @Test("Every event of SQLite is in BigQuery once, through disturbances and twenty ends without warning")
    func fromSQLite() async throws {
        let path = try #require(RealLog.path)
        try await RealLog.importEvents(Self.count, of: path, with: place.tool, into: "sqlite:test.db")
        try await export(from: "sqlite:test.db", seed: 1)
        let stored = try place.texts(
            """
            SELECT position || '|' || aggregate_id || '|' || version || '|' || event_id || '|' || type || '|'
                || occurred_at || '|' || coalesce(json_extract(data, '$.resource'), '')
            FROM events ORDER BY position
            """)
        expectSame(stored, try await exported())
    }

    @Test("Every event of PostgreSQL is in BigQuery once, through disturbances and twenty ends without warning")
    func fromPostgreSQL() async throws {
        let path = try #require(RealLog.path)
        let postgres = try await PostgresWorkplace()
        try await RealLog.importEvents(Self.count, of: path, with: place.tool, into: postgres.url)
        try await export(from: postgres.url, seed: 2)
        let stored = try await postgres.texts(
            """
            SELECT concat_ws('|', position, aggregate_id, version, event_id, type,
                (extract(epoch FROM occurred_at) * 1000000)::bigint, coalesce(data ->> 'resource', ''))
            FROM events ORDER BY events.position
            """)
        expectSame(stored, try await exported())
    }
}
