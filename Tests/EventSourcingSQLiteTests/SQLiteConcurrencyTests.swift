import Dispatch
import EventSourcingSQLite
import Synchronization
import TestSupport
import Testing

@Suite("Several SQLite stores on one file, each used by many threads")
struct SQLiteConcurrencyTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("events.db")
    }

    private func openStores(_ count: Int) throws -> [SQLiteEventStore] {
        try (0..<count).map { _ in
            let store = SQLiteEventStore(path: path, options: SQLiteOptions(synchronous: .normal))
            try store.initialize()
            return store
        }
    }

    private func event(_ id: String) -> Event<StandardColumns> {
        Event(id: id, type: "T", source: "/")
    }

    /// Runs a closure on so many threads at once and collects what it throws.
    private func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) -> [String] {
        let errors = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: count) { thread in
            do { try body(thread) } catch { errors.withLock { $0.append("\(error)") } }
        }
        return errors.withLock { $0 }
    }

    @Test("initialize at the same time, and apply each migration once")
    func initializing() throws {
        let path = path
        let errors = onThreads(8) { _ in
            let store = SQLiteEventStore(path: path)
            try store.initialize()
            store.close()
        }
        #expect(errors == [])
        #expect(try SQLiteConnection(path: path).readHistory().map(\.sequence).sorted() == [1, 2, 3])
    }

    @Test("save whatever the version without a failure, and leave no hole")
    func savingAny() throws {
        let stores = try openStores(2)
        let errors = onThreads(8) { thread in
            for save in 0..<25 {
                try stores[thread % 2].save(
                    [event("\(thread)-\(save)-1"), event("\(thread)-\(save)-2")], for: "stream-\(save % 3)")
            }
        }
        #expect(errors == [])
        for stream in 0..<3 {
            let events = try stores[0].load("stream-\(stream)")
            #expect(events.map(\.version) == Array(1...events.count))
        }
        #expect(try stores[1].loadFeed(after: 0, limit: 1000).map(\.position) == Array(1...400))
    }

    @Test("let exactly one of those win who save for the same version")
    func savingExact() throws {
        let stores = try openStores(2)
        let wins = Mutex(0)
        let errors = onThreads(8) { thread in
            for version in 0..<25 {
                do {
                    try stores[thread % 2].save(
                        [event("\(thread)-\(version)")], for: "a", expectedVersion: version)
                    wins.withLock { $0 += 1 }
                } catch let error as ConcurrencyError {
                    // Whoever loses is told a version that the stream really had.
                    guard error.actual != version else { throw error }
                }
            }
        }
        #expect(errors == [])
        let version = try stores[0].version(of: "a")
        #expect(wins.withLock { $0 } == version)
    }

    @Test("read each other's events from the feed, once each and in order, while they write")
    func feed() throws {
        let stores = try openStores(3)
        let seen = Mutex<[Int]>([])
        let errors = onThreads(5) { thread in
            if thread == 0 {
                var position = 0
                while position < 200 {
                    for event in try stores[2].loadFeed(after: position, limit: 7) {
                        seen.withLock { $0.append(event.position) }
                        position = event.position
                    }
                }
            } else {
                for save in 0..<50 { try stores[thread % 2].save([event("\(thread)-\(save)")], for: "s\(thread)") }
            }
        }
        #expect(errors == [])
        #expect(seen.withLock { $0 } == Array(1...200))
    }
}
