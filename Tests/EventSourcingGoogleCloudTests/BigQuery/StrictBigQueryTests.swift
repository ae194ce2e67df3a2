import EventSourcingSQLite
import Foundation
import GoogleCloudTestSupport
import JSONText
import SQLSchema
import TestSupport
import Testing

@testable import EventSourcingGoogleCloud

/// What only the strict stand-in can tell: whether BigQuery would read what is sent.
@Suite(
    "BigQuery, strictly", .enabled(if: GoogleFakes.folder != nil, "the strict stand-ins are not beside the checkout"))
struct StrictBigQueryTests {
    private let destination = BigQueryTableName(project: "p", dataset: "d", table: "events")

    private func start() async throws -> (StrictBigQuery, BigQueryClient) {
        let fake = try await StrictBigQuery(folder: try #require(GoogleFakes.folder))
        var configuration = BigQueryConfiguration(environment: ["BIGQUERY_EMULATOR_HOST": fake.url])
        configuration.location = "EU"
        let client = BigQueryClient(configuration)
        _ = try await client.createDataset(of: destination)
        return (fake, client)
    }

    private func disturb(_ client: BigQueryClient, _ faults: String) async throws {
        _ = try await client.request("POST", "/_fake/faults", body: Array(#"{"faults":[\#(faults)]}"#.utf8))
    }

    private func query(_ client: BigQueryClient, _ sql: String) async throws -> [[String?]] {
        try await client.run(BigQueryQuery(sql: sql), project: "p", location: "EU").rows
    }

    @Test("Every type of PostgreSQL arrives as it was")
    func everyType() async throws {
        let (fake, client) = try await start()
        let database = try await PostgresTestDatabase()
        let connection = try await PostgresAsyncConnection.connect(database.configuration)
        try await connection.run { connection in
            for statement in EveryType.statements { try connection.execute(statement) }
        }
        let source = PostgresExportSource(database.configuration)
        let mapping = try #require(
            try BigQueryMapper(
                catalogs: [.postgres: try await source.catalog()], overrides: .none, settings: EveryType.settings
            ).mappings().first)
        try await TablePlan(mapping, destination, client: client).apply(createsDataset: true)
        #expect(try await TablePlan(mapping, destination, client: client).lines.isEmpty)
        try await BigQueryExporter(
            source: source, client: client, mapping: mapping, options: .init(destination: destination)
        ).run()
        for (column, expected) in EveryType.expected {
            let sql = "SELECT \(expected.query ?? "CAST(`\(column)` AS STRING)") FROM p.d.events WHERE position = 1"
            #expect(try await query(client, sql) == [[expected.value]], "\(column)")
        }
        // The second row is NULL wherever it can be.
        let empty = try await query(client, "SELECT COUNT(*) FROM p.d.events WHERE position = 2 AND c_numeric IS NULL")
        #expect(empty == [["1"]])
        #expect(mapping.table.fields.contains { $0.name == "c_search" } == false)
        withExtendedLifetime((fake, connection)) {}
    }

    @Test("An export with disturbances has every event once, by count and by the sum of their positions")
    func export() async throws {
        let (fake, client) = try await start()
        let folder = try TemporaryFolder()
        let path = folder.file("events.db")
        let store = SQLiteEventStore(path: path)
        try store.initialize()
        for index in 0..<20 {
            let events = try (0..<100).map {
                Event(id: "e\(index)-\($0)", type: "T", source: "/", data: .json(try JSON("{\"a\":\($0)}")))
            }
            try store.save(events, for: "s\(index)")
        }
        let catalog = try SQLiteConnection(path: path, mode: .read).catalog()
        let mapping = try #require(
            try BigQueryMapper(catalogs: [.sqlite: catalog], overrides: .none, settings: .none).mappings().first)
        try await TablePlan(mapping, destination, client: client).apply(createsDataset: true)
        try await disturb(
            client,
            """
            {"action":"status","method":"POST","path":"/upload/","code":503,"retryAfter":0},
            {"action":"lost_response","method":"POST","path":"/upload/"},{"action":"drop","method":"GET","path":"/jobs/"},
            {"action":"running","polls":3},{"action":"job_error","reason":"backendError"}
            """)
        var options = BigQueryExporter.Options(destination: destination)
        options.limits.events = 300
        var exporter = BigQueryExporter(
            source: try SQLiteExportSource(path: path), client: client, mapping: mapping, options: options)
        exporter.sleep = { _ in try await Task.sleep(for: .milliseconds(1)) }
        try await exporter.run()
        let rows = try await query(
            client, "SELECT COUNT(*), COUNT(DISTINCT event_id), SUM(position), MAX(version) FROM p.d.events")
        #expect(rows == [["2000", "2000", "\(2000 * 2001 / 2)", "100"]])
        // A backfill finds that everything is there.
        options.name = "again"
        options.usesStaging = true
        try await BigQueryExporter(
            source: try SQLiteExportSource(path: path), client: client, mapping: mapping, options: options
        ).run()
        #expect(try await query(client, "SELECT COUNT(*) FROM p.d.events") == [["2000"]])
        _ = try await query(client, "DELETE FROM p.d.events WHERE version > 50")
        options.name = "repair"
        try await BigQueryExporter(
            source: try SQLiteExportSource(path: path), client: client, mapping: mapping, options: options
        ).run()
        #expect(
            try await query(client, "SELECT COUNT(*), SUM(position) FROM p.d.events") == [
                ["2000", "\(2000 * 2001 / 2)"]
            ])
        withExtendedLifetime(fake) {}
    }

    @Test("The statement that creates the table is one that BigQuery reads")
    func ddl() async throws {
        let (fake, client) = try await start()
        let path = "\(Checkout.folder.path)/schema/schema.json"
        let snapshot = try SnapshotFile(Array(try #require(FileManager.default.contents(atPath: path))), path: path)
        let mapping = try #require(
            try BigQueryMapper(
                catalogs: snapshot.snapshot.dialects.mapValues(\.catalog), overrides: .none, settings: .none
            ).mappings().first)
        _ = try await query(client, mapping.ddl(name: "p.d.events"))
        let plan = try await TablePlan(mapping, destination, client: client)
        #expect(plan.lines == [])
        withExtendedLifetime(fake) {}
    }

    @Test("The store appends, finds its own saves again, and loads streams, traces and effects")
    func store() async throws {
        let (fake, client) = try await start()
        let store = BigQueryEventStore(destination, client: client)
        let missing = await #expect(throws: BigQueryExportError.self) { try await store.initialize() }
        #expect(missing?.description.contains("event-store bigquery schema --to p.d.events --apply") == true)
        let path = "\(Checkout.folder.path)/schema/schema.json"
        let snapshot = try SnapshotFile(Array(try #require(FileManager.default.contents(atPath: path))), path: path)
        let mapping = try #require(
            try BigQueryMapper(
                catalogs: snapshot.snapshot.dialects.mapValues(\.catalog), overrides: .none, settings: .none
            ).mappings().first)
        #expect(mapping.columns.map(\.column) == StoreQueries.columns)
        try await TablePlan(mapping, destination, client: client).apply(createsDataset: false)
        try await store.initialize()
        let placed = Event(
            id: "p", type: "Placed", source: "/shop", subject: "x", time: Instant("2026-01-02T10:00:00.000007Z"),
            data: .json(try JSON(#"{ "b": [1, 2.50], "a": "ä" }"#)), extensions: ["tenant": "t", "n": 3],
            correlationID: "c")
        let paid = Event(
            id: "q", type: "Paid", source: "/shop", data: .binary([0, 255]), correlationID: "c", causationID: "p",
            columns: StandardColumns())
        let first = try await store.save([placed, paid], for: "o'1")
        #expect(first == SaveResult(version: 2, positions: [1, 2]))
        #expect(
            try await store.save([placed, paid], for: "o'1")
                == SaveResult(version: 2, positions: [1, 2], wasAlreadySaved: true))
        let third = try await store.save([Event(id: "r", type: "T", source: "/", correlationID: "c")], for: "o2")
        #expect(third == SaveResult(version: 1, positions: [3]))
        let duplicate = await #expect(throws: DuplicateEventError.self) {
            try await store.save([paid, Event(id: "new", type: "T", source: "/")], for: "o'1")
        }
        #expect(duplicate?.code == .partlySaved)
        let loaded = try await store.load("o'1")
        #expect(loaded.map(\.version) == [1, 2])
        #expect(loaded[0].time == placed.time && loaded[0].extensions == placed.extensions)
        #expect(loaded[0].event.withCanonicalData == placed.withCanonicalData)
        #expect(loaded[1].data == .binary([0, 255]) && loaded[1].causationID == "p")
        #expect(try await store.load("o'1", fromVersion: 2).map(\.event.id) == ["q"])
        #expect(try await store.load("o'1", limit: 1, order: .descending).map(\.event.id) == ["q"])
        #expect(try await store.load("none").isEmpty)
        #expect(try await store.version(of: "o'1") == 2)
        #expect(try await store.loadTrace(correlationID: "c").map(\.event.id) == ["p", "q", "r"])
        #expect(try await store.loadTrace(correlationID: "c", after: 1, limit: 1).map(\.event.id) == ["q"])
        #expect(try await store.loadEffects(of: "p").map(\.event.id) == ["q"])
        // More than one page.
        for part in 0..<6 {
            try await store.save(
                (0..<200).map { Event(id: "m\(part)-\($0)", type: "T", source: "/") }, for: "many")
        }
        #expect(try await store.load("many").map(\.version) == Array(1...1200))
        withExtendedLifetime(fake) {}
    }
}
