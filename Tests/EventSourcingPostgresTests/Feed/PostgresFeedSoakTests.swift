import EventSourcingPostgres
import Foundation
import TestSupport
import Testing

/// Everything at once that makes a feed skip: `FEED_SOAK_SECONDS` says for how long, 60 seconds unless it is set.
@Suite("The feed of a busy PostgreSQL store") struct PostgresFeedSoakTests {
    private struct Regret: Error {}

    private static let seconds = ProcessInfo.processInfo.environment["FEED_SOAK_SECONDS"].flatMap(Double.init) ?? 60

    /// What a reader was given: positions ascend in it, or the reader has failed.
    private struct Reading: Sendable {
        var positions: [Int] = []
        var versions: [String: Int] = [:]
        var complaints: [String] = []

        mutating func take(_ events: [RecordedEvent<StandardColumns>]) {
            for event in events {
                if let last = positions.last, last >= event.position {
                    complaints.append("\(event.position) came after \(last)")
                }
                let version = versions[event.aggregateID, default: 0]
                if event.version != version + 1 {
                    complaints.append("\(event.aggregateID): v\(event.version) came after v\(version)")
                }
                versions[event.aggregateID] = event.version
                positions.append(event.position)
            }
        }
    }

    @Test("skips nothing, repeats nothing and inverts no stream")
    func soak() async throws {
        let database = try await PostgresTestDatabase()
        let store = PostgresEventStore(database.configuration, pool: PostgresPoolOptions(minimum: 0, maximum: 20))
        try await store.initialize()
        let end = ContinuousClock.now + .seconds(Self.seconds)
        let isOver = Recorder<Bool>()
        let readings = try await withThrowingTaskGroup(of: Reading?.self) { group in
            for writer in 0..<12 {
                group.addTask {
                    while ContinuousClock.now < end { try await Self.write(as: writer, to: store) }
                    return nil
                }
            }
            for reader in 0..<3 {
                group.addTask {
                    // They start at different times, each at the beginning, and with pages of different sizes.
                    try await Task.sleep(for: .seconds(Self.seconds / 6 * Double(reader)))
                    // A reader of its own process knows only what it has seen itself.
                    let own = PostgresEventStore(
                        database.configuration, pool: PostgresPoolOptions(minimum: 0, maximum: 1))
                    try await own.initialize()
                    var reading = Reading()
                    while true {
                        let wasOver = !isOver.values.isEmpty
                        let page = try await (reader == 0 ? store : own).loadFeed(
                            after: reading.positions.last ?? 0, limit: [7, 100, 1000][reader])
                        reading.take(page)
                        if page.isEmpty, wasOver { break }
                        if page.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
                    }
                    await own.close()
                    return reading
                }
            }
            var readings: [Reading] = []
            var writersLeft = 12
            for try await reading in group {
                if let reading { readings.append(reading) } else { writersLeft -= 1 }
                if writersLeft == 0 { isOver.append(true) }
            }
            return readings
        }
        let connection = try await PostgresAsyncConnection.connect(database.configuration)
        let stored = try await connection.run {
            try $0.prepare("SELECT position FROM events ORDER BY position").all { row in try row.value(Int.self, at: 0)
            }
        }
        await connection.close()
        await store.close()
        #expect(readings.count == 3 && stored.count > 100)
        for reading in readings {
            #expect(reading.complaints.isEmpty, "\(reading.complaints.prefix(5))")
            #expect(reading.positions == stored)
        }
    }

    /// One step of a writer: alone, or in a transaction that appends several times, sleeps or regrets.
    private static func write(as writer: Int, to store: PostgresEventStore) async throws {
        func stream() -> String { "stream-\(Int.random(in: 0..<40))" }
        func events() -> [Event<StandardColumns>] {
            (0..<Int.random(in: 1...3)).map { _ in Event(type: "T", source: "/soak") }
        }
        if writer < 4 {
            try await store.save(events(), for: stream())
            return
        }
        let appends = (0..<Int.random(in: 1...3)).map { _ in (stream(), events()) }.sorted { $0.0 < $1.0 }
        let pause = UInt32.random(in: 0..<10) == 0 ? UInt32.random(in: 1000..<60_000) : 0
        let isRegretted = Double.random(in: 0..<1) < 0.15
        do {
            try await store.withTransaction { transaction in
                for (stream, events) in appends { try transaction.save(events, for: stream) }
                if pause > 0 { usleep(pause) }
                if isRegretted { throw Regret() }
            }
        } catch is Regret {
            // As intended.
        } catch let error as DatabaseError where error.code == .transactionConflict {
            // The next one begins again.
        }
    }
}
