import EventSourcingPostgres
import Foundation
import SQLMigrations
import SQLSchema
import TestSupport
import Testing

@Suite("The standard tables on PostgreSQL")
actor StandardMigrationTests {
    /// The calls block, which no thread of the cooperative pool must do.
    private let executor = QueueExecutor(label: "tests")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let database: PostgresTestDatabase
    private let connection: PostgresConnection
    private let migrator: Migrator

    init() async throws {
        database = try await PostgresTestDatabase()
        connection = try PostgresConnection(database.configuration)
        let folder = Checkout.folder.appending(path: "migrations/postgres").path
        let migrations = try MigrationFolder.load(path: folder, dialect: .postgres)
        migrator = Migrator(database: connection, migrations: migrations, tool: "test")
    }

    private func catalog() throws -> Catalog {
        try connection.catalog(excluding: [RelationName(schema: "public", MigrationHistory.tableName)])
    }

    private func number(_ sql: String, on connection: PostgresConnection? = nil) throws -> Int64? {
        try (connection ?? self.connection).prepare(sql).first { try $0.int64(at: 0) }
    }

    private func insert(_ stream: String, _ version: Int, on connection: PostgresConnection? = nil) throws {
        try (connection ?? self.connection).execute(
            """
            INSERT INTO events (aggregate_id, version, event_id, type, source)
            VALUES ('\(stream)', \(version), 'e\(version)', 'T', '/s')
            """)
    }

    @Test("Down leaves nothing, and up again gives the same catalog")
    func upAndDown() throws {
        try migrator.up()
        let first = try catalog()
        #expect(first.tables.map(\.name.name) == ["checkpoints", "events", "snapshots"])
        try migrator.down(.after(0))
        #expect(try catalog() == Catalog())
        try migrator.up()
        #expect(try catalog() == first)
    }

    @Test(
        "An event cannot be changed, and neither can all of them be removed",
        arguments: ["UPDATE events SET type = 'x'", "DELETE FROM events", "TRUNCATE events", "TRUNCATE events CASCADE"])
    func appendOnly(_ sql: String) throws {
        try migrator.up()
        try insert("a", 1)
        let error = try #require(throws: DatabaseError.self) { try connection.execute(sql) }
        #expect(error.code == .refusedByTrigger)
        let operation = sql.prefix { $0 != " " }
        #expect(error.message == "events is append-only: \(operation) refused")
        #expect(try number("SELECT count(*) FROM events WHERE type = 'T'") == 1)
    }

    @Test("A version and an event id stand once in a stream, and an event has data of one kind")
    func constraints() throws {
        try migrator.up()
        try insert("a", 1)
        try insert("b", 1)
        let again = try #require(throws: DatabaseError.self) { try insert("a", 1) }
        #expect(again.code == .uniqueViolation && again.constraint == "events_aggregate_id_version_key")
        let sameID = try #require(throws: DatabaseError.self) {
            try connection.execute(
                """
                INSERT INTO events (aggregate_id, version, event_id, type, source) VALUES ('a', 2, 'e1', 'T', '/s')
                """)
        }
        #expect(sameID.code == .uniqueViolation && sameID.constraint == "events_aggregate_id_event_id_key")
        let both = try #require(throws: DatabaseError.self) {
            try connection.execute(
                """
                INSERT INTO events (aggregate_id, version, event_id, type, source, data, data_binary)
                VALUES ('a', 2, 'e2', 'T', '/s', '1', 'x')
                """)
        }
        #expect(both.constraint == "events_check")
        // A position that an insert brings along would break the order of the feed.
        let own = try #require(throws: DatabaseError.self) {
            try connection.execute(
                """
                INSERT INTO events (position, aggregate_id, version, event_id, type, source)
                VALUES (99, 'a', 2, 'e2', 'T', '/s')
                """)
        }
        #expect(own.message.contains("position"), "\(own)")
    }

    /// The lock is told apart by the halves of its 64-bit key; 1 stands for one key of 64 bits.
    private static let announced = """
        SELECT count(*) FROM pg_locks, (SELECT hashtextextended('public.events', 0) AS key) k
        WHERE locktype = 'advisory' AND mode = 'ShareLock' AND granted AND objsubid = 1
            AND classid::bigint = (key >> 32) & 4294967295 AND objid::bigint = key & 4294967295
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """

    @Test("Whoever inserts, by whatever program, holds the shared lock of the feed until the end of the transaction")
    func announcement() throws {
        try migrator.up()
        let other = try PostgresConnection(database.configuration)
        #expect(try number(Self.announced, on: other) == 0)
        try connection.execute("BEGIN")
        try insert("a", 1)
        #expect(try number(Self.announced, on: other) == 1)
        // Others are not kept from inserting.
        try other.execute("BEGIN")
        try insert("b", 1, on: other)
        #expect(try number(Self.announced, on: other) == 2)
        try other.execute("ROLLBACK")
        #expect(try number(Self.announced, on: other) == 1)
        try connection.execute("COMMIT")
        #expect(try number(Self.announced, on: other) == 0)
    }

    @Test("The lock is taken before a position is drawn")
    func lockBeforePosition() throws {
        try migrator.up()
        try insert("a", 1)
        let other = try PostgresConnection(database.configuration)
        try other.execute("BEGIN")
        _ = try number(
            "SELECT 1::bigint FROM (SELECT pg_advisory_xact_lock(hashtextextended('public.events', 0))) l", on: other)
        try connection.execute("SET lock_timeout = '100ms'")
        let error = try #require(throws: DatabaseError.self) { try insert("a", 2) }
        #expect(error.engineCode == "55P03")
        #expect(try number("SELECT last_value FROM events_position_seq") == 1)
        try other.execute("ROLLBACK")
        try insert("a", 2)
        #expect(try number("SELECT position FROM events WHERE version = 2") == 2)
    }
}
