import Synchronization

/// The standard in-memory store: a synchronous store for tests and for what need not survive the process.
public typealias InMemoryEventStore = InMemoryStore<StandardColumns>

/// A store in memory with synchronous calls, safe to use from many threads.
///
/// ```swift
/// let store = InMemoryEventStore()
/// try store.save([Event(type: "OrderPlaced", source: "/shop")], for: "order-123", expectedVersion: 0)
/// ```
public final class InMemoryStore<Columns: EventColumns> {
    private let log: Mutex<EventLog<Columns>>

    /// Creates an empty store.
    ///
    /// - Parameter snapshotRetention: how many snapshots of an aggregate stay.
    public init(snapshotRetention: SnapshotRetention = .newest(3)) {
        log = Mutex(EventLog(retention: snapshotRetention))
    }
}

extension InMemoryStore: EventStore {
    /// Does nothing: a store in memory is always ready.
    public func initialize() throws {
        try log.withLock { try $0.checkOpen() }
    }

    @discardableResult
    public func save(
        _ events: [Event<Columns>], for aggregateID: String, expectedVersion: ExpectedVersion
    ) throws -> SaveResult {
        try log.withLock { try $0.save(events, for: aggregateID, expectedVersion: expectedVersion) }
    }

    public func saveEach(
        _ appends: [StreamAppend<Columns>], stoppingAtFailure: Bool
    ) throws -> [Result<SaveResult, any Error>] {
        try log.withLock { try $0.saveEach(appends, stoppingAtFailure: stoppingAtFailure) }
    }

    public func load(_ query: StreamQuery) throws -> [RecordedEvent<Columns>] {
        try log.withLock { try $0.load(query) }
    }

    public func version(of aggregateID: String) throws -> Int {
        try log.withLock { try $0.version(of: aggregateID) }
    }

    public func close() {
        log.withLock { $0.close() }
    }
}

extension InMemoryStore: SnapshotStore {
    public func saveSnapshot(_ snapshot: Snapshot) throws {
        try log.withLock { try $0.saveSnapshot(snapshot) }
    }

    public func loadSnapshot(_ aggregateID: String, stateSchema: String?) throws -> Snapshot? {
        try log.withLock { try $0.loadSnapshot(aggregateID, stateSchema: stateSchema) }
    }
}

extension InMemoryStore: TraceStore {
    public func loadTrace(correlationID: String, after position: Int, limit: Int?) throws -> [RecordedEvent<Columns>] {
        try log.withLock { try $0.loadTrace(correlationID: correlationID, after: position, limit: limit) }
    }

    public func loadEffects(of eventID: String) throws -> [RecordedEvent<Columns>] {
        try log.withLock { try $0.loadEffects(of: eventID) }
    }
}

extension InMemoryStore: CheckpointStore {
    public func loadCheckpoint(of reader: String) throws -> Int {
        try log.withLock { try $0.loadCheckpoint(of: reader) }
    }

    public func saveCheckpoint(_ position: Int, of reader: String) throws {
        try log.withLock { try $0.saveCheckpoint(position, of: reader) }
    }
}

extension InMemoryStore: EventFeed, StreamDirectory {
    public func loadFeed(after position: Int, limit: Int) throws -> [RecordedEvent<Columns>] {
        try log.withLock { try $0.loadFeed(after: position, limit: limit) }
    }

    public func loadStreams(after aggregateID: String?, limit: Int) throws -> [StreamSummary] {
        try log.withLock { try $0.loadStreams(after: aggregateID, limit: limit) }
    }
}
