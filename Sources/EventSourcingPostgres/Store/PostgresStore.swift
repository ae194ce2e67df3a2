public import EventSourcing
public import EventSourcingSQL
import StandardSchema
import Synchronization

/// The standard store on PostgreSQL.
public typealias PostgresEventStore = PostgresStore<StandardColumns>

/// A store in a PostgreSQL database, for many tasks and many processes at once.
///
/// ```swift
/// let store = PostgresEventStore(url: "postgresql:///shop")
/// try await store.initialize()
/// try await store.save([Event(type: "OrderPlaced", source: "/shop")], for: "order-123", expectedVersion: 0)
/// let events = try await store.load("order-123")
/// await store.close()
/// ```
///
/// A save returns when its transaction is committed. Tasks that save at the same moment share a statement and a commit,
/// each save with its own check and its own outcome; a save that is alone goes at once.
public final class PostgresStore<Columns: EventColumns>: Sendable {
    private enum State {
        case new, open, closed
    }

    private let configuration: PostgresConfiguration
    private let mapping: PostgresMapping<Columns>
    private let snapshotRetention: SnapshotRetention
    private let pool: PostgresPool
    private let saver: PostgresSaver<Columns>
    private let saves: ConcurrentSaveQueue<Columns>
    private let state = Mutex(State.new)
    let observer: StoreObserver
    /// What the readers of this store's feed know together.
    let feedHorizon = Mutex(SharedFeedHorizon())

    @usableFromInline
    init(
        _ configuration: PostgresConfiguration, mapping: PostgresMapping<Columns>, pool options: PostgresPoolOptions,
        snapshotRetention: SnapshotRetention, observability: PostgresObservability
    ) {
        let configuration = configuration.logging(to: observability.logger)
        self.configuration = configuration
        var storeConfiguration = configuration
        storeConfiguration.sessionStatement = PlanSettings.session
        self.mapping = mapping
        self.snapshotRetention = snapshotRetention
        pool = PostgresPool(storeConfiguration, options: options, observability: observability)
        observer = StoreObserver(
            observability,
            DatabaseAttributes(
                configuration, eventsTable: mapping.feedName, snapshotsTable: mapping.snapshotsName))
        let saver = PostgresSaver(
            pool: pool, mapping: mapping, snapshotRetention: snapshotRetention, observer: observer)
        self.saver = saver
        saves = ConcurrentSaveQueue(takesTurns: options.maximum > 2) { body in
            saver.lendCommitter(body)
        } saveAlone: { append, failure in
            try await saver.saveAlone(append, after: failure)
        }
    }

    /// Creates a store on a team's own tables; nothing is opened before `initialize()`.
    ///
    /// ```swift
    /// let store = PostgresStore(
    ///     PostgresConfiguration(url: "postgresql:///shop"), events: OrderEventsTable.self,
    ///     snapshots: OrderSnapshotsTable.self)
    /// ```
    ///
    /// - Parameters:
    ///   - configuration: where the server is, and how connections behave.
    ///   - events: the generated events table; its module's migrations are the ones that are applied.
    ///   - snapshots: the generated snapshots table, of the same module.
    ///   - pool: how many connections there are, and how long a call waits for one.
    ///   - snapshotRetention: how many snapshots of an aggregate stay.
    ///   - observability: where the store says what it does.
    @inlinable
    public convenience init<Events: EventTable<Columns>, Snapshots: SnapshotTable>(
        _ configuration: PostgresConfiguration, events: Events.Type, snapshots: Snapshots.Type,
        pool: PostgresPoolOptions = PostgresPoolOptions(), snapshotRetention: SnapshotRetention = .newest(3),
        observability: PostgresObservability = PostgresObservability()
    ) {
        self.init(
            configuration, mapping: PostgresMapping(events: events, snapshots: snapshots), pool: pool,
            snapshotRetention: snapshotRetention, observability: observability)
    }

    /// What the store's connections are doing.
    public var poolStatus: PostgresPoolStatus { pool.status }

    var poolOptions: PostgresPoolOptions { pool.options }

    /// Runs a closure with a connection, in a span of its own.
    ///
    /// - Parameter rows: how many rows the result has; nil when that means nothing.
    func run<Value: Sendable>(
        _ operation: StoreOperation, rows: (Value) -> Int? = { _ in nil },
        _ body: @escaping @Sendable (PostgresSession<Columns>) throws -> Value
    ) async throws -> Value {
        try await observer.span(operation, rows: rows) { try await lend(body) }
    }

    /// Runs a closure with a connection, and asks the server to stop when the task is cancelled.
    func lend<Value: Sendable>(
        _ body: @escaping @Sendable (PostgresSession<Columns>) throws -> Value
    ) async throws -> Value {
        try checkOpen()
        return try await translatingClosure {
            try await pool.run { [mapping, snapshotRetention] connection in
                try body(
                    PostgresSession(
                        mapping: mapping, snapshotRetention: snapshotRetention, connection: connection))
            }
        }
    }

    var isOpen: Bool { state.withLock { $0 == .open } }

    private func checkOpen() throws {
        switch state.withLock({ $0 }) {
        case .new: throw StoreError.notInitialized
        case .closed: throw StoreError.closed
        case .open: break
        }
    }

    /// A call that was still waiting for a connection when the store was closed learns that from the pool.
    private func translatingClosure<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as PostgresPoolError where error.code == .closed {
            throw StoreError.closed
        }
    }
}

extension PostgresStore where Columns == StandardColumns {
    /// Creates a store on the standard tables; nothing is opened before `initialize()`.
    ///
    /// - Parameters:
    ///   - configuration: where the server is, and how connections behave.
    ///   - pool: how many connections there are, and how long a call waits for one.
    ///   - snapshotRetention: how many snapshots of an aggregate stay.
    ///   - observability: where the store says what it does.
    public convenience init(
        _ configuration: PostgresConfiguration, pool: PostgresPoolOptions = PostgresPoolOptions(),
        snapshotRetention: SnapshotRetention = .newest(3),
        observability: PostgresObservability = PostgresObservability()
    ) {
        self.init(
            configuration, events: EventsTable.self, snapshots: SnapshotsTable.self, pool: pool,
            snapshotRetention: snapshotRetention, observability: observability)
    }

    /// Creates a store on the standard tables; nothing is opened before `initialize()`.
    ///
    /// - Parameters:
    ///   - url: a URL or a list of `keyword=value` pairs, with all that libpq understands.
    ///   - pool: how many connections there are, and how long a call waits for one.
    ///   - snapshotRetention: how many snapshots of an aggregate stay.
    ///   - observability: where the store says what it does.
    public convenience init(
        url: String, pool: PostgresPoolOptions = PostgresPoolOptions(),
        snapshotRetention: SnapshotRetention = .newest(3),
        observability: PostgresObservability = PostgresObservability()
    ) {
        self.init(
            PostgresConfiguration(url: url), pool: pool, snapshotRetention: snapshotRetention,
            observability: observability)
    }
}

extension PostgresStore: AsyncEventStore {
    /// Connects and applies pending migrations. Calling it again is harmless, also from many processes at once.
    public func initialize() async throws {
        try await initialize(migrations: .apply)
    }

    /// Connects, and applies pending migrations or verifies that there are none that matter.
    ///
    /// - Throws: `DatabaseError` when the server cannot be reached, `MigrationError` when a migration fails or the history
    ///   is not the one that the store's code was generated from, ``SchemaMismatchError`` from `.verify`.
    public func initialize(migrations policy: MigrationPolicy) async throws {
        try await observer.span(.initialize) { try await open(policy) }
    }

    private func open(_ policy: MigrationPolicy) async throws {
        if state.withLock({ $0 == .closed }) { throw StoreError.closed }
        let start = ContinuousClock.now
        let setup = PostgresSchemaSetup(mapping: mapping)
        // A connection of its own, because migrations may change how it behaves.
        var configuration = configuration
        if policy == .apply { configuration.responseTimeout = nil }
        let connection = try await PostgresAsyncConnection.connect(configuration)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await connection.run { [observer] connection in
                    connection.migrationOptions.onWaiting = { observer.waits(forMigrationsOf: $0) }
                    try setup.prepare(policy, on: connection)
                })
        } catch {
            outcome = .failure(error)
        }
        await connection.close()
        try outcome.get()
        try await translatingClosure { try pool.start() }
        state.withLock { if $0 == .new { $0 = .open } }
        observer.initialized(policy, since: start)
    }

    @discardableResult
    public func save(
        _ events: [Event<Columns>], for aggregateID: String, expectedVersion: ExpectedVersion
    ) async throws -> SaveResult {
        let events = events.correlated(observer.correlationID)
        return try await observer.save(.save, events: events.count) {
            try checkOpen()
            return try await translatingClosure {
                try await saves.save(StreamAppend(events, to: aggregateID, expectedVersion: expectedVersion))
            }
        }
    }

    public func saveEach(
        _ appends: [StreamAppend<Columns>], stoppingAtFailure: Bool
    ) async throws -> [Result<SaveResult, any Error>] {
        let appends = correlated(appends)
        return try await observer.span(.saveEach, batch: appends.reduce(0) { $0 + $1.events.count }) {
            try checkOpen()
            return try await translatingClosure {
                try await saver.saveEach(appends, stoppingAtFailure: stoppingAtFailure)
            }
        }
    }

    /// The same appends, with a correlation id for the events that have none.
    func correlated(_ appends: [StreamAppend<Columns>]) -> [StreamAppend<Columns>] {
        guard let id = observer.correlationID else { return appends }
        return appends.map { append in
            StreamAppend(
                append.events.correlated(id), to: append.aggregateID, expectedVersion: append.expectedVersion)
        }
    }

    public func load(_ query: StreamQuery) async throws -> [RecordedEvent<Columns>] {
        try await run(.load, rows: { $0.count }) { try $0.load(query) }
    }

    public func version(of aggregateID: String) async throws -> Int {
        try await run(.version) { try $0.version(of: aggregateID) }
    }

    /// Waits for what is under way and closes the connections; every later call throws.
    public func close() async {
        state.withLock { $0 = .closed }
        await saves.drain()
        await pool.close()
        observer.closed()
    }
}

extension PostgresStore: AsyncSnapshotStore {
    public func saveSnapshot(_ snapshot: Snapshot) async throws {
        try await run(.saveSnapshot) { try $0.saveSnapshot(snapshot) }
    }

    public func loadSnapshot(_ aggregateID: String, stateSchema: String?) async throws -> Snapshot? {
        try await run(.loadSnapshot) { try $0.loadSnapshot(aggregateID, stateSchema: stateSchema) }
    }
}

extension PostgresStore: AsyncTraceStore {
    public func loadTrace(
        correlationID: String, after position: Int, limit: Int?
    ) async throws -> [RecordedEvent<Columns>] {
        try await run(.loadTrace, rows: { $0.count }) {
            try $0.loadTrace(correlationID: correlationID, after: position, limit: limit)
        }
    }

    public func loadEffects(of eventID: String) async throws -> [RecordedEvent<Columns>] {
        try await run(.loadEffects, rows: { $0.count }) { try $0.loadEffects(of: eventID) }
    }
}

extension PostgresStore: AsyncStreamDirectory {
    public func loadStreams(after aggregateID: String?, limit: Int) async throws -> [StreamSummary] {
        try await run(.loadStreams, rows: { $0.count }) { try $0.loadStreams(after: aggregateID, limit: limit) }
    }
}
