import EventSourcingPostgres
import Testing

@Suite("A PostgreSQL store whose connection is cut when the server has done its work", .timeLimit(.minutes(5)))
struct LostAnswerTests {
    private let database: ProxiedDatabase
    private let proxy: TestProxy
    private let store: PostgresEventStore

    init() async throws {
        database = try await ProxiedDatabase()
        proxy = database.proxy
        store = try await database.makeStore(
            pool: PostgresPoolOptions(minimum: 0, maximum: 8, timeout: .seconds(5)))
    }

    @Test("reports the success of the save, with its version and positions", arguments: [ExpectedVersion.any, 1])
    func save(expected: ExpectedVersion) async throws {
        try await store.save(events("1"), for: "cut")
        proxy.swallowAnswer(to: "cut")
        let result = try await store.save(events("2", "3"), for: "cut", expectedVersion: expected)
        #expect(proxy.cutCount == 1)
        #expect(result.version == 3)
        #expect(try await store.load("cut").map(\.position) == [1] + result.positions)
        #expect(try await database.events() == ["cut/1 1", "cut/2 2", "cut/3 3"])
        await store.close()
    }

    @Test("reports the success of every save that shared the statement")
    func batch() async throws {
        try await store.save(events("0"), for: "s0")
        for round in 1...4 {
            proxy.swallowAnswer(to: "s15")
            try await withThrowingTaskGroup { group in
                for number in 0..<16 {
                    group.addTask {
                        let saved = try await store.save(
                            events("\(round).1", "\(round).2"), for: "s\(number)",
                            expectedVersion: number == 15 ? .exact(round * 2 - 2) : .any)
                        #expect(saved.positions.count == 2)
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(proxy.cutCount >= 4)
        let found = try await database.events()
        #expect(found.count == 1 + 16 * 8 && Set(found).count == found.count)
        let expected = (1...4).flatMap { ["s15/\($0 * 2 - 1) \($0).1", "s15/\($0 * 2) \($0).2"] }
        #expect(found.filter { $0.hasPrefix("s15/") } == expected)
        await store.close()
    }

    @Test("says that the outcome is unknown when nobody can be asked, and finds it when the save comes again")
    func unknown() async throws {
        try await store.save(events("1"), for: "other")
        proxy.swallowAnswer(to: "cut", thenRefusing: true)
        let error = try await #require(throws: DatabaseError.self) {
            try await store.save(events("1", "2"), for: "cut", expectedVersion: .noStream)
        }
        #expect(error.code == .connectionLost && error.isOutcomeUnknown, "\(error)")
        #expect("\(error)".contains("save again with the same event ids"))
        proxy.set(.forwarding)
        try await store.save(events("3"), for: "cut")
        let again = try await store.save(events("1", "2"), for: "cut", expectedVersion: .noStream)
        #expect(again.version == 2)
        #expect(try await store.load("cut").map(\.position).prefix(2) == again.positions[...])
        #expect(try await database.events() == ["cut/1 1", "cut/2 2", "cut/3 3", "other/1 1"])
        await store.close()
    }

    @Test("says so of a transaction, which it does not begin again by itself")
    func transaction() async throws {
        // The beginning says READ COMMITTED.
        proxy.swallowAnswer(to: "COMMIT\0")
        let error = try await #require(throws: DatabaseError.self) {
            try await store.withTransaction { try $0.save(events("1", "2"), for: "cut") }
        }
        #expect(error.code == .connectionLost && error.isOutcomeUnknown, "\(error)")
        #expect(proxy.cutCount == 1)
        #expect(try await database.events() == ["cut/1 1", "cut/2 2"])
        // As the error advises.
        let version = try await store.withTransaction { try $0.save(events("1", "2"), for: "cut").version }
        #expect(version == 2)
        #expect(try await database.events() == ["cut/1 1", "cut/2 2"])
        await store.close()
    }

    @Test("knows of a transaction that was cut before its end that nothing of it stays")
    func withinTransaction() async throws {
        proxy.swallowAnswer(to: "cut")
        let error = try await #require(throws: DatabaseError.self) {
            try await store.withTransaction { try $0.save(events("1"), for: "cut") }
        }
        #expect(error.code == .connectionLost && !error.isOutcomeUnknown, "\(error)")
        #expect(try await database.events() == [])
        await store.close()
    }

    @Test("saves to several streams once, and says when it does not know whether it did", arguments: [false, true])
    func together(refusing: Bool) async throws {
        let appends = [
            StreamAppend(events("1"), to: "cut-a", expectedVersion: .noStream),
            StreamAppend(events("2", "3"), to: "cut-b", expectedVersion: .noStream),
        ]
        try await store.save(events("1"), for: "other")
        proxy.swallowAnswer(to: "cut-b", thenRefusing: refusing)
        if refusing {
            let error = try await #require(throws: DatabaseError.self) { try await store.saveTogether(appends) }
            #expect(error.code == .connectionLost && error.isOutcomeUnknown, "\(error)")
            proxy.set(.forwarding)
        }
        #expect(try await store.saveTogether(appends).map(\.version) == [1, 2])
        #expect(proxy.cutCount == 1)
        #expect(try await database.events() == ["cut-a/1 1", "cut-b/1 2", "cut-b/2 3", "other/1 1"])
        await store.close()
    }

    @Test("does not notice that connections were closed which nobody used")
    func idle() async throws {
        for round in 0..<3 {
            // All of them are lent at the same moment, and free afterwards.
            try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await store.withTransaction { try $0.execute("SELECT pg_sleep(0.05)") }
                    }
                }
                try await group.waitForAll()
            }
            #expect(store.poolStatus.idle > 1)
            try await database.observer.run { connection in
                try connection.execute(
                    """
                    SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """)
            }
            switch round {
            case 0: #expect(try await store.load("a") == [])
            case 1: #expect(try await store.save(events("1"), for: "a").version == 1)
            default: #expect(try await store.withTransaction { try $0.version(of: "a") } == 1)
            }
        }
        await store.close()
    }
}
