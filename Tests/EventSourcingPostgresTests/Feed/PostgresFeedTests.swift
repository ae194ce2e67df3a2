import EventSourcingPostgres
import TestSupport
import Testing

@Suite("The feed of a PostgreSQL store")
struct PostgresFeedTests {
    private let database: PostgresTestDatabase
    private let store: PostgresEventStore
    /// Somebody else's program.
    private let stranger: PostgresAsyncConnection

    init() async throws {
        database = try await PostgresTestDatabase()
        store = PostgresEventStore(database.configuration, pool: PostgresPoolOptions(minimum: 0, maximum: 4))
        try await store.initialize()
        var configuration = database.configuration
        configuration.parameters["application_name"] = "stranger"
        stranger = try await PostgresAsyncConnection.connect(configuration)
    }

    private func execute(_ statements: String...) async throws {
        try await stranger.run { connection in
            for statement in statements { try connection.execute(statement) }
        }
    }

    private static func insert(_ stream: String, version: Int = 1) -> String {
        """
        INSERT INTO events (aggregate_id, version, event_id, type, source)
        VALUES ('\(stream)', \(version), '\(version)', 'T', '/psql')
        """
    }

    private func save(_ stream: String) async throws {
        try await store.save([Event(type: "T", source: "/tests")], for: stream)
    }

    private func streams(after position: Int = 0) async throws -> [String] {
        try await store.loadFeed(after: position, limit: 100).map(\.aggregateID)
    }

    @Test("waits at a hole for whoever may still fill it, and tells who that is")
    func holding() async throws {
        try await save("first")
        try await execute("BEGIN", Self.insert("slow"))
        try await save("fast")
        #expect(try await streams() == ["first"])
        #expect(try await streams(after: 1) == [])
        #expect(try await store.feedHold(after: 0) == nil)
        let hold = try #require(try await store.feedHold(after: 1))
        #expect(hold.position == 2 && hold.lastPosition == 3)
        #expect(hold.holders.map(\.application) == ["stranger"])
        #expect("\(hold)".hasPrefix("the feed waits for position 2, with 3 the last: held by process "))
        let processID = try await stranger.run { Int($0.processID) }
        #expect(hold.holders.map(\.processID) == [processID])
        try await execute("COMMIT")
        #expect(try await streams(after: 1) == ["slow", "fast"])
        #expect(try await store.feedHold(after: 1) == nil)
    }

    @Test("passes over what was rolled back, whatever transactions are open elsewhere")
    func rollback() async throws {
        let (idle, other) = (try await PostgresTestDatabase(), try await PostgresTestDatabase())
        var idlers: [PostgresAsyncConnection] = []
        for configuration in [database.configuration, idle.configuration, other.configuration] {
            let connection = try await PostgresAsyncConnection.connect(configuration)
            try await connection.run { connection in
                try connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
                try connection.execute("CREATE TABLE idle (a int)")
            }
            idlers.append(connection)
        }
        try await execute("BEGIN", Self.insert("regretted"), "ROLLBACK")
        try await save("kept")
        #expect(try await streams() == ["kept"])
        try await execute("SELECT setval(pg_get_serial_sequence('events', 'position'), 34)")
        try await save("after a jump")
        #expect(try await streams() == ["kept", "after a jump"])
        for idler in idlers { await idler.close() }
    }

    @Test("waits for a prepared transaction, which has no process any more")
    func prepared() async throws {
        try await execute("BEGIN", Self.insert("prepared"), "PREPARE TRANSACTION '\(database.name)'")
        try await save("fast")
        #expect(try await streams() == [])
        let hold = try #require(try await store.feedHold(after: 0))
        #expect(hold.holders.count == 1 && hold.holders[0].processID == nil)
        #expect("\(hold)".contains("held by the prepared transaction"))
        try await execute("COMMIT PREPARED '\(database.name)'")
        #expect(try await streams() == ["prepared", "fast"])
    }

    @Test("is refused on a table whose inserts nobody announces")
    func unannounced() async throws {
        try await execute("DROP TRIGGER events_announce ON events", "BEGIN", Self.insert("regretted"), "ROLLBACK")
        try await save("kept")
        let error = try await #require(throws: StoreError.self) { try await streams() }
        #expect(error.code == .unsupported && error.message.contains("\"events\" has no trigger that announces"))
    }

    @Test("deals with each event once, together with the reader's own writes")
    func exactlyOnce() async throws {
        struct Regret: Error {}
        try await execute("CREATE TABLE seen (aggregate_id text)")
        for number in 0..<5 { try await save("s\(number)") }
        await #expect(throws: Regret.self) {
            try await store.readFeed(as: "reader", limit: 2) { events, transaction in
                try transaction.execute("INSERT INTO seen VALUES ('\(events[0].aggregateID)')")
                throw Regret()
            }
        }
        #expect(try await store.loadCheckpoint(of: "reader") == 0)
        // Several programs under one name: one at a time is given events.
        let other = PostgresEventStore(database.configuration, pool: PostgresPoolOptions(minimum: 0, maximum: 4))
        try await other.initialize()
        try await withThrowingTaskGroup { group in
            for task in 0..<6 {
                group.addTask {
                    while try await store.loadCheckpoint(of: "reader") < 5 {
                        try await (task % 2 == 0 ? store : other).readFeed(as: "reader", limit: 2) {
                            events, transaction in
                            for event in events {
                                try transaction.execute("INSERT INTO seen VALUES ('\(event.aggregateID)')")
                            }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let seen = try await stranger.run {
            try $0.prepare("SELECT aggregate_id FROM seen ORDER BY 1").all { row in try row.string(at: 0) }
        }
        #expect(seen == ["s0", "s1", "s2", "s3", "s4"])
        #expect(try await store.readFeed(as: "reader") { _, _ in Issue.record("there is no event left") } == 0)
        await other.close()
    }

    @Test("notices that the store has been put back to an earlier state")
    func rewound() async throws {
        for number in 0..<3 { try await save("s\(number)") }
        #expect(try await streams() == ["s0", "s1", "s2"])
        try await store.saveCheckpoint(3, of: "reader")
        try await execute(
            "ALTER TABLE events DISABLE TRIGGER USER", "DELETE FROM events WHERE position > 1",
            "ALTER TABLE events ENABLE TRIGGER USER", "ALTER TABLE events ALTER position RESTART WITH 2")
        let error = try await #require(throws: CheckpointError.self) { try await store.loadCheckpoint(of: "reader") }
        #expect(error.position == 3 && error.lastPosition == 1)
        await #expect(throws: CheckpointError.self) { try await store.readFeed(as: "reader") { _, _ in } }
        // What was known of the positions is forgotten: the next one is waited for again.
        try await execute("BEGIN", Self.insert("slow"))
        try await save("fast")
        #expect(try await streams() == ["s0"])
        try await execute("COMMIT")
        #expect(try await streams() == ["s0", "slow", "fast"])
    }
}
