public import EventSourcing

/// Shows a synchronous store as an asynchronous one, so that one suite tests both.
///
/// Each call blocks the thread that it runs on: fine in a test, wrong in a server.
///
/// ```swift
/// let store = SynchronousStoreAdapter(InMemoryEventStore())
/// try await store.save([placed], for: "order-123", expectedVersion: .noStream)
/// ```
public struct SynchronousStoreAdapter<Store: CompleteStore>: Sendable {
    /// The synchronous store.
    public let store: Store

    /// Wraps a store.
    public init(_ store: Store) {
        self.store = store
    }
}

extension SynchronousStoreAdapter: AsyncEventStore {
    public func initialize() async throws {
        try store.initialize()
    }

    public func save(
        _ events: [Event<Store.Columns>], for aggregateID: String, expectedVersion: ExpectedVersion
    ) async throws -> SaveResult {
        try store.save(events, for: aggregateID, expectedVersion: expectedVersion)
    }

    public func saveEach(
        _ appends: [StreamAppend<Store.Columns>], stoppingAtFailure: Bool
    ) async throws -> [Result<SaveResult, any Error>] {
        try store.saveEach(appends, stoppingAtFailure: stoppingAtFailure)
    }

    public func load(_ query: StreamQuery) async throws -> [RecordedEvent<Store.Columns>] {
        try store.load(query)
    }

    public func version(of aggregateID: String) async throws -> Int {
        try store.version(of: aggregateID)
    }

    public func close() async {
        store.close()
    }
}

extension SynchronousStoreAdapter: AsyncSnapshotStore {
    public func saveSnapshot(_ snapshot: Snapshot) async throws {
        try store.saveSnapshot(snapshot)
    }

    public func loadSnapshot(_ aggregateID: String, stateSchema: String?) async throws -> Snapshot? {
        try store.loadSnapshot(aggregateID, stateSchema: stateSchema)
    }
}

extension SynchronousStoreAdapter: AsyncTraceStore {
    public func loadTrace(
        correlationID: String, after position: Int, limit: Int?
    ) async throws -> [RecordedEvent<Store.Columns>] {
        try store.loadTrace(correlationID: correlationID, after: position, limit: limit)
    }

    public func loadEffects(of eventID: String) async throws -> [RecordedEvent<Store.Columns>] {
        try store.loadEffects(of: eventID)
    }
}

extension SynchronousStoreAdapter: AsyncEventFeed {
    public func loadFeed(after position: Int, limit: Int) async throws -> [RecordedEvent<Store.Columns>] {
        try store.loadFeed(after: position, limit: limit)
    }
}

extension SynchronousStoreAdapter: AsyncCheckpointStore {
    public func loadCheckpoint(of reader: String) async throws -> Int {
        try store.loadCheckpoint(of: reader)
    }

    public func saveCheckpoint(_ position: Int, of reader: String) async throws {
        try store.saveCheckpoint(position, of: reader)
    }
}

extension SynchronousStoreAdapter: AsyncStreamDirectory {
    public func loadStreams(after aggregateID: String?, limit: Int) async throws -> [StreamSummary] {
        try store.loadStreams(after: aggregateID, limit: limit)
    }
}
