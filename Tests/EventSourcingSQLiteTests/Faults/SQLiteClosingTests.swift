import EventSourcingSQLite
import Foundation
import SQLiteTestSupport
import Synchronization
import TestSupport
import Testing

@Suite("A SQLite store that is closed while it is used")
struct SQLiteClosingTests {
    private let folder: TemporaryFolder
    private var path: String { folder.file("events.db") }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func store(_ kind: EitherStore.Kind) async throws -> EitherStore {
        let store = EitherStore(
            kind, path: path, options: SQLiteOptions(synchronous: .normal, busyTimeout: .seconds(120)))
        try await store.initialize()
        return store
    }

    /// The last connection to a file removes its WAL, so that one that is there is one that is open.
    private var isOpen: Bool { folder.exists("events.db-wal") }

    /// Saves again and again until it fails, and says what became of each save.
    private func saveUntilClosed(_ store: EitherStore, to stream: String) async -> [SaveJournal.Entry] {
        var entries: [SaveJournal.Entry] = []
        while true {
            let events = [Event.selfDescribing(), .selfDescribing()]
            var entry = SaveJournal.Entry(stream: stream, ids: events.map(\.id))
            do {
                entry.verdict = .init(try await store.save(events, for: stream))
                entries.append(entry)
            } catch {
                entry.verdict = .refused(reason: Attempt.kind(of: error))
                entries.append(entry)
                return entries
            }
        }
    }

    private func audit(_ entries: [SaveJournal.Entry]) throws {
        var audit = try SaveAudit(path: path)
        audit.check(entries)
        #expect(audit.complaints == [])
        let reasons = entries.compactMap { entry in
            if case .refused(let reason) = entry.verdict { reason } else { nil }
        }
        #expect(Set(reasons) == ["StoreError.closed"])
    }

    @Test("lets 64 savers and 8 readers finish their calls, and refuses the next", arguments: EitherStore.Kind.allCases)
    func closing(kind: EitherStore.Kind) async throws {
        let store = try await store(kind)
        let entries = try await withThrowingTaskGroup(of: [SaveJournal.Entry].self) { group in
            for number in 0..<64 {
                group.addTask { await saveUntilClosed(store, to: "stream-\(number % 24)") }
            }
            for _ in 0..<8 {
                group.addTask {
                    let attempt = await Attempt("read") {
                        while true { _ = try await store.loadFeed(after: 0, limit: 2000) }
                    }
                    #expect(attempt.error == "StoreError.closed")
                    return []
                }
            }
            try await Task.sleep(for: .milliseconds(400))
            #expect(isOpen)
            await store.close()
            #expect(!isOpen, "it returned before every connection was closed")
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(entries.count > 64)
        try audit(entries)
    }

    @Test("waits for a save that waits for a lock", arguments: EitherStore.Kind.allCases)
    func waiting(kind: EitherStore.Kind) async throws {
        let store = try await store(kind)
        let lock = try WriteLock(on: path, before: store)
        let first = try await lock.startFirst(StreamAppend([.selfDescribing("first")], to: "first"))
        var savers: [Task<[SaveJournal.Entry], Never>] = []
        for number in 0..<64 { savers.append(Task { await saveUntilClosed(store, to: "stream-\(number)") }) }
        while store.waitingSaveCount < 64 { try await Task.sleep(for: .milliseconds(5)) }
        let isClosed = Flag()
        let closing = Task {
            await store.close()
            isClosed.putUp()
        }
        try await Task.sleep(for: .milliseconds(200))
        #expect(!isClosed.isUp)
        try lock.release()
        await closing.value
        let result = try await first.value
        var entries = [SaveJournal.Entry(stream: "first", ids: ["first"], verdict: .init(result))]
        for saver in savers { entries += await saver.value }
        try audit(entries)
    }

    @Test("by several at once is closed when any of them returns", arguments: EitherStore.Kind.allCases)
    func closingTwice(kind: EitherStore.Kind) async throws {
        let store = try await store(kind)
        let isEarly = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 { group.addTask { await saveUntilClosed(store, to: "a").isEmpty } }
            for _ in 0..<8 {
                group.addTask {
                    _ = await Attempt("read") { while true { _ = try await store.loadFeed(after: 0, limit: 100) } }
                    return false
                }
            }
            try? await Task.sleep(for: .milliseconds(100))
            for _ in 0..<4 {
                group.addTask {
                    await store.close()
                    return isOpen
                }
            }
            return await group.contains(true)
        }
        #expect(!isEarly)
    }

    @Test("refuses every call from then on, and says what to do", arguments: EitherStore.Kind.allCases)
    func closed(kind: EitherStore.Kind) async throws {
        let store = try await store(kind)
        await store.close()
        let snapshot = Snapshot(aggregateID: "a", version: 1, aggregateType: "T", state: try JSON("1"))
        let attempts = [
            await Attempt("save") { try await store.save([.selfDescribing()], for: "a") },
            await Attempt("saveEach") { try await store.saveEach([StreamAppend([.selfDescribing()], to: "a")]).count },
            await Attempt("saveSnapshot") { try await store.saveSnapshot(snapshot) },
            await Attempt("load") { try await store.load("a").count },
            await Attempt("version") { try await store.version(of: "a") },
            await Attempt("loadFeed") { try await store.loadFeed(after: 0, limit: 1).count },
            await Attempt("initialize") { try await store.initialize() },
        ]
        for attempt in attempts {
            #expect(attempt.error == "StoreError.closed", "\(attempt)")
            #expect(attempt.text == "the store has been closed; create a new one")
        }
        await store.close()
    }
}
