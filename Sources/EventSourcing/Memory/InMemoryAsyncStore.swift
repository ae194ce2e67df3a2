/// The standard in-memory store for asynchronous code.
public typealias InMemoryAsyncEventStore = InMemoryAsyncStore<StandardColumns>

/// A store in memory as an actor, for code that is written against ``AsyncEventStore``.
///
/// ```swift
/// let store = InMemoryAsyncEventStore()
/// try await store.save([Event(type: "OrderPlaced", source: "/shop")], for: "order-123", expectedVersion: 0)
/// ```
public actor InMemoryAsyncStore<Columns: EventColumns> {
    private var log: EventLog<Columns>

    /// Creates an empty store.
    ///
    /// - Parameter snapshotRetention: how many snapshots of an aggregate stay.
    public init(snapshotRetention: SnapshotRetention = .newest(3)) {
        log = EventLog(retention: snapshotRetention)
    }
}

extension InMemoryAsyncStore: AsyncEventStore {
    /// Does nothing: a store in memory is always ready.
    public func initialize() throws {
        try log.checkOpen()
    }

    @discardableResult
    public func save(
        _ events: [Event<Columns>], for aggregateID: String, expectedVersion: ExpectedVersion
    ) throws -> SaveResult {
        try log.save(events, for: aggregateID, expectedVersion: expectedVersion)
    }

    public func saveEach(
        _ appends: [StreamAppend<Columns>], stoppingAtFailure: Bool
    ) throws -> [Result<SaveResult, any Error>] {
        try log.saveEach(appends, stoppingAtFailure: stoppingAtFailure)
    }

    public func load(_ query: StreamQuery) throws -> [RecordedEvent<Columns>] {
        try log.load(query)
    }

    public func version(of aggregateID: String) throws -> Int {
        try log.version(of: aggregateID)
    }

    public func close() {
        log.close()
    }
}

extension InMemoryAsyncStore: AsyncSnapshotStore {
    public func saveSnapshot(_ snapshot: Snapshot) throws {
        try log.saveSnapshot(snapshot)
    }

    public func loadSnapshot(_ aggregateID: String, stateSchema: String?) throws -> Snapshot? {
        try log.loadSnapshot(aggregateID, stateSchema: stateSchema)
    }
}

extension InMemoryAsyncStore: AsyncTraceStore {
    public func loadTrace(correlationID: String, after position: Int, limit: Int?) throws -> [RecordedEvent<Columns>] {
        try log.loadTrace(correlationID: correlationID, after: position, limit: limit)
    }

    public func loadEffects(of eventID: String) throws -> [RecordedEvent<Columns>] {
        try log.loadEffects(of: eventID)
    }
}

extension InMemoryAsyncStore: AsyncCheckpointStore {
    public func loadCheckpoint(of reader: String) throws -> Int {
        try log.loadCheckpoint(of: reader)
    }

    public func saveCheckpoint(_ position: Int, of reader: String) throws {
        try log.saveCheckpoint(position, of: reader)
    }
}

extension InMemoryAsyncStore: AsyncEventFeed, AsyncStreamDirectory {
    public func loadFeed(after position: Int, limit: Int) throws -> [RecordedEvent<Columns>] {
        try log.loadFeed(after: position, limit: limit)
    }

    public func loadStreams(after aggregateID: String?, limit: Int) throws -> [StreamSummary] {
        try log.loadStreams(after: aggregateID, limit: limit)
    }
}
