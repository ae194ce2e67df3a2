import EventSourcingPostgres
import InMemoryLogging
import InMemoryTracing
import Logging
import MetricsTestKit
import TestSupport

/// A store on a database of its own, and all that it says about itself.
struct ObservedStore {
    let database: PostgresTestDatabase
    let store: PostgresEventStore
    let metrics = TestMetrics()
    let tracer = InMemoryTracer()
    private let log = InMemoryLogHandler()
    /// Somebody else's program.
    let stranger: PostgresAsyncConnection

    init(
        pool: PostgresPoolOptions = PostgresPoolOptions(minimum: 0, maximum: 4),
        correlation: PostgresCorrelation? = nil, isInitialized: Bool = true
    ) async throws {
        database = try await PostgresTestDatabase()
        var logger = Logger(label: "tests", factory: { [log] _ in log })
        logger.logLevel = .trace
        store = PostgresEventStore(
            database.configuration, pool: pool,
            observability: PostgresObservability(
                logger: logger, metrics: metrics, tracer: tracer, labels: ["store": "tests"], correlation: correlation))
        if isInitialized { try await store.initialize() }
        stranger = try await PostgresAsyncConnection.connect(database.configuration)
    }

    func execute(_ statements: String...) async throws {
        try await stranger.run { connection in
            for statement in statements { try connection.execute(statement) }
        }
    }

    /// Ends every connection to the database but the stranger's.
    func loseConnections() async throws {
        try await execute(
            """
            SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
            """)
    }

    static func events(_ count: Int = 1, type: String = "T") -> [Event<StandardColumns>] {
        (0..<count).map { _ in Event(type: type, source: "/tests") }
    }

    // MARK: What it said

    func logged(from level: Logger.Level) -> [InMemoryLogHandler.Entry] {
        log.entries.filter { $0.level >= level }
    }

    private static func dimensions(_ label: (String, String)?) -> [(String, String)] {
        [("store", "tests")] + (label.map { [$0] } ?? [])
    }

    func counter(_ name: String, _ label: (String, String)? = nil) throws -> Int64 {
        try metrics.expectCounter("event_store_postgres_\(name)", Self.dimensions(label)).totalValue
    }

    func recorded(_ name: String, _ label: (String, String)? = nil) throws -> [Double] {
        try metrics.expectRecorder("event_store_postgres_\(name)", Self.dimensions(label)).values
    }

    func timed(_ name: String) throws -> [Int64] {
        try metrics.expectTimer("event_store_postgres_\(name)", Self.dimensions(nil)).values
    }

    func spans(_ operation: String) -> [FinishedInMemorySpan] {
        tracer.finishedSpans.filter { $0.operationName.split(separator: " ").first == operation[...] }
    }
}
