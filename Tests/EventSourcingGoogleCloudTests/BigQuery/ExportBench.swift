import EventSourcingSQLite
import Foundation
import GoogleCloudTestSupport
import JSONText
import Synchronization
import TestSupport
import Testing

@testable import EventSourcingGoogleCloud

/// What a test of an export has: a store on SQLite, the stand-in, and a table in it.
struct ExportBench {
    let folder: TemporaryFolder
    let store: SQLiteEventStore
    let fake: FakeBigQuery
    let client: BigQueryClient
    let mapping: BigQueryMapping
    let destination = BigQueryTableName(project: "p", dataset: "d", table: "events")
    /// How long the exporter would have waited.
    let pauses = Pauses()

    final class Pauses: Sendable {
        private let list = Mutex<[Duration]>([])
        var all: [Duration] { list.withLock { $0 } }

        func add(_ pause: Duration) { list.withLock { $0.append(pause) } }
    }

    init(events: Int, bytes: Int = 10) async throws {
        folder = try TemporaryFolder()
        store = SQLiteEventStore(path: folder.file("events.db"))
        try store.initialize()
        fake = try await FakeBigQuery.start()
        client = BigQueryClient(
            BigQueryConfiguration(endpoint: fake.url, credentials: nil), sleep: { _ in await Task.yield() })
        let catalog = try SQLiteConnection(path: folder.file("events.db"), mode: .read).catalog()
        mapping = try #require(
            try BigQueryMapper(catalogs: [.sqlite: catalog], overrides: .none, settings: .none).mappings().first)
        try save(events, bytes: bytes)
        _ = try await client.create(mapping.table, destination)
    }

    var path: String { folder.file("events.db") }

    func save(_ count: Int, bytes: Int = 10) throws {
        var left = count
        while left > 0 {
            let size = min(left, 500)
            let data = EventData.json(try JSON("\"\(String(repeating: "x", count: bytes))\""))
            let events = (0..<size).map { _ in
                Event(type: "Happened", source: "/test", data: data)
            }
            try store.save(events, for: "stream-\(left % 7)")
            left -= size
        }
    }

    func exporter(_ change: (inout BigQueryExporter.Options) -> Void = { _ in }) throws -> BigQueryExporter {
        var options = BigQueryExporter.Options(destination: destination)
        change(&options)
        var exporter = BigQueryExporter(
            source: try SQLiteExportSource(path: path), client: client, mapping: mapping, options: options)
        let pauses = pauses
        exporter.sleep = { pause in
            pauses.add(pause)
            try Task.checkCancellation()
            await Task.yield()
        }
        return exporter
    }

    /// The positions of the rows that BigQuery has.
    var loadedPositions: [Int] {
        fake.rows(of: "d.events").compactMap { line in
            (try? JSONNode(parsing: Array(line.utf8)))?["position"]?.string.flatMap { Int($0) }
        }
    }

    /// Expects every event once, in its order.
    func expectEverythingOnce(sourceLocation: SourceLocation = #_sourceLocation) throws {
        var positions: [Int] = []
        var feed = try store.feed(after: 0)
        while let event = try feed.next() { positions.append(event.position) }
        #expect(loadedPositions == positions, sourceLocation: sourceLocation)
    }

    /// What the plans say.
    func summary() async throws -> ExportSummary {
        let status = try await ExportStatus(.sqlite(path: path), events: RelationName("events"))
        return try #require(status.exports.first)
    }
}
