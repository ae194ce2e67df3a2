import EventSourcingSQLite
import Foundation
import SQLiteTestSupport

/// A process that saves through both stores, with several callers of each, until it is told to stop.
///
/// It writes down each save before it begins and when it has returned. When it is started again after it was killed, it
/// first saves again what was in doubt, with the same ids.
struct SoakWriter: Sendable {
    private static let callersOfEach = 3

    private let stores: [EitherStore]
    private let journal: SaveJournal
    private let inDoubt: [SaveJournal.Entry]
    private let stopSign: StopSign

    /// Opens the journal; the database is opened by `run()`.
    ///
    /// Commits are not synced one by one. What kill -9 takes away is the process and not what it has written, which the
    /// system keeps and shows to others; only a power cut would tell the difference.
    init(path: String, folder: String, name: String) throws {
        let options = SQLiteOptions(synchronous: .normal)
        stores = EitherStore.Kind.allCases.map { EitherStore($0, path: path, options: options) }
        let earlier = SaveJournal.paths(in: folder, writer: name)
        inDoubt = SaveJournal.inDoubt(in: try earlier.flatMap(SaveJournal.entries))
        journal = try SaveJournal(path: SaveJournal.path(in: folder, writer: name, generation: earlier.count))
        stopSign = .writers(of: folder)
    }

    func run() async throws {
        for store in stores { try await store.initialize() }
        for entry in inDoubt { try await save(SavePlan(again: entry.stream, ids: entry.ids), in: stores[0]) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for store in stores {
                for _ in 0..<Self.callersOfEach {
                    group.addTask { while !stopSign.isUp { try await save(.random(), in: store) } }
                }
            }
            try await group.waitForAll()
        }
        for store in stores { await store.close() }
    }

    private func save(_ plan: SavePlan, in store: EitherStore) async throws {
        let number = try journal.begin(stream: plan.stream, ids: plan.ids)
        var expected = plan.expectedVersion(plan.needsVersion ? try await store.version(of: plan.stream) : 0)
        while true {
            do {
                let result = try await save(plan, expected, in: store)
                return try journal.end(number, SaveJournal.Verdict(result))
            } catch {
                switch try plan.step(after: error, expected: expected) {
                case .tryAgain(let version): expected = version
                case .giveUp(let reason): return try journal.end(number, .refused(reason: reason))
                }
            }
        }
    }

    /// Saves in a task that is cancelled now and then, which no other save may notice.
    private func save(_ plan: SavePlan, _ expected: ExpectedVersion, in store: EitherStore) async throws -> SaveResult {
        let task = Task { try await store.save(plan.events, for: plan.stream, expectedVersion: expected) }
        if Int.random(in: 0..<8) == 0 { task.cancel() }
        return try await task.value
    }
}
