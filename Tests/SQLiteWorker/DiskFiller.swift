import EventSourcingSQLite
import Foundation
import SQLiteTestSupport

/// Saves until there is no room, makes room, and saves again; writes down each save, and prints what is thrown.
struct DiskFiller: Sendable {
    private static let savers = 6

    let store: EitherStore
    let journal: SaveJournal
    let room: RoomMaker

    func run() async throws {
        try room.takeSome()
        try await store.initialize()
        await withTaskGroup(of: Attempt.self) { group in
            for saver in 0..<Self.savers {
                group.addTask {
                    await Attempt("save") { while true { try await save(to: "stream-\(saver)") } }
                }
            }
            for await attempt in group { print(attempt) }
        }
        print(await Attempt("load") { try await store.load("stream-0").count })
        try room.make()
        for saver in 0..<Self.savers {
            print(await Attempt("save with room") { try await save(to: "stream-\(saver)") })
        }
        await store.close()
    }

    private func save(to stream: String) async throws {
        let ids = (0..<3).map { _ in Event<StandardColumns>.makeID() }
        let number = try journal.begin(stream: stream, ids: ids)
        let events = ids.map { Event.selfDescribing($0, padding: 8000) }
        do {
            try journal.end(number, .init(try await store.save(events, for: stream)))
        } catch {
            try journal.end(number, .refused(reason: Attempt.kind(of: error)))
            throw error
        }
    }
}
