public import EventSourcingPostgres
public import ServiceLifecycle

/// The standard store in a database of Google Cloud SQL.
public typealias CloudSQLEventStore = CloudSQLStore<StandardColumns>

/// A store in a PostgreSQL database of Google Cloud SQL, for many tasks and many processes at once.
///
/// ```swift
/// import EventSourcingGoogleCloud
///
/// let store = try CloudSQLEventStore(
///     url: "cloudsql://shop:europe-west1:orders/shop?user=app@shop.iam&login=iam")
/// try await store.initialize()
/// try await store.save([Event(type: "OrderPlaced", source: "/shop")], for: "order-123", expectedVersion: 0)
/// await store.close()
/// ```
///
/// It is the store on PostgreSQL with another way to connect. What is particular to PostgreSQL, transactions among it, is
/// there as ``postgres``.
public final class CloudSQLStore<Columns: EventColumns>: Sendable {
    /// The store that does the work; close it through this one.
    public let postgres: PostgresStore<Columns>
    /// What makes its connections.
    public let connector: CloudSQLConnector

    @usableFromInline
    init(_ postgres: PostgresStore<Columns>, _ connector: CloudSQLConnector) {
        self.postgres = postgres
        self.connector = connector
    }

    /// Creates a store on a team's own tables; nothing is opened before `initialize()`.
    ///
    /// - Parameters:
    ///   - connector: which database, who signs in, and the way there; it is closed with the store.
    ///   - events: the generated events table; its module's migrations are the ones that are applied.
    ///   - snapshots: the generated snapshots table, of the same module.
    ///   - pool: how many connections there are, and how long a call waits for one.
    ///   - snapshotRetention: how many snapshots of an aggregate stay.
    ///   - observability: where the store says what it does.
    @inlinable
    public convenience init<Events: EventTable<Columns>, Snapshots: SnapshotTable>(
        _ connector: CloudSQLConnector, events: Events.Type, snapshots: Snapshots.Type,
        pool: PostgresPoolOptions = PostgresPoolOptions(), snapshotRetention: SnapshotRetention = .newest(3),
        observability: PostgresObservability = PostgresObservability()
    ) {
        self.init(
            PostgresStore(
                connector.postgres, events: events, snapshots: snapshots, pool: pool,
                snapshotRetention: snapshotRetention, observability: observability),
            connector)
    }
}

extension CloudSQLStore where Columns == StandardColumns {
    /// Creates a store on the standard tables; nothing is opened before `initialize()`.
    ///
    /// - Parameters:
    ///   - connector: which database, who signs in, and the way there; it is closed with the store.
    ///   - pool: how many connections there are, and how long a call waits for one.
    ///   - snapshotRetention: how many snapshots of an aggregate stay.
    ///   - observability: where the store says what it does.
    public convenience init(
        _ connector: CloudSQLConnector, pool: PostgresPoolOptions = PostgresPoolOptions(),
        snapshotRetention: SnapshotRetention = .newest(3),
        observability: PostgresObservability = PostgresObservability()
    ) {
        self.init(
            PostgresStore(
                connector.postgres, pool: pool, snapshotRetention: snapshotRetention, observability: observability),
            connector)
    }

    /// Creates a store on the standard tables; nothing is opened before `initialize()`.
    ///
    /// - Parameters:
    ///   - configuration: which database, who signs in, and the way there.
    ///   - credentials: where tokens come from; nil is what Google's own clients use.
    ///   - pool: how many connections there are, and how long a call waits for one.
    ///   - snapshotRetention: how many snapshots of an aggregate stay.
    ///   - observability: where the store says what it does.
    /// - Throws: ``CloudSQLError`` that names the setting which is wrong.
    public convenience init(
        _ configuration: CloudSQLConfiguration, credentials: (any AccessTokenSource)? = nil,
        pool: PostgresPoolOptions = PostgresPoolOptions(), snapshotRetention: SnapshotRetention = .newest(3),
        observability: PostgresObservability = PostgresObservability()
    ) throws {
        self.init(
            try CloudSQLConnector(configuration, credentials: credentials), pool: pool,
            snapshotRetention: snapshotRetention, observability: observability)
    }

    /// Creates a store on the standard tables; nothing is opened before `initialize()`.
    ///
    /// - Parameters:
    ///   - url: `cloudsql://project:region:instance/database?user=…`, see ``CloudSQLConfiguration/init(url:environment:)``.
    ///   - credentials: where tokens come from; nil is what Google's own clients use.
    ///   - pool: how many connections there are, and how long a call waits for one.
    ///   - snapshotRetention: how many snapshots of an aggregate stay.
    ///   - observability: where the store says what it does.
    /// - Throws: ``CloudSQLError`` that names the setting which is wrong.
    public convenience init(
        url: String, credentials: (any AccessTokenSource)? = nil, pool: PostgresPoolOptions = PostgresPoolOptions(),
        snapshotRetention: SnapshotRetention = .newest(3),
        observability: PostgresObservability = PostgresObservability()
    ) throws {
        try self.init(
            CloudSQLConfiguration(url: url), credentials: credentials, pool: pool,
            snapshotRetention: snapshotRetention, observability: observability)
    }
}

extension CloudSQLStore: AsyncEventStore {
    /// Connects and applies pending migrations. Calling it again is harmless, also from many processes at once.
    public func initialize() async throws {
        try await postgres.initialize()
    }

    /// Connects, and applies pending migrations or verifies that there are none that matter.
    ///
    /// - Throws: `DatabaseError` when the database cannot be reached, of which ``CloudSQLError/init(_:)`` knows more;
    ///   `MigrationError` when a migration fails or the history is not the one that the store's code was generated from;
    ///   `SchemaMismatchError` from `.verify`.
    public func initialize(migrations policy: MigrationPolicy) async throws {
        try await postgres.initialize(migrations: policy)
    }

    @discardableResult
    public func save(
        _ events: [Event<Columns>], for aggregateID: String, expectedVersion: ExpectedVersion
    ) async throws -> SaveResult {
        try await postgres.save(events, for: aggregateID, expectedVersion: expectedVersion)
    }

    public func saveEach(
        _ appends: [StreamAppend<Columns>], stoppingAtFailure: Bool
    ) async throws -> [Result<SaveResult, any Error>] {
        try await postgres.saveEach(appends, stoppingAtFailure: stoppingAtFailure)
    }

    public func load(_ query: StreamQuery) async throws -> [RecordedEvent<Columns>] {
        try await postgres.load(query)
    }

    public func version(of aggregateID: String) async throws -> Int {
        try await postgres.version(of: aggregateID)
    }

    /// Waits for what is under way and closes the connections and the connector; every later call throws.
    public func close() async {
        await postgres.close()
        await connector.close()
    }
}

extension CloudSQLStore: AsyncSnapshotStore {
    public func saveSnapshot(_ snapshot: Snapshot) async throws {
        try await postgres.saveSnapshot(snapshot)
    }

    public func loadSnapshot(_ aggregateID: String, stateSchema: String?) async throws -> Snapshot? {
        try await postgres.loadSnapshot(aggregateID, stateSchema: stateSchema)
    }
}

extension CloudSQLStore: AsyncTraceStore {
    public func loadTrace(
        correlationID: String, after position: Int, limit: Int?
    ) async throws -> [RecordedEvent<Columns>] {
        try await postgres.loadTrace(correlationID: correlationID, after: position, limit: limit)
    }

    public func loadEffects(of eventID: String) async throws -> [RecordedEvent<Columns>] {
        try await postgres.loadEffects(of: eventID)
    }
}

extension CloudSQLStore: AsyncStreamDirectory {
    public func loadStreams(after aggregateID: String?, limit: Int) async throws -> [StreamSummary] {
        try await postgres.loadStreams(after: aggregateID, limit: limit)
    }
}

extension CloudSQLStore: AsyncCheckpointStore {
    public func loadFeed(after position: Int, limit: Int) async throws -> [RecordedEvent<Columns>] {
        try await postgres.loadFeed(after: position, limit: limit)
    }

    public func loadCheckpoint(of reader: String) async throws -> Int {
        try await postgres.loadCheckpoint(of: reader)
    }

    public func saveCheckpoint(_ position: Int, of reader: String) async throws {
        try await postgres.saveCheckpoint(position, of: reader)
    }
}

extension CloudSQLStore: Service {
    /// Opens the store unless it is open, waits for the shutdown of its service group, and closes it.
    ///
    /// - Throws: what `initialize()` throws, and `CancellationError` when the task is cancelled; the store is closed then.
    public func run() async throws {
        do {
            try await postgres.run()
        } catch {
            await connector.close()
            throw error
        }
        await connector.close()
    }
}
