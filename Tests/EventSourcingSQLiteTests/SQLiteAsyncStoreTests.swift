import EventSourcingSQLite
import EventSourcingTesting
import Foundation
import TestSupport
import Testing

@Suite("The asynchronous SQLite store")
struct SQLiteAsyncStoreTests {
    private static let conformanceFolder = Result { try TemporaryFolder() }

    private static func makeStore() throws -> SQLiteAsyncEventStore {
        SQLiteAsyncEventStore(path: try conformanceFolder.get().file("\(UUID().uuidString).db"))
    }

    private let folder: TemporaryFolder
    private let store: SQLiteAsyncEventStore

    init() throws {
        folder = try TemporaryFolder()
        store = SQLiteAsyncEventStore(path: folder.file("events.db"))
    }

    private func event(_ id: String) -> Event<StandardColumns> {
        Event(id: id, type: "T", source: "/")
    }

    @Test("keeps the contract", arguments: EventStoreConformance { try makeStore() }.checks)
    func contract(check: ConformanceCheck) async throws {
        try await check.run()
    }

    @Test("is not used before initialize(), nor after close()")
    func lifeCycle() async throws {
        await #expect { try await store.load("a") } throws: { ($0 as? StoreError)?.code == .notInitialized }
        await #expect {
            try await store.save([event("1")], for: "a")
        } throws: { ($0 as? StoreError)?.code == .notInitialized }
        try await store.initialize()
        await store.close()
        await #expect { try await store.save([event("1")], for: "a") } throws: { ($0 as? StoreError)?.code == .closed }
    }

    @Test("finishes what is under way before it closes")
    func closing() async throws {
        try await store.initialize()
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask { (try? await store.save([event("1")], for: "s\(number)")) != nil }
            }
            group.addTask {
                await store.close()
                return false
            }
            return await group.reduce(into: 0) { count, isSaved in count += isSaved ? 1 : 0 }
        }
        let reopened = SQLiteEventStore(path: folder.file("events.db"))
        try reopened.initialize()
        #expect(try reopened.loadFeed(after: 0, limit: 1000).count == outcomes)
    }

    @Test("lets a cancelled saver leave the queue, and saves what it does not report as cancelled")
    func cancelling() async throws {
        try await store.initialize()
        let tasks = (0..<200).map { number in
            Task { try await store.save([event("\(number)")], for: "stream-\(number)") }
        }
        for task in tasks where Bool.random() { task.cancel() }
        var saved: Set<String> = []
        for (number, task) in tasks.enumerated() {
            switch await task.result {
            case .success: saved.insert("stream-\(number)")
            case .failure(let error): #expect(error is CancellationError)
            }
        }
        #expect(Set(try await store.loadStreams(after: nil, limit: 1000).map(\.aggregateID)) == saved)
    }

    @Test("gives every one of many tasks its own outcome, and fails nobody for another")
    func neighbours() async throws {
        try await store.initialize()
        let results = await withTaskGroup(of: String.self) { group in
            for number in 0..<64 {
                group.addTask {
                    do {
                        let expected: ExpectedVersion = number % 4 == 3 ? 7 : .any
                        let result = try await store.save(
                            [event("\(number)")], for: "stream-\(number)", expectedVersion: expected)
                        return "v\(result.version)"
                    } catch {
                        return "\(type(of: error))"
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(results == ["v1": 48, "ConcurrencyError": 16])
    }

    @Test("streams a long stream page by page, in both orders")
    func streaming() async throws {
        try await store.initialize()
        try await store.save((1...1000).map { event("\($0)") }, for: "a")
        var versions: [Int] = []
        for try await event in try store.events(of: "a", pageSize: 64) { versions.append(event.version) }
        #expect(versions == Array(1...1000))
        versions = []
        for try await event in try store.events(of: "a", fromVersion: 990, order: .descending, pageSize: 4) {
            versions.append(event.version)
        }
        #expect(versions == (990...1000).reversed())
    }
}
