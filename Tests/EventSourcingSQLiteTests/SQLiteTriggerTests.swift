import EventSourcingSQLite
import TestSupport
import Testing

/// A team may put triggers on its events table; whatever they do, the contract holds.
@Suite("A SQLite store whose table has triggers of its own")
struct SQLiteTriggerTests {
    private let folder: TemporaryFolder
    private let store: SQLiteEventStore

    init() throws {
        folder = try TemporaryFolder()
        store = SQLiteEventStore(path: folder.file("events.db"))
        try store.initialize()
    }

    private func addTrigger(_ time: String, _ body: String) throws {
        try SQLiteConnection(path: folder.file("events.db"))
            .execute("CREATE TRIGGER t \(time) INSERT ON events WHEN new.type = 'bad' BEGIN \(body); END")
    }

    private func append(_ types: String..., to stream: String) -> StreamAppend<StandardColumns> {
        StreamAppend(types.map { Event(type: $0, source: "/") }, to: stream)
    }

    private func streams() throws -> [String] {
        try store.loadStreams(after: nil, limit: 10).map { "\($0.aggregateID) v\($0.version)" }
    }

    @Test("reports an event that a trigger drops without an error, and keeps no part of its save")
    func ignored() throws {
        try addTrigger("BEFORE", "SELECT RAISE(IGNORE)")
        #expect {
            try store.save(append("good", "bad", "good", to: "a").events, for: "a")
        } throws: { ($0 as? DatabaseError)?.code == .refusedByTrigger }
        #expect(try streams() == [])
    }

    @Test(
        "lets no neighbour pay for a save that a trigger refuses, however it does so",
        arguments: [
            ("BEFORE", "SELECT RAISE(ABORT, 'no')"), ("BEFORE", "SELECT RAISE(ROLLBACK, 'no')"),
            ("AFTER", "SELECT RAISE(FAIL, 'no')"), ("AFTER", "SELECT RAISE(IGNORE)"),
            ("BEFORE", "SELECT json_extract('{', new.type)"),
        ])
    func neighbours(time: String, body: String) throws {
        try addTrigger(time, body)
        // RAISE(IGNORE) in an AFTER trigger comes too late to drop the row.
        let isRefused = body != "SELECT RAISE(IGNORE)" || time == "BEFORE"
        let outcomes = try store.saveEach([
            append("good", to: "a"), append("bad", to: "b"), append("good", "bad", to: "c"), append("good", to: "d"),
        ])
        #expect(outcomes.map { (try? $0.get()) != nil } == [true, !isRefused, !isRefused, true])
        #expect(try streams() == (isRefused ? ["a v1", "d v1"] : ["a v1", "b v1", "c v2", "d v1"]))
    }
}
