import EventSourcing

/// A store that makes one mistake on purpose, or none.
///
/// Everything else is right, because a store in memory does it.
actor MutatedStore {
    let mutation: Mutation?
    private(set) var store: InMemoryAsyncStore<TenantColumns>
    private var isInitialized = false
    private var latestSnapshots: [String: Snapshot] = [:]
    private var seenPositions: Set<Int> = []
    /// The stream in which each event id was saved first.
    var streamsOfIDs: [String: String] = [:]

    init(_ mutation: Mutation?) {
        self.mutation = mutation
        store = InMemoryAsyncStore(snapshotRetention: mutation == .keepsEverySnapshot ? .all : .newest(3))
    }

    func initialize() async throws {
        if isInitialized, mutation == .startsAnewWhenInitializedAgain { store = InMemoryAsyncStore() }
        isInitialized = true
        try await store.initialize()
    }

    func close() async {
        if mutation != .goesOnAfterClose { await store.close() }
    }
}

extension MutatedStore: AsyncEventStore {
    func load(_ query: StreamQuery) async throws -> [RecordedEvent<TenantColumns>] {
        let isMutated = mutation == .loadsAfterTheVersion && 1..<Int.max ~= query.fromVersion
        let changed = try StreamQuery(
            kept(query.aggregateID), fromVersion: isMutated ? query.fromVersion + 1 : query.fromVersion,
            toVersion: query.toVersion, limit: mutation == .ignoresTheLimit ? nil : query.limit,
            order: mutation == .limitsBeforeItReverses ? .ascending : query.order)
        let events = try await store.load(changed)
        let isReversed = changed.order != query.order
        let columns = mutation == .mixesUpColumns ? events.first?.event.columns : nil
        return (isReversed ? events.reversed() : events).map { read($0, columns: columns) }
    }

    func version(of aggregateID: String) async throws -> Int {
        if mutation == .countsEveryStream { return try await store.loadFeed(after: 0, limit: .max).count }
        return try await store.version(of: kept(aggregateID))
    }

    /// What a load makes of an event.
    private func read(
        _ recorded: RecordedEvent<TenantColumns>, columns: TenantColumns?
    ) -> RecordedEvent<TenantColumns> {
        var recorded = recorded
        if let columns { recorded.event.columns = columns }
        if mutation == .reusesPositions { recorded.position = recorded.version }
        return recorded
    }
}

extension MutatedStore: AsyncSnapshotStore {
    func saveSnapshot(_ snapshot: Snapshot) async throws {
        var snapshot = snapshot
        if mutation == .cleansSnapshots { snapshot.aggregateType.removeAll { $0 == "\0" } }
        if mutation == .roundsTheTimeOfSnapshots { snapshot.recordedAt = snapshot.recordedAt.rounded(to: 1_000_000) }
        do {
            try await store.saveSnapshot(snapshot)
        } catch let error as SnapshotError where error.code == .beyondStream {
            if mutation != .takesSnapshotsBeyondTheStream { throw error }
        }
        latestSnapshots[snapshot.aggregateID] = snapshot
    }

    func loadSnapshot(_ aggregateID: String, stateSchema: String?) async throws -> Snapshot? {
        if mutation == .letsAnOldSnapshotWin { return latestSnapshots[aggregateID] }
        let wanted = mutation == .ignoresTheSchemaOfSnapshots ? nil : stateSchema
        return try await store.loadSnapshot(kept(aggregateID), stateSchema: wanted)
    }
}

extension MutatedStore: AsyncTraceStore {
    func loadTrace(
        correlationID: String, after position: Int, limit: Int?
    ) async throws -> [RecordedEvent<TenantColumns>] {
        if mutation == .findsTracesIgnoringCase {
            let events = try await store.loadFeed(after: position, limit: .max)
            return events.filter { $0.correlationID?.lowercased() == correlationID.lowercased() }
        }
        let start = mutation == .startsTracesAnew ? 0 : position
        let trace = try await store.loadTrace(correlationID: correlationID, after: start, limit: limit)
        return mutation == .keepsTracesInOneStream ? ofOneStream(trace) : trace
    }

    func loadEffects(of eventID: String) async throws -> [RecordedEvent<TenantColumns>] {
        let effects = try await store.loadEffects(of: eventID)
        return mutation == .keepsEffectsInOneStream ? ofOneStream(effects) : effects
    }

    private func ofOneStream(_ events: [RecordedEvent<TenantColumns>]) -> [RecordedEvent<TenantColumns>] {
        events.filter { $0.aggregateID == events.first?.aggregateID }
    }
}

extension MutatedStore: AsyncCheckpointStore {
    func loadCheckpoint(of reader: String) async throws -> Int {
        let position = try await store.loadCheckpoint(of: keptReader(reader))
        if mutation == .keepsCheckpointsOfFailures {
            // It believes that events are dealt with as soon as they are asked for.
            let last = try await store.loadFeed(after: position, limit: .max).last?.position ?? position
            try await store.saveCheckpoint(last, of: keptReader(reader))
        }
        return mutation == .readsTheLastEventAgain ? max(0, position - 1) : position
    }

    func saveCheckpoint(_ position: Int, of reader: String) async throws {
        var position = position
        if mutation == .keepsTheHighestCheckpoint {
            position = max(position, try await store.loadCheckpoint(of: reader))
        }
        do {
            try await store.saveCheckpoint(position, of: keptReader(reader))
        } catch let error as CheckpointError {
            if mutation != .takesCheckpointsBeyondTheEnd { throw error }
        }
    }

    private func keptReader(_ name: String) -> String {
        switch mutation {
        case .findsReadersIgnoringCase: name.lowercased()
        case .takesAnyReader: "reader"
        default: name
        }
    }
}

extension MutatedStore: AsyncEventFeed, AsyncStreamDirectory {
    func loadFeed(after position: Int, limit: Int) async throws -> [RecordedEvent<TenantColumns>] {
        let page = try await store.loadFeed(after: position, limit: limit).map { read($0, columns: nil) }
        switch mutation {
        case .skipsAnEventOfTheFeed: return page.filter { $0.position % 7 != 0 || $0.position != page.last?.position }
        case .invertsTheFeed: return page.reversed()
        case .outrunsLateCommits:
            // An event that commits late: its position is drawn, and a later one is seen first.
            return page.filter { event in
                event.position % 5 != 0 || event.position == page.last?.position
                    || !seenPositions.insert(event.position).inserted
            }
        default: return page
        }
    }

    func loadStreams(after aggregateID: String?, limit: Int) async throws -> [StreamSummary] {
        let streams = try await store.loadStreams(after: aggregateID, limit: limit)
        guard mutation == .listsStreamsIgnoringCase else { return streams }
        return streams.sorted { $0.aggregateID.lowercased() < $1.aggregateID.lowercased() }
    }
}

extension Instant {
    /// The instant rounded down to a multiple of so many microseconds.
    func rounded(to microseconds: Int64) -> Instant {
        guard Instant.representable.contains(self) else { return self }
        let remainder = microsecondsSince1970 % microseconds
        let rounded = microsecondsSince1970 - (remainder < 0 ? remainder + microseconds : remainder)
        return Instant(microsecondsSince1970: rounded, nanosecondsLeft: nanosecondsLeft)
    }
}
