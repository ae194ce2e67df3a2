import Dispatch
public import EventSourcing
public import EventSourcingSQL
import StandardSchema
import Synchronization

/// The standard store on SQLite for asynchronous code.
public typealias SQLiteAsyncEventStore = SQLiteAsyncStore<StandardColumns>

/// A store in a SQLite file for asynchronous code: no call blocks a thread of the cooperative pool.
///
/// One queue writes, and others read beside it. Tasks that save at the same moment share a transaction, each save with
/// its own check and its own outcome. The contract is that of ``SQLiteStore``, call by call.
///
/// ```swift
/// let store = SQLiteAsyncEventStore(path: "orders.db")
/// try await store.initialize()
/// try await store.save([Event(type: "OrderPlaced", source: "/shop")], for: "order-123", expectedVersion: 0)
/// let events = try await store.load("order-123")
/// await store.close()
/// ```
public final class SQLiteAsyncStore<Columns: EventColumns>: Sendable {
    private let store: SQLiteStore<Columns>
    private let saves: AsyncSaveQueue<Columns>
    private let writer: WorkQueues
    private let readers: WorkQueues
    private let isClosed = Mutex(false)

    @usableFromInline
    init(_ store: SQLiteStore<Columns>, options: SQLiteOptions) {
        self.store = store
        let writer = DispatchQueue(label: "sqlite-writer")
        saves = AsyncSaveQueue(on: writer) { batch in try store.commit(batch) }
        self.writer = WorkQueues([writer])
        readers = WorkQueues((1...options.maximumReaders).map { DispatchQueue(label: "sqlite-reader-\($0)") })
    }

    /// How many saves wait for the batch that is under way.
    package var waitingSaveCount: Int { saves.waitingCount }
    /// Whether a batch of saves is under way.
    package var isSaving: Bool { saves.isCommitting }

    private func checkOpen() throws {
        if isClosed.withLock({ $0 }) { throw StoreError.closed }
    }

    private func write<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteStore<Columns>) throws -> Value
    ) async throws -> Value {
        try checkOpen()
        return try await writer.run { [store] in try body(store) }
    }

    private func reading<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteStore<Columns>) throws -> Value
    ) async throws -> Value {
        try checkOpen()
        return try await readers.run { [store] in try body(store) }
    }

    /// Creates a store on a team's own tables; nothing is opened before `initialize()`.
    ///
    /// - Parameters:
    ///   - path: the database file, or `:memory:` for one that ends with the store.
    ///   - events: the generated events table.
    ///   - snapshots: the generated snapshots table.
    ///   - options: how the connections behave.
    ///   - snapshotRetention: how many snapshots of an aggregate stay.
    @inlinable
    public convenience init<Events: EventTable<Columns>, Snapshots: SnapshotTable>(
        path: String, events: Events.Type, snapshots: Snapshots.Type, options: SQLiteOptions = SQLiteOptions(),
        snapshotRetention: SnapshotRetention = .newest(3)
    ) {
        self.init(
            SQLiteStore(
                path: path, events: events, snapshots: snapshots, options: options,
                snapshotRetention: snapshotRetention),
            options: options)
    }
}

extension SQLiteAsyncStore where Columns == StandardColumns {
    /// Creates a store on the standard tables; nothing is opened before `initialize()`.
    ///
    /// - Parameters:
    ///   - path: the database file, or `:memory:` for one that ends with the store.
    ///   - options: how the connections behave.
    ///   - snapshotRetention: how many snapshots of an aggregate stay.
    public convenience init(
        path: String, options: SQLiteOptions = SQLiteOptions(), snapshotRetention: SnapshotRetention = .newest(3)
    ) {
        self.init(
            path: path, events: EventsTable.self, snapshots: SnapshotsTable.self, options: options,
            snapshotRetention: snapshotRetention)
    }
}

extension SQLiteAsyncStore: AsyncEventStore {
    /// Opens the database and applies pending migrations. Calling it again is harmless.
    public func initialize() async throws {
        try await initialize(migrations: .apply)
    }

    /// Opens the database, and applies pending migrations or verifies that there are none that matter.
    ///
    /// - Throws: `DatabaseError` when the file cannot be opened, `MigrationError` when a migration fails or the history
    ///   is not the one that the store's code was generated from, ``SchemaMismatchError`` from `.verify`.
    public func initialize(migrations policy: MigrationPolicy) async throws {
        try await write { try $0.initialize(migrations: policy) }
    }

    @discardableResult
    public func save(
        _ events: [Event<Columns>], for aggregateID: String, expectedVersion: ExpectedVersion
    ) async throws -> SaveResult {
        try checkOpen()
        return try await saves.save(StreamAppend(events, to: aggregateID, expectedVersion: expectedVersion))
    }

    public func saveEach(
        _ appends: [StreamAppend<Columns>], stoppingAtFailure: Bool
    ) async throws -> [Result<SaveResult, any Error>] {
        try await write { try $0.saveEach(appends, stoppingAtFailure: stoppingAtFailure) }
    }

    public func load(_ query: StreamQuery) async throws -> [RecordedEvent<Columns>] {
        try await reading { try $0.load(query) }
    }

    public func version(of aggregateID: String) async throws -> Int {
        try await reading { try $0.version(of: aggregateID) }
    }

    /// Waits for what is under way and closes the database; every later call throws.
    public func close() async {
        isClosed.withLock { $0 = true }
        await readers.drain()
        // Closing writes to the disk, which must not block a thread of the cooperative pool either.
        await writer.drain { [store] in store.close() }
    }
}

extension SQLiteAsyncStore: AsyncSnapshotStore {
    public func saveSnapshot(_ snapshot: Snapshot) async throws {
        try await write { try $0.saveSnapshot(snapshot) }
    }

    public func loadSnapshot(_ aggregateID: String, stateSchema: String?) async throws -> Snapshot? {
        try await reading { try $0.loadSnapshot(aggregateID, stateSchema: stateSchema) }
    }
}

extension SQLiteAsyncStore: AsyncTraceStore {
    public func loadTrace(
        correlationID: String, after position: Int, limit: Int?
    ) async throws -> [RecordedEvent<Columns>] {
        try await reading { try $0.loadTrace(correlationID: correlationID, after: position, limit: limit) }
    }

    public func loadEffects(of eventID: String) async throws -> [RecordedEvent<Columns>] {
        try await reading { try $0.loadEffects(of: eventID) }
    }
}

extension SQLiteAsyncStore: AsyncCheckpointStore {
    public func loadFeed(after position: Int, limit: Int) async throws -> [RecordedEvent<Columns>] {
        try await reading { try $0.loadFeed(after: position, limit: limit) }
    }

    public func loadCheckpoint(of reader: String) async throws -> Int {
        try await reading { try $0.loadCheckpoint(of: reader) }
    }

    public func saveCheckpoint(_ position: Int, of reader: String) async throws {
        try await write { try $0.saveCheckpoint(position, of: reader) }
    }
}

extension SQLiteAsyncStore: AsyncStreamDirectory {
    public func loadStreams(after aggregateID: String?, limit: Int) async throws -> [StreamSummary] {
        try await reading { try $0.loadStreams(after: aggregateID, limit: limit) }
    }
}

extension SQLiteAsyncStore {
    /// Runs a closure in one transaction on the writing queue, as ``SQLiteStore/withTransaction(_:)`` does.
    ///
    /// The closure is synchronous: while it runs nobody else writes.
    ///
    /// - Throws: what the closure throws, `DatabaseError` when the transaction cannot be begun or committed, and
    ///   `CancellationError` when the task was cancelled before it began.
    public func withTransaction<Result: Sendable>(
        _ body: @escaping @Sendable (borrowing SQLiteTransaction<Columns>) throws -> Result
    ) async throws -> Result {
        try await write { try $0.withTransaction(body) }
    }

    /// Runs a closure that reads a team's own tables beside whoever writes, as ``SQLiteStore/read(_:)`` does.
    ///
    /// - Throws: what the closure throws, and `CancellationError` when the task was cancelled before it began.
    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (borrowing SQLiteReadTransaction) throws -> Result
    ) async throws -> Result {
        try await reading { try $0.read(body) }
    }

    /// Hands the next events of the feed to a closure that writes in the transaction of the reader's checkpoint.
    ///
    /// Each event is dealt with exactly once; see ``SQLiteStore/readFeed(as:limit:_:)``.
    ///
    /// - Returns: how many events there were; 0 at the present end of the feed.
    @discardableResult
    public func readFeed(
        as reader: String, limit: Int = 512,
        _ handle: @escaping @Sendable ([RecordedEvent<Columns>], borrowing SQLiteTransaction<Columns>) throws -> Void
    ) async throws -> Int {
        try await write { try $0.readFeed(as: reader, limit: limit, handle) }
    }
}
