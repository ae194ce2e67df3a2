import EventSourcingPostgres
import InMemoryLogging
import Logging
import TestSupport
import Testing

@Suite("The log of a PostgreSQL store")
struct PostgresLoggingTests {
    @Test("has nothing at info or above in a normal run, and never a value")
    func quiet() async throws {
        let observed = try await ObservedStore()
        let store = observed.store
        let events = [
            Event(id: "secret-id", type: "SecretType", source: "/secret", data: .json(try JSON("\"secret\"")))
        ]
        try await withThrowingTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<5 { try await store.save(events, for: "secret-\(task % 4)-\(number)") }
                }
            }
            try await group.waitForAll()
        }
        await #expect(throws: ConcurrencyError.self) {
            try await store.save(events, for: "secret-new", expectedVersion: 3)
        }
        _ = try await store.load("secret-0-0")
        _ = try await store.loadFeed(after: 0, limit: 10)
        try await store.withTransaction { try $0.execute("SELECT 1") }
        try await store.initialize(migrations: .verify)
        await store.close()
        #expect(observed.logged(from: .info) == [])
        let entries = observed.logged(from: .trace)
        #expect(entries.contains { $0.message == "the store is open" })
        #expect(entries.last?.message == "the store is closed")
        for entry in entries { #expect(!"\(entry)".lowercased().contains("secret")) }
    }

    @Test("has the server's notices at the level of their severity, without details that may quote rows")
    func notices() async throws {
        let observed = try await ObservedStore()
        try await observed.store.withTransaction { transaction in
            try transaction.execute(
                """
                DO $$ BEGIN
                    SET LOCAL client_min_messages = debug1;
                    RAISE DEBUG 'a debug message';
                    RAISE NOTICE 'a notice';
                    RAISE INFO 'an information';
                    RAISE WARNING 'a warning' USING DETAIL = 'the row is secret', HINT = 'do something';
                END $$
                """)
        }
        let notices = observed.logged(from: .trace).filter { $0.metadata["severity"] != nil }
        let levels = Dictionary(notices.map { ("\($0.message)", $0.level) }) { first, _ in first }
        #expect(levels["a debug message"] == .trace && levels["a notice"] == .debug)
        #expect(levels["an information"] == .info && levels["a warning"] == .warning)
        let warning = try #require(notices.first { $0.level == .warning })
        #expect(warning.metadata == ["severity": "WARNING", "sqlstate": "01000", "hint": "do something"])
        await observed.store.close()
    }

    @Test("leaves notices to the closure that the caller gave")
    func ownNotices() async throws {
        let database = try await PostgresTestDatabase()
        let heard = Recorder<String>()
        var configuration = database.configuration
        configuration.onNotice = { heard.append($0.message) }
        let log = InMemoryLogHandler()
        let pool = PostgresPool(
            configuration, observability: PostgresObservability(logger: Logger(label: "tests", factory: { _ in log })))
        try pool.start()
        try await pool.run { try $0.execute("DO $$ BEGIN RAISE WARNING 'heard'; END $$") }
        await pool.close()
        #expect(heard.values == ["heard"] && log.entries.isEmpty)
    }

    @Test("warns once of a server that is away, without the password")
    func unreachable() async throws {
        let log = InMemoryLogHandler()
        var logger = Logger(label: "tests", factory: { _ in log })
        logger.logLevel = .debug
        let pool = PostgresPool(
            PostgresConfiguration(url: "postgresql://app:hush@/shop?host=/nowhere"),
            observability: PostgresObservability(logger: logger))
        try pool.start()
        for _ in 0..<3 { await #expect(throws: DatabaseError.self) { try await pool.run { _ in } } }
        await pool.close()
        #expect(log.entries.map(\.level) == [.warning, .debug, .debug])
        #expect("\(log.entries[0].metadata)".contains("postgresql://app@/nowhere:5432/shop"))
        #expect(!"\(log.entries)".contains("hush"))
    }

    @Test("says who is waited for while somebody else applies migrations")
    func migrationLock() async throws {
        let observed = try await ObservedStore(isInitialized: false)
        let other = try await PostgresAsyncConnection.connect(observed.database.configuration)
        let (began, continuation) = AsyncStream.makeStream(of: Void.self)
        let holding = Task {
            try await other.run { connection in
                try connection.withMigrationLock {
                    continuation.finish()
                    try connection.execute("SELECT pg_sleep(0.5)")
                }
            }
        }
        for await _ in began {}
        try await observed.store.initialize()
        try await holding.value
        let entries = observed.logged(from: .info)
        #expect(entries.map(\.message) == ["waiting for somebody else who applies migrations"])
        #expect(entries.first?.metadata["process"] == "\(try await other.run { $0.processID })")
        await observed.store.close()
    }
}
