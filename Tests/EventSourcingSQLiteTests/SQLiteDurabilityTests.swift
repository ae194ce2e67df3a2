import EventSourcingSQLite
import Foundation
import TestSupport
import Testing

@Suite("A SQLite store on its file")
struct SQLiteDurabilityTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("events.db")
    }

    private func event(_ id: String) -> Event<StandardColumns> {
        Event(id: id, type: "T", source: "/")
    }

    private func openStore() throws -> SQLiteEventStore {
        let store = SQLiteEventStore(path: path)
        try store.initialize()
        return store
    }

    @Test("keeps its events when it is closed and opened again")
    func reopening() throws {
        let first = try openStore()
        try first.save([event("1"), event("2")], for: "a")
        let saved = try first.load("a")
        first.close()
        let second = try openStore()
        #expect(try second.load("a") == saved)
        #expect(try second.save([event("3")], for: "a", expectedVersion: 2).positions == [3])
    }

    @Test("uses WAL, and says so in the file")
    func journal() throws {
        try openStore().close()
        let connection = try SQLiteConnection(path: path)
        #expect(try connection.prepare("PRAGMA journal_mode").first { try $0.string(at: 0) } == "wal")
        #expect(try connection.prepare("PRAGMA synchronous").first { try $0.int64(at: 0) } == 2)
        #expect(try connection.prepare("PRAGMA recursive_triggers").first { try $0.int64(at: 0) } == 1)
        #expect(try connection.prepare("PRAGMA foreign_keys").first { try $0.int64(at: 0) } == 1)
        let normal = try SQLiteConnection(path: path, options: SQLiteOptions(synchronous: .normal))
        #expect(try normal.prepare("PRAGMA synchronous").first { try $0.int64(at: 0) } == 1)
    }

    @Test(
        "refuses to change or remove an event, whatever the statement",
        arguments: [
            "UPDATE events SET type = 'U'", "DELETE FROM events",
            "INSERT OR REPLACE INTO events SELECT * FROM events",
            "REPLACE INTO events (aggregate_id, version, event_id, type, source, occurred_at, recorded_at) "
                + "VALUES ('a', 1, 'other', 'U', '/', 0, 0)",
        ])
    func appendOnly(statement: String) throws {
        let store = try openStore()
        try store.save([event("1")], for: "a")
        let before = try store.load("a")
        let connection = try SQLiteConnection(path: path)
        #expect {
            try connection.execute(statement)
        } throws: { error in
            (error as? DatabaseError)?.code == .refusedByTrigger
        }
        #expect(try store.load("a") == before)
    }

    @Test("is not used before initialize(), nor after close()")
    func lifeCycle() throws {
        let store = SQLiteEventStore(path: path)
        #expect { try store.load("a") } throws: { ($0 as? StoreError)?.code == .notInitialized }
        try store.initialize()
        store.close()
        #expect { try store.load("a") } throws: { ($0 as? StoreError)?.code == .closed }
        #expect { try store.initialize() } throws: { ($0 as? StoreError)?.code == .closed }
    }

    @Test("waits for another writer no longer than the busy timeout, and loses nothing")
    func busy() throws {
        try openStore().close()
        let store = SQLiteEventStore(path: path, options: SQLiteOptions(busyTimeout: .milliseconds(50)))
        try store.initialize()
        let other = try SQLiteConnection(path: path)
        try other.execute("BEGIN IMMEDIATE")
        #expect { try store.save([event("1")], for: "a") } throws: { ($0 as? DatabaseError)?.code == .busy }
        try other.execute("COMMIT")
        try store.save([event("1")], for: "a", expectedVersion: 0)
    }

    @Test("reads while another connection writes")
    func readersDoNotWait() throws {
        let store = try openStore()
        try store.save([event("1")], for: "a")
        let other = try SQLiteConnection(path: path)
        try other.execute("BEGIN IMMEDIATE")
        #expect(try store.load("a").count == 1)
        try other.execute("ROLLBACK")
    }

    @Test("keeps part of no save when the disk is full")
    func diskFull() throws {
        let store = try openStore()
        try store.save([event("1")], for: "a")
        // A connection that may not grow the file stands for a disk that is full.
        let connection = try SQLiteConnection(path: path)
        let pages = try #require(try connection.prepare("PRAGMA page_count").first { try $0.int64(at: 0) })
        try connection.execute("PRAGMA max_page_count = \(pages + 2)")
        let large = String(repeating: "x", count: 100_000)
        #expect {
            try connection.begin()
            for version in 2...9 {
                try connection.execute(
                    """
                    INSERT INTO events (aggregate_id, version, event_id, type, source, data, occurred_at, recorded_at)
                    VALUES ('a', \(version), '\(version)', 'T', '/', '"\(large)"', 0, 0)
                    """)
            }
        } throws: { ($0 as? DatabaseError)?.code == .full }
        if connection.isInTransaction { try connection.rollback() }
        #expect(try store.version(of: "a") == 1)
        try store.save([event("2")], for: "a", expectedVersion: 1)
    }

    @Test("refuses a file that is no database, and says what to do")
    func notADatabase() throws {
        try Array("this is no database, and long enough to have a header of sorts".utf8)
            .withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: path)) }
        #expect {
            try openStore()
        } throws: { error in
            (error as? DatabaseError)?.code == .notADatabase && "\(error)".contains(path)
        }
    }

    @Test("takes any options without waiting for ever", arguments: [0, -1])
    func options(readers: Int) throws {
        var options = SQLiteOptions(busyTimeout: .seconds(Int64.max))
        options.maximumReaders = readers
        let store = SQLiteEventStore(path: path, options: options)
        try store.initialize()
        #expect(try store.load("a").isEmpty)
    }

    @Test("refuses an empty path")
    func emptyPath() throws {
        #expect { try SQLiteEventStore(path: "").initialize() } throws: { "\($0)".contains("the path is empty") }
    }

    @Test("refuses text that is not UTF-8 and a value of another type, by table and column")
    func damagedRow() throws {
        let store = try openStore()
        let connection = try SQLiteConnection(path: path)
        try connection.execute(
            """
            INSERT INTO events (aggregate_id, version, event_id, type, source, occurred_at, recorded_at)
            VALUES ('a', 1, '1', CAST(x'ff' AS TEXT), '/', 0, 0)
            """)
        #expect {
            try store.load("a")
        } throws: { error in
            (error as? DatabaseError)?.code == .unexpectedValue && "\(error)".contains("column type")
        }
    }
}
