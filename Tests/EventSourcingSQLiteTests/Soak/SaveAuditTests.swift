import EventSourcingSQLite
import SQLiteTestSupport
import TestSupport
import Testing

/// The soak proves nothing unless its comparison finds what is wrong.
@Suite("The comparison of journals with a database")
struct SaveAuditTests {
    private let folder: TemporaryFolder
    private let connection: SQLiteConnection

    init() throws {
        folder = try TemporaryFolder()
        let store = SQLiteEventStore(path: folder.file("events.db"))
        try store.initialize()
        for id in ["1", "2", "3"] { try store.save([.selfDescribing(id)], for: "a") }
        connection = try SQLiteConnection(path: folder.file("events.db"))
        try connection.execute("DROP TRIGGER events_refuse_update")
        try connection.execute("DROP TRIGGER events_refuse_delete")
    }

    private func saved(_ ids: String..., version: Int, positions: [Int]) -> SaveJournal.Entry {
        SaveJournal.Entry(
            stream: "a", ids: ids, verdict: .saved(version: version, positions: positions, again: false))
    }

    private func complaints(about entries: [SaveJournal.Entry]) throws -> [String] {
        var audit = try SaveAudit(path: folder.file("events.db"))
        audit.check(entries)
        return audit.complaints
    }

    @Test("is content when all is as it was acknowledged")
    func content() throws {
        let entries = [
            saved("1", "2", version: 2, positions: [1, 2]), SaveJournal.Entry(stream: "a", ids: ["3"]),
            saved("3", version: 3, positions: [3]),
            SaveJournal.Entry(stream: "a", ids: ["4"], verdict: .refused(reason: "conflict")),
        ]
        #expect(try complaints(about: entries) == [])
    }

    @Test(
        "finds a loss, a mix-up and a copy in the database",
        arguments: [
            "DELETE FROM events WHERE position = 2", "DELETE FROM events WHERE position = 3",
            "UPDATE events SET version = 4 WHERE version = 3", "UPDATE events SET aggregate_id = 'b' WHERE version = 3",
            "UPDATE events SET data = '{\"id\": 1}' WHERE version = 2",
            "UPDATE events SET event_id = '9' WHERE version = 1",
            "UPDATE events SET position = 9 WHERE version = 3",
            """
            INSERT INTO events (aggregate_id, version, event_id, type, source, data, occurred_at, recorded_at)
            SELECT 'b', 1, event_id, type, source, data, occurred_at, recorded_at FROM events WHERE position = 1
            """,
        ])
    func mistakes(statement: String) throws {
        try connection.execute(statement)
        #expect(try complaints(about: [saved("1", "2", "3", version: 3, positions: [1, 2, 3])]) != [])
    }

    @Test("finds a journal that says something else")
    func lies() throws {
        let all = saved("1", "2", "3", version: 3, positions: [1, 2, 3])
        let refused = SaveJournal.Entry(stream: "a", ids: ["2"], verdict: .refused(reason: "conflict"))
        #expect(try complaints(about: [saved("1", "2", version: 2, positions: [1, 2])]).count == 1)
        #expect(try complaints(about: [all, saved("4", version: 4, positions: [4])]).count == 1)
        #expect(try complaints(about: [all, refused]).count == 1)
        #expect(try complaints(about: [all, SaveJournal.Entry(stream: "a", ids: ["4"])]).count == 1)
        #expect(try complaints(about: [saved("1", "2", "3", version: 3, positions: [3, 2, 1])]).count == 1)
    }
}
