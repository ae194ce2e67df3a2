public import EventSourcing
import Synchronization

/// A store in a table of BigQuery, for few events: what is to be queried beside what was exported, or tests of queries.
///
/// A save is one statement of BigQuery, which takes seconds and reads the ids, versions and positions of the whole table.
/// Everything else goes through another store and an export. A table is either saved to or exported to, not both.
///
/// ```swift
/// let table = BigQueryTableName(project: "shop", dataset: "analytics", table: "notes")
/// let store = BigQueryEventStore(table, configuration: BigQueryConfiguration(environment: nil))
/// try await store.initialize()
/// try await store.save([Event(type: "OrderNoted", source: "/shop")], for: "order-123")
/// ```
///
/// Of the contract of stores it keeps less: the only expectation is ``ExpectedVersion/any``, snapshots and the feed are not
/// there, and JSON comes back as equal JSON and not byte for byte.
public final class BigQueryEventStore: Sendable {
    private enum State {
        case new
        case open(location: String?)
        case closed
    }

    private let table: BigQueryTableName
    private let client: BigQueryClient
    private let state = Mutex(State.new)

    /// Creates a store; nothing is asked before `initialize()`.
    ///
    /// - Parameters:
    ///   - table: a table with the standard columns; `event-store bigquery schema --to … --apply` creates it.
    ///   - configuration: where BigQuery is, and what requests are allowed with.
    public convenience init(_ table: BigQueryTableName, configuration: BigQueryConfiguration) {
        self.init(table, client: BigQueryClient(configuration))
    }

    init(_ table: BigQueryTableName, client: BigQueryClient) {
        self.table = table
        self.client = client
    }

    private func location() throws -> String? {
        switch state.withLock({ $0 }) {
        case .new: throw StoreError.notInitialized
        case .closed: throw StoreError.closed
        case .open(let location): return location
        }
    }

    private func run(_ query: BigQueryQuery) async throws -> BigQueryResult {
        try await client.run(query, project: table.project, location: try location())
    }

    private func events(_ query: BigQueryQuery) async throws -> [RecordedEvent<StandardColumns>] {
        try await run(query).rows.map { try StoredRow($0).event }
    }
}

extension BigQueryEventStore: AsyncEventStore {
    public typealias Columns = StandardColumns

    /// Asks for the table.
    ///
    /// - Throws: ``BigQueryExportError`` when it is not there, or lacks columns; ``GoogleCloudError``.
    public func initialize() async throws {
        if case .closed = state.withLock({ $0 }) { throw StoreError.closed }
        guard let live = try await client.table(table) else {
            throw BigQueryExportError(
                .noTable,
                "there is no table \(table); create it with: event-store bigquery schema --to \(table) --apply")
        }
        let missing = StoreQueries.columns.filter { name in
            !live.table.fields.contains { $0.name.lowercased() == name }
        }
        guard missing.isEmpty else {
            throw BigQueryExportError(
                .differentSchema,
                "\(table) lacks the columns \(missing.joined(separator: ", ")); add them with: "
                    + "event-store bigquery schema --to \(table) --apply")
        }
        let location = client.configuration.location ?? live.location
        state.withLock { state in
            if case .new = state { state = .open(location: location) }
        }
    }

    /// Appends events to a stream with one MERGE.
    ///
    /// - Throws: `StoreError` with the code `unsupported` for an expectation other than any, and for more than
    ///   200 events; `DuplicateEventError`, `InvalidEventError`, ``GoogleCloudError``.
    @discardableResult
    public func save(
        _ events: [Event<StandardColumns>], for aggregateID: String, expectedVersion: ExpectedVersion
    ) async throws -> SaveResult {
        guard expectedVersion == .any else {
            throw StoreError(
                .unsupported,
                "BigQuery cannot guard a stream against two writers: save with an expected version to a store on "
                    + "PostgreSQL or SQLite, and export from there")
        }
        guard events.count <= StoreQueries.maximumEvents else {
            throw StoreError(
                .unsupported,
                "a save to BigQuery takes \(StoreQueries.maximumEvents) events at most, and these are \(events.count): "
                    + "save them to another store, and export from there")
        }
        try EventValidator.check(events, for: aggregateID)
        guard !events.isEmpty else {
            return SaveResult(version: try await version(of: aggregateID), positions: [])
        }
        // Ids that occur twice are found before anything is sent.
        _ = try RetryJudge.judge(events, for: aggregateID) { _ in nil }
        let queries = StoreQueries(table)
        let merge = try queries.merge(events, aggregateID: aggregateID, now: .now())
        let inserted = try await run(merge).affectedRows ?? 0
        let ids = events.map(\.id)
        let stored = try await self.events(queries.events(withIDs: ids, of: aggregateID))
        let judged = try RetryJudge.judge(events.map(\.withCanonicalData), for: aggregateID) { id in
            stored.first { $0.event.id.utf8.elementsEqual(id.utf8) }.map { recorded in
                var recorded = recorded
                recorded.event = recorded.event.withCanonicalData
                return recorded
            }
        }
        guard let judged else {
            throw GoogleCloudError(.unexpectedAnswer, "the events that were saved for \(aggregateID) are not there")
        }
        return SaveResult(version: judged.version, positions: judged.positions, wasAlreadySaved: inserted == 0)
    }

    public func saveEach(
        _ appends: [StreamAppend<StandardColumns>], stoppingAtFailure: Bool
    ) async throws -> [Result<SaveResult, any Error>] {
        var results: [Result<SaveResult, any Error>] = []
        for append in appends {
            do {
                results.append(
                    .success(
                        try await save(
                            append.events, for: append.aggregateID, expectedVersion: append.expectedVersion)))
            } catch {
                results.append(.failure(error))
                if stoppingAtFailure { break }
            }
        }
        return results
    }

    /// Loads events of a stream by a query, each once also when a table has one twice.
    public func load(_ query: StreamQuery) async throws -> [RecordedEvent<StandardColumns>] {
        try await events(StoreQueries(table).stream(query))
    }

    public func version(of aggregateID: String) async throws -> Int {
        let row = try await run(StoreQueries(table).version(of: aggregateID)).rows.first
        return row?.first.flatMap { $0 }.flatMap { Int($0) } ?? 0
    }

    public func close() async {
        state.withLock { $0 = .closed }
    }
}

extension BigQueryEventStore: AsyncTraceStore {
    public func loadTrace(
        correlationID: String, after position: Int, limit: Int?
    ) async throws -> [RecordedEvent<StandardColumns>] {
        try StreamQuery.check(position: position)
        try StreamQuery.check(limit: limit)
        return try await events(StoreQueries(table).trace(correlationID, after: position, limit: limit))
    }

    public func loadEffects(of eventID: String) async throws -> [RecordedEvent<StandardColumns>] {
        try await events(StoreQueries(table).effects(of: eventID))
    }
}

extension BigQueryEventStore: AsyncSnapshotStore {
    private static let noSnapshots = StoreError(
        .unsupported, "BigQuery keeps no snapshots: keep them in the store that the events are exported from")

    /// Refuses: BigQuery keeps no snapshots.
    ///
    /// - Throws: `StoreError` with the code `unsupported`, always.
    public func saveSnapshot(_ snapshot: Snapshot) async throws {
        throw Self.noSnapshots
    }

    /// Refuses: BigQuery keeps no snapshots.
    ///
    /// - Throws: `StoreError` with the code `unsupported`, always.
    public func loadSnapshot(_ aggregateID: String, stateSchema: String?) async throws -> Snapshot? {
        throw Self.noSnapshots
    }
}
