import EventSourcingPostgres
import TestSupport
import Testing

@Suite("An events table in partitions")
struct PartitionTests {
    private let database: PostgresTestDatabase
    private let store: PostgresEventStore
    private let observer: PostgresAsyncConnection

    init() async throws {
        database = try await PostgresTestDatabase()
        try await PartitionedTable.create(in: database.configuration)
        store = PostgresEventStore(database.configuration, pool: PostgresPoolOptions(minimum: 0, maximum: 4))
        try await store.initialize()
        observer = try await PostgresAsyncConnection.connect(database.configuration)
    }

    private func execute(_ sql: String) async throws {
        try await observer.run { try $0.execute(sql) }
    }

    @Test("has the events that were there, and goes on after their positions")
    func moved() async throws {
        let before = try await store.loadFeed(after: 0, limit: 100)
        #expect(before.map(\.position) == Array(1...20))
        let saved = try await store.save([Event(type: "T", source: "/tests")], for: "before-7", expectedVersion: 1)
        // One position was drawn to find out where to go on.
        #expect(saved.version == 2 && saved.positions == [22])
        #expect(try await store.loadFeed(after: 20, limit: 100).map(\.position) == [22])
    }

    @Test("refuses UPDATE, DELETE and TRUNCATE, of the table and of each partition")
    func guarded() async throws {
        for table in ["events"] + (0..<8).map({ "events_\($0)" }) {
            for statement in ["UPDATE \(table) SET type = 'x'", "DELETE FROM \(table)", "TRUNCATE \(table)"] {
                let error = try await #require(throws: DatabaseError.self) { try await execute(statement) }
                #expect(error.code == .refusedByTrigger, "\(statement): \(error)")
            }
        }
    }

    @Test("makes the feed wait for an insert into a partition by its own name")
    func announced() async throws {
        let partition = try await observer.run {
            try $0.prepare("SELECT tableoid::regclass::text FROM events WHERE aggregate_id = 'before-1'")
                .first { row in try row.string(at: 0) }
        }
        try await execute("BEGIN")
        try await execute(
            """
            INSERT INTO \(try #require(partition)) (position, aggregate_id, version, event_id, type, source)
            OVERRIDING SYSTEM VALUE
            VALUES (nextval(pg_get_serial_sequence('events', 'position')), 'before-1', 2, 'x', 'T', '/psql')
            """)
        try await store.save([Event(type: "T", source: "/tests")], for: "a")
        #expect(try await store.loadFeed(after: 20, limit: 100).isEmpty)
        #expect(try await store.feedHold(after: 20)?.holders.count == 1)
        try await execute("COMMIT")
        #expect(try await store.loadFeed(after: 20, limit: 100).map(\.aggregateID) == ["before-1", "a"])
    }
}
