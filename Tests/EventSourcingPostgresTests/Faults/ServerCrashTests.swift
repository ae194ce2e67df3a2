import EventSourcing
import Synchronization
import TestSupport
import Testing

@testable import EventSourcingPostgres

@Suite("A PostgreSQL store whose server goes away and comes back", .timeLimit(.minutes(5)))
struct ServerCrashTests {
    enum Accident: CaseIterable, Sendable {
        /// All processes are killed.
        case crash
        /// The server is stopped and started, as for an update.
        case restart
    }

    @Test("loses nothing that was acknowledged, keeps no half, and goes on by itself", arguments: Accident.allCases)
    func accident(_ accident: Accident) async throws {
        try await DurableServer.with { server in
            let store = PostgresEventStore(
                server.configuration(), pool: PostgresPoolOptions(minimum: 2, maximum: 8, timeout: .seconds(1)))
            try await store.initialize()
            let savers = Savers(store: store)
            let reader = FeedFollower(store: store)
            try await withThrowingTaskGroup { group in
                for number in 0..<16 { group.addTask { try await savers.run(number) } }
                group.addTask { try await reader.run(until: { savers.isDone }) }
                try await savers.waitForSaves(300)
                switch accident {
                case .crash: try await server.kill()
                case .restart: try await server.stop()
                }
                // Some are to find out that there is nobody.
                try await savers.waitForFailure()
                try await server.start()
                try await savers.waitForSaves(savers.saves.count + 300)
                savers.stop()
                try await group.waitForAll()
            }
            try await expectEverything(of: savers.saves, on: server)
            let table = try await server.rows("SELECT event_id FROM events ORDER BY position")
            #expect(reader.ids == table)
            #expect(try await store.feedHold(after: 0) == nil)
            await store.close()
        }
    }

    /// Checks that each save is there once, whole, and where the store said.
    private func expectEverything(of saves: [Savers.Save], on server: DurableServer) async throws {
        let rows = try await server.rows(
            """
            SELECT event_id || ' ' || aggregate_id || ' ' || version || ' ' || position FROM events
            """)
        let acknowledged = saves.flatMap { save in
            save.ids.enumerated().map { index, id in
                "\(id) \(save.stream) \(save.result.version - save.ids.count + 1 + index) "
                    + "\(save.result.positions[index])"
            }
        }
        #expect(rows.count == acknowledged.count)
        #expect(Set(rows) == Set(acknowledged))
        let gaps = try await server.rows(
            """
            SELECT aggregate_id FROM events GROUP BY aggregate_id HAVING max(version) <> count(*) OR min(version) <> 1
            """)
        #expect(gaps == [])
    }
}

/// Tasks that save as long as they are let, each save with the same ids until it succeeds.
private final class Savers: Sendable {
    struct Save: Sendable {
        let stream: String
        let ids: [String]
        let result: SaveResult
    }

    private let store: PostgresEventStore
    private let acknowledged = Recorder<Save>()
    private let failures = Recorder<String>()
    /// Failures that do not say that the server was away.
    private let strangeFailures = Recorder<String>()
    private let state = Mutex((isStopped: false, running: 16))

    init(store: PostgresEventStore) {
        self.store = store
    }

    var saves: [Save] { acknowledged.values }
    var isDone: Bool { state.withLock { $0.running == 0 } }

    func stop() {
        state.withLock { $0.isStopped = true }
    }

    /// Saves to a stream of its own with exact versions, or to one that others save to as well.
    func run(_ number: Int) async throws {
        defer { state.withLock { $0.running -= 1 } }
        let isAlone = number % 2 == 0
        let stream = isAlone ? "own-\(number)" : "shared-\(number % 4)"
        var version = 0
        while !state.withLock({ $0.isStopped }) {
            let ids = (1...3).map { "\(number)/\(version)/\($0)" }
            let result = try await save(ids, to: stream, expectedVersion: isAlone ? .exact(version) : .any)
            acknowledged.append(Save(stream: stream, ids: ids, result: result))
            version += 3
        }
    }

    private func save(
        _ ids: [String], to stream: String, expectedVersion: ExpectedVersion
    ) async throws -> SaveResult {
        let events = ids.map { Event(id: $0, type: "T", source: "/tests") }
        while true {
            do {
                return try await store.save(events, for: stream, expectedVersion: expectedVersion)
            } catch  where error.meansThatTheServerIsAway {
                failures.append("\(error)")
                try await Task.sleep(for: .milliseconds(20))
            } catch {
                strangeFailures.append("\(error)")
                throw error
            }
        }
    }

    func waitForSaves(_ count: Int) async throws {
        try await wait { acknowledged.values.count >= count }
    }

    func waitForFailure() async throws {
        try await wait { !failures.values.isEmpty }
    }

    private func wait(until condition: () -> Bool) async throws {
        while !condition() {
            if let failure = strangeFailures.values.first { throw StrangeFailure(description: failure) }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}

private struct StrangeFailure: Error, CustomStringConvertible {
    let description: String
}

/// Reads the feed while it grows, and its rest when everybody has saved.
private final class FeedFollower: Sendable {
    private let store: PostgresEventStore
    private let events = Recorder<String>()

    init(store: PostgresEventStore) {
        self.store = store
    }

    var ids: [String] { events.values }

    func run(until isOver: () -> Bool) async throws {
        var position = 0
        while true {
            let isLast = isOver()
            do {
                let page = try await store.loadFeed(after: position, limit: 100)
                for event in page { events.append(event.event.id) }
                position = page.last?.position ?? position
                if page.isEmpty, isLast { return }
                if page.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            } catch  where error.meansThatTheServerIsAway {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }
}

extension Error {
    fileprivate var meansThatTheServerIsAway: Bool {
        switch self {
        case let error as DatabaseError: [.connectionLost, .cannotOpen].contains(error.code)
        case let error as PostgresPoolError: error.code == .timeout
        default: false
        }
    }
}
