#if Postgres
    import EventSourcingPostgres

    /// The store on PostgreSQL, whose calls the thread of a command waits for.
    final class BlockingStore: ToolStore {
        private let store: PostgresEventStore

        init(_ store: PostgresEventStore) {
            self.store = store
        }

        private func wait<Value: Sendable>(
            _ call: @escaping @Sendable (PostgresEventStore) async throws -> Value
        ) throws -> Value {
            try BlockingCall.wait { [store] in try await call(store) }
        }

        // MARK: Events

        func initialize() throws {
            try wait { try await $0.initialize() }
        }

        func initialize(migrations policy: MigrationPolicy) throws {
            try wait { try await $0.initialize(migrations: policy) }
        }

        @discardableResult
        func save(
            _ events: [Event<StandardColumns>], for aggregateID: String, expectedVersion: ExpectedVersion
        ) throws -> SaveResult {
            try wait { try await $0.save(events, for: aggregateID, expectedVersion: expectedVersion) }
        }

        func saveEach(
            _ appends: [StreamAppend<StandardColumns>], stoppingAtFailure: Bool
        ) throws -> [Result<SaveResult, any Error>] {
            try wait { try await $0.saveEach(appends, stoppingAtFailure: stoppingAtFailure) }
        }

        func load(_ query: StreamQuery) throws -> [RecordedEvent<StandardColumns>] {
            try wait { try await $0.load(query) }
        }

        func version(of aggregateID: String) throws -> Int {
            try wait { try await $0.version(of: aggregateID) }
        }

        func close() {
            try? wait { await $0.close() }
        }

        // MARK: Snapshots

        func saveSnapshot(_ snapshot: Snapshot) throws {
            try wait { try await $0.saveSnapshot(snapshot) }
        }

        func loadSnapshot(_ aggregateID: String, stateSchema: String?) throws -> Snapshot? {
            try wait { try await $0.loadSnapshot(aggregateID, stateSchema: stateSchema) }
        }

        // MARK: All streams

        func loadTrace(
            correlationID: String, after position: Int, limit: Int?
        ) throws -> [RecordedEvent<StandardColumns>] {
            try wait { try await $0.loadTrace(correlationID: correlationID, after: position, limit: limit) }
        }

        func loadEffects(of eventID: String) throws -> [RecordedEvent<StandardColumns>] {
            try wait { try await $0.loadEffects(of: eventID) }
        }

        func loadFeed(after position: Int, limit: Int) throws -> [RecordedEvent<StandardColumns>] {
            try wait { try await $0.loadFeed(after: position, limit: limit) }
        }

        func loadCheckpoint(of reader: String) throws -> Int {
            try wait { try await $0.loadCheckpoint(of: reader) }
        }

        func saveCheckpoint(_ position: Int, of reader: String) throws {
            try wait { try await $0.saveCheckpoint(position, of: reader) }
        }

        func loadStreams(after aggregateID: String?, limit: Int) throws -> [StreamSummary] {
            try wait { try await $0.loadStreams(after: aggregateID, limit: limit) }
        }
    }
#endif
