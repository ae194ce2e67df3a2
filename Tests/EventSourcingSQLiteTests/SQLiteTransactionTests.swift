import EventSourcingSQLite
import TestSupport
import Testing

@Suite("A transaction of a SQLite store")
struct SQLiteTransactionTests {
    private struct Failure: Error {}

    private let folder: TemporaryFolder
    private let store: SQLiteEventStore

    init() throws {
        folder = try TemporaryFolder()
        store = SQLiteEventStore(path: folder.file("events.db"))
        try store.initialize()
        try store.withTransaction {
            try $0.execute("CREATE TABLE totals (stream TEXT PRIMARY KEY, count INTEGER) STRICT")
        }
    }

    private func event(_ id: String) -> Event<StandardColumns> {
        Event(id: id, type: "T", source: "/")
    }

    private func total(of stream: String) throws -> Int? {
        try SQLiteConnection(path: folder.file("events.db"), mode: .read)
            .prepare("SELECT count FROM totals WHERE stream = '\(stream)'").first { try $0.value(at: 0) }
    }

    @Test("commits events, a snapshot, a checkpoint and a table of the caller's together")
    func together() throws {
        let version = try store.withTransaction { transaction in
            let result = try transaction.save([event("1"), event("2")], for: "a", expectedVersion: .noStream)
            try transaction.save([event("1")], for: "b")
            #expect(try transaction.load("a").map(\.id) == ["1", "2"])
            #expect(try transaction.version(of: "b") == 1)
            try transaction.saveSnapshot(
                Snapshot(aggregateID: "a", version: 2, aggregateType: "A", state: JSON("{}")))
            #expect(try transaction.loadSnapshot("a")?.version == 2)
            try transaction.saveCheckpoint(3, of: "totals")
            #expect(try transaction.loadFeed(after: 0, limit: 9).count == 3)
            try transaction.execute("INSERT INTO totals VALUES ('a', 2)")
            // Nobody else sees any of it yet.
            #expect(try store.load("a").isEmpty)
            return result.version
        }
        #expect(version == 2)
        #expect(try store.load("a").count == 2)
        #expect(try store.loadSnapshot("a")?.version == 2)
        #expect(try store.loadCheckpoint(of: "totals") == 3)
        #expect(try total(of: "a") == 2)
    }

    @Test("leaves nothing behind when its closure throws")
    func rollback() throws {
        #expect(throws: Failure.self) {
            try store.withTransaction { transaction in
                try transaction.save([event("1")], for: "a")
                try transaction.execute("INSERT INTO totals VALUES ('a', 1)")
                throw Failure()
            }
        }
        #expect(try store.load("a").isEmpty)
        #expect(try total(of: "a") == nil)
        #expect(try store.save([event("1")], for: "a", expectedVersion: .noStream).positions == [1])
    }

    @Test("goes on after a conflict and after a refused event, without any part of their saves")
    func conflict() throws {
        try store.withTransaction {
            try $0.execute("CREATE UNIQUE INDEX one_of_type ON events (type) WHERE type = 'One'")
        }
        try store.save([Event(id: "0", type: "One", source: "/")], for: "a")
        try store.withTransaction { transaction in
            #expect(throws: ConcurrencyError(aggregateID: "a", expected: 7, actual: 1)) {
                try transaction.save([event("1")], for: "a", expectedVersion: 7)
            }
            #expect {
                try transaction.save([event("2"), Event(id: "3", type: "One", source: "/")], for: "a")
            } throws: { ($0 as? DatabaseError)?.code == .uniqueViolation }
            let saved = try transaction.save([event("4")], for: "a", expectedVersion: 1)
            let again = try transaction.save([event("4")], for: "a", expectedVersion: 1)
            #expect(saved.version == 2)
            #expect(again == SaveResult(version: 2, positions: saved.positions, wasAlreadySaved: true))
        }
        #expect(try store.load("a").map(\.id) == ["0", "4"])
    }

    @Test("tells the caller what a trigger refused that ended it")
    func endedByTrigger() throws {
        try store.withTransaction { transaction in
            try transaction.execute(
                """
                CREATE TRIGGER no_more BEFORE INSERT ON events WHEN new.type = 'Last'
                BEGIN SELECT RAISE(ROLLBACK, 'no more'); END
                """)
        }
        #expect {
            try store.withTransaction { transaction in
                try transaction.execute("INSERT INTO totals VALUES ('a', 1)")
                try transaction.save([Event(id: "1", type: "Last", source: "/")], for: "a")
            }
        } throws: { ($0 as? DatabaseError)?.code == .refusedByTrigger }
        #expect(try total(of: "a") == nil)
        try store.save([event("1")], for: "a")
    }

    @Test("refuses its thread the store itself, which would wait for it for ever")
    func nested() throws {
        try store.withTransaction { _ in
            #expect { try store.save([event("1")], for: "a") } throws: { ($0 as? StoreError)?.code == .unsupported }
            #expect { try store.withTransaction { _ in } } throws: { ($0 as? StoreError)?.code == .unsupported }
            let stream = try store.load("a")
            #expect(stream.isEmpty)
        }
        try store.save([event("1")], for: "a")
    }

    @Test("keeps a reader's own writes and its checkpoint together, so that each event is dealt with once")
    func exactlyOnce() throws {
        for number in 1...10 { try store.save([event("\(number)")], for: "stream-\(number % 2)") }
        func count(failingAfter failure: Int? = nil) throws -> Int {
            try store.readFeed(as: "totals", limit: 4) { events, transaction in
                for event in events {
                    try transaction.execute(
                        """
                        INSERT INTO totals VALUES ('\(event.aggregateID)', 1)
                        ON CONFLICT DO UPDATE SET count = count + 1
                        """)
                    if event.position == failure { throw Failure() }
                }
            }
        }
        #expect(try count() == 4)
        #expect(throws: Failure.self) { try count(failingAfter: 7) }
        #expect(try store.loadCheckpoint(of: "totals") == 4)
        #expect(try count() == 4)
        #expect(try count() == 2)
        #expect(try count() == 0)
        #expect(try total(of: "stream-0") == 5)
        #expect(try total(of: "stream-1") == 5)
        #expect(throws: InvalidArgumentError.self) { try store.readFeed(as: "totals", limit: 0) { _, _ in } }
    }

    @Test("of the asynchronous store does the same, on the writing queue")
    func asynchronous() async throws {
        let store = SQLiteAsyncEventStore(path: folder.file("events.db"))
        try await store.initialize()
        let (first, second) = (event("1"), event("2"))
        let version = try await store.withTransaction { transaction in
            try transaction.save([first], for: "a")
            try transaction.execute("INSERT INTO totals VALUES ('a', 1)")
            return try transaction.save([second], for: "a", expectedVersion: 1).version
        }
        #expect(version == 2)
        await #expect(throws: Failure.self) {
            try await store.readFeed(as: "totals") { _, transaction in
                try transaction.execute("UPDATE totals SET count = 99")
                throw Failure()
            }
        }
        #expect(try total(of: "a") == 1)
        let count = try await store.readFeed(as: "totals") { events, transaction in
            try transaction.execute("UPDATE totals SET count = count + \(events.count)")
        }
        #expect(count == 2)
        #expect(try total(of: "a") == 3)
        await store.close()
    }

    @Test("without a table of checkpoints says which migration makes one")
    func noCheckpoints() throws {
        try store.withTransaction { try $0.execute("DROP TABLE checkpoints") }
        for call in [
            { try store.loadCheckpoint(of: "totals") },
            {
                try store.saveCheckpoint(0, of: "totals"); return 0
            },
        ] {
            #expect { try call() } throws: { error in
                (error as? StoreError)?.code == .unsupported && "\(error)".contains("create_checkpoints")
            }
        }
    }

    @Test("refuses a reader whose checkpoint is beyond the store, as after a backup was restored")
    func restoredBackup() throws {
        try store.save((1...3).map { event("\($0)") }, for: "a")
        try SQLiteConnection(path: folder.file("events.db")).execute("VACUUM INTO '\(folder.file("backup.db"))'")
        try store.save([event("4")], for: "a")
        try store.saveCheckpoint(4, of: "totals")
        // The backup of the events, with the checkpoints of later: as when readers keep theirs elsewhere.
        let restored = SQLiteEventStore(path: folder.file("backup.db"))
        try restored.initialize()
        try restored.withTransaction { try $0.execute("INSERT INTO checkpoints VALUES ('events', 'totals', 4, 0)") }
        let expected = CheckpointError(reader: "totals", position: 4, lastPosition: 3)
        #expect(throws: expected) { try restored.loadCheckpoint(of: "totals") }
        #expect(throws: expected) { try restored.readFeed(as: "totals") { _, _ in } }
        try restored.saveCheckpoint(3, of: "totals")
        #expect(try restored.readFeed(as: "totals") { _, _ in } == 0)
    }
}
