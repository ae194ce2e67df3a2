public import EventSourcing

extension SQLiteStore: EventStore {
    @discardableResult
    public func save(
        _ events: [Event<Columns>], for aggregateID: String, expectedVersion: ExpectedVersion
    ) throws -> SaveResult {
        try saves.save(StreamAppend(events, to: aggregateID, expectedVersion: expectedVersion), commit: commit)
    }

    /// Saves several appends in one transaction, each with its own check and its own outcome.
    public func saveEach(
        _ appends: [StreamAppend<Columns>], stoppingAtFailure: Bool
    ) throws -> [Result<SaveResult, any Error>] {
        try write { try $0.commit(appends, stoppingAtFailure: stoppingAtFailure) }
    }

    /// Commits what waited at the same moment.
    func commit(_ batch: [StreamAppend<Columns>]) throws -> [Result<SaveResult, any Error>] {
        try saveEach(batch, stoppingAtFailure: false)
    }

    public func load(_ query: StreamQuery) throws -> [RecordedEvent<Columns>] {
        try reading { try $0.load(query) }
    }

    public func version(of aggregateID: String) throws -> Int {
        try reading { try $0.version(of: aggregateID) }
    }
}

extension SQLiteStore: SnapshotStore {
    public func saveSnapshot(_ snapshot: Snapshot) throws {
        try withTransaction { try $0.saveSnapshot(snapshot) }
    }

    public func loadSnapshot(_ aggregateID: String, stateSchema: String?) throws -> Snapshot? {
        try reading { try $0.loadSnapshot(aggregateID, stateSchema: stateSchema) }
    }
}

extension SQLiteStore: TraceStore {
    public func loadTrace(correlationID: String, after position: Int, limit: Int?) throws -> [RecordedEvent<Columns>] {
        try reading { try $0.loadTrace(correlationID: correlationID, after: position, limit: limit) }
    }

    public func loadEffects(of eventID: String) throws -> [RecordedEvent<Columns>] {
        try reading { try $0.loadEffects(of: eventID) }
    }
}

extension SQLiteStore: CheckpointStore {
    /// Loads the next events of the whole store; positions have no holes here, because one writer commits at a time.
    public func loadFeed(after position: Int, limit: Int) throws -> [RecordedEvent<Columns>] {
        try reading { try $0.loadFeed(after: position, limit: limit) }
    }

    public func loadCheckpoint(of reader: String) throws -> Int {
        try reading { try $0.loadCheckpoint(of: reader) }
    }

    public func saveCheckpoint(_ position: Int, of reader: String) throws {
        try withTransaction { try $0.saveCheckpoint(position, of: reader) }
    }
}

extension SQLiteStore: StreamDirectory {
    public func loadStreams(after aggregateID: String?, limit: Int) throws -> [StreamSummary] {
        try reading { try $0.loadStreams(after: aggregateID, limit: limit) }
    }
}
