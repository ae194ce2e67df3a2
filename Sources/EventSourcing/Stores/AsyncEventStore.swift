/// A store of event streams whose calls wait without blocking a thread.
///
/// The contract is that of ``EventStore``, call by call.
///
/// ```swift
/// try await store.save([placed, paid], for: "order-123", expectedVersion: 0)
/// let events = try await store.load("order-123")
/// ```
public protocol AsyncEventStore<Columns>: Sendable {
    /// The columns of the events table beyond the standard ones.
    associatedtype Columns: EventColumns

    /// Makes the store ready: opens what it needs and applies pending migrations. Calling it again is harmless.
    func initialize() async throws

    /// Appends events to a stream: all of them with consecutive versions, or none.
    ///
    /// Saving the same events again after an unknown outcome is safe: ids are judged before the expectation, and events
    /// that are in the stream already, one after the other, are answered with their versions. An empty list still
    /// checks the expectation, and writes nothing.
    ///
    /// - Parameters:
    ///   - events: the events in their order.
    ///   - aggregateID: the aggregate whose stream grows.
    ///   - expectedVersion: what the stream's version is believed to be.
    /// - Returns: the stream's new version, and the events' positions.
    /// - Throws: ``ConcurrencyError`` with the true version, ``DuplicateEventError``, ``InvalidEventError``.
    @discardableResult
    func save(_ events: [Event<Columns>], for aggregateID: String, expectedVersion: ExpectedVersion) async throws
        -> SaveResult

    /// Saves several appends, each with its own check and its own outcome, with as few trips and commits as it can.
    ///
    /// They are judged in the order given. An append that fails leaves the others alone.
    ///
    /// - Parameter stoppingAtFailure: whether nothing after an append that fails is saved; its outcome is the last then.
    /// - Throws: only what keeps the store from working at all; then nothing was saved.
    func saveEach(_ appends: [StreamAppend<Columns>], stoppingAtFailure: Bool) async throws
        -> [Result<SaveResult, any Error>]

    /// Loads events of a stream; none for an unknown stream or past its end.
    func load(_ query: StreamQuery) async throws -> [RecordedEvent<Columns>]

    /// How many events a stream has; 0 for an unknown one.
    func version(of aggregateID: String) async throws -> Int

    /// Releases what the store holds; every later call throws ``StoreError`` with the code `closed`.
    func close() async
}

extension AsyncEventStore {
    /// Appends events to a stream, whatever its version.
    @discardableResult
    public func save(_ events: [Event<Columns>], for aggregateID: String) async throws -> SaveResult {
        try await save(events, for: aggregateID, expectedVersion: .any)
    }

    /// Appends events to a stream that has exactly so many.
    @discardableResult
    public func save(_ events: [Event<Columns>], for aggregateID: String, expectedVersion: Int) async throws
        -> SaveResult
    {
        try await save(events, for: aggregateID, expectedVersion: .exact(expectedVersion))
    }

    /// Loads events of a stream; none for an unknown stream or past its end.
    ///
    /// - Parameters:
    ///   - aggregateID: the aggregate whose stream is read.
    ///   - fromVersion: the lowest version to load, inclusive; 0 and 1 both mean the first event.
    ///   - toVersion: the highest version to load, inclusive; nil means the stream's end.
    ///   - limit: at most so many events; nil means all.
    ///   - order: whether the lowest or the highest version comes first.
    /// - Throws: ``InvalidArgumentError`` for a negative version or limit.
    public func load(
        _ aggregateID: String, fromVersion: Int = 0, toVersion: Int? = nil, limit: Int? = nil,
        order: ReadOrder = .ascending
    ) async throws -> [RecordedEvent<Columns>] {
        try await load(
            StreamQuery(aggregateID, fromVersion: fromVersion, toVersion: toVersion, limit: limit, order: order))
    }

    /// Reads a stream page by page, so that memory does not grow with it.
    ///
    /// ```swift
    /// for try await event in try store.events(of: "order-123") { order.apply(event) }
    /// ```
    ///
    /// - Parameters:
    ///   - aggregateID: the aggregate whose stream is read.
    ///   - fromVersion: the lowest version to load, inclusive; 0 and 1 both mean the first event.
    ///   - toVersion: the highest version to load, inclusive; nil means the stream's end.
    ///   - limit: at most so many events; nil means all.
    ///   - order: whether the lowest or the highest version comes first.
    ///   - pageSize: how many events are loaded at a time, and held in memory; 1 or more.
    /// - Throws: ``InvalidArgumentError`` for a negative version or limit, or a page of no events.
    public func events(
        of aggregateID: String, fromVersion: Int = 0, toVersion: Int? = nil, limit: Int? = nil,
        order: ReadOrder = .ascending, pageSize: Int = 512
    ) throws -> EventSequence<Self> {
        let range = try StreamQuery(
            aggregateID, fromVersion: fromVersion, toVersion: toVersion, limit: limit, order: order)
        return EventSequence(store: self, pages: try StreamPages(range, pageSize: pageSize))
    }

    /// Saves several appends, each with its own check and its own outcome; one that fails leaves the others alone.
    public func saveEach(_ appends: [StreamAppend<Columns>]) async throws -> [Result<SaveResult, any Error>] {
        try await saveEach(appends, stoppingAtFailure: false)
    }
}
