/// All events and snapshots of a store in memory, and every rule about them: a value that both memory stores wrap.
struct EventLog<Columns: EventColumns>: Sendable {
    private struct Stream {
        /// The index of each event in `events`, by version.
        var indexes: [Int] = []
        /// The version of each event id.
        var versions: [UTF8Key: Int] = [:]

        /// Enters the ids of events that are to follow; false, and nothing is entered, when one of them is known.
        ///
        /// The ids of new events are looked up only once in this way.
        mutating func claimIDs(of events: [Event<Columns>]) -> Bool {
            if versions.isEmpty { versions.reserveCapacity(events.count) }
            for offset in 0..<events.count {
                let known = versions.updateValue(indexes.count + offset + 1, forKey: UTF8Key(events[offset].id))
                guard let known else { continue }
                for event in events[..<offset] { versions[UTF8Key(event.id)] = nil }
                versions[UTF8Key(events[offset].id)] = known <= indexes.count ? known : nil
                return false
            }
            return true
        }
    }

    /// All events by position: the event at index 0 has position 1.
    private var events: [RecordedEvent<Columns>] = []
    private var streams: [UTF8Key: Stream] = [:]
    /// The index of each event in `events`, by what it belongs to.
    private var traces: [UTF8Key: [Int]] = [:]
    private var effects: [UTF8Key: [Int]] = [:]
    /// The snapshots of each aggregate, the highest version last.
    private var snapshots: [UTF8Key: [Snapshot]] = [:]
    /// The position that each reader of the feed has come to.
    private var checkpoints: [UTF8Key: Int] = [:]
    private let retention: SnapshotRetention
    private var isClosed = false

    init(retention: SnapshotRetention) {
        self.retention = retention
    }

    mutating func close() {
        isClosed = true
    }

    func checkOpen() throws {
        if isClosed { throw StoreError.closed }
    }

    // MARK: Streams

    mutating func save(
        _ newEvents: [Event<Columns>], for aggregateID: String, expectedVersion: ExpectedVersion
    ) throws -> SaveResult {
        try checkOpen()
        try EventValidator.check(newEvents, for: aggregateID)
        let key = UTF8Key(aggregateID)
        // The dictionary lets go of the stream, so that growing it does not copy it.
        var stream = streams.removeValue(forKey: key) ?? Stream()
        defer { if !stream.indexes.isEmpty { streams[key] = stream } }
        let version = stream.indexes.count
        guard expectedVersion.accepts(version), stream.claimIDs(of: newEvents) else {
            if let earlier = try earlierSave(of: newEvents, for: aggregateID, in: stream) { return earlier }
            throw ConcurrencyError(aggregateID: aggregateID, expected: expectedVersion, actual: version)
        }
        return SaveResult(
            version: version + newEvents.count, positions: append(newEvents, aggregateID: aggregateID, to: &stream))
    }

    mutating func saveEach(
        _ appends: [StreamAppend<Columns>], stoppingAtFailure: Bool
    ) throws -> [Result<SaveResult, any Error>] {
        try checkOpen()
        return appends.outcomes(stoppingAtFailure: stoppingAtFailure) { append in
            Result { try save(append.events, for: append.aggregateID, expectedVersion: append.expectedVersion) }
        }
    }

    private func earlierSave(
        of newEvents: [Event<Columns>], for aggregateID: String, in stream: Stream
    ) throws -> SaveResult? {
        return try RetryJudge.judge(newEvents, for: aggregateID) { id in
            stream.versions[UTF8Key(id)].map { events[stream.indexes[$0 - 1]] }
        }
    }

    /// Appends events whose ids have been claimed, and returns their positions.
    private mutating func append(
        _ newEvents: [Event<Columns>], aggregateID: String, to stream: inout Stream
    ) -> [Int] {
        guard !newEvents.isEmpty else { return [] }
        let recordedAt = Instant.now()
        let firstIndex = events.count
        for event in newEvents {
            let index = events.count
            stream.indexes.append(index)
            if let correlationID = event.correlationID { traces[UTF8Key(correlationID), default: []].append(index) }
            if let causationID = event.causationID { effects[UTF8Key(causationID), default: []].append(index) }
            events.append(
                RecordedEvent(
                    aggregateID: aggregateID, version: stream.indexes.count, position: index + 1,
                    recordedAt: recordedAt, event: event))
            if event.time == nil { events[index].event.time = recordedAt }
        }
        return (firstIndex..<events.count).map { $0 + 1 }
    }

    func load(_ query: StreamQuery) throws -> [RecordedEvent<Columns>] {
        try checkOpen()
        guard let stream = streams[UTF8Key(query.aggregateID)] else { return [] }
        let first = max(query.fromVersion, 1)
        let last = min(query.toVersion ?? .max, stream.indexes.count)
        guard first <= last else { return [] }
        let indexes = stream.indexes[first - 1..<last]
        let limit = query.limit ?? indexes.count
        return switch query.order {
        case .ascending: indexes.prefix(limit).map { events[$0] }
        case .descending: indexes.suffix(limit).reversed().map { events[$0] }
        }
    }

    func version(of aggregateID: String) throws -> Int {
        try checkOpen()
        return streams[UTF8Key(aggregateID)]?.indexes.count ?? 0
    }

    // MARK: The whole store

    func loadTrace(correlationID: String, after position: Int, limit: Int?) throws -> [RecordedEvent<Columns>] {
        try checkOpen()
        try StreamQuery.check(position: position)
        try StreamQuery.check(limit: limit)
        let later = (traces[UTF8Key(correlationID)] ?? []).drop { $0 < position }
        return later.prefix(limit ?? later.count).map { events[$0] }
    }

    func loadEffects(of eventID: String) throws -> [RecordedEvent<Columns>] {
        try checkOpen()
        return (effects[UTF8Key(eventID)] ?? []).map { events[$0] }
    }

    func loadFeed(after position: Int, limit: Int) throws -> [RecordedEvent<Columns>] {
        try checkOpen()
        try StreamQuery.check(position: position)
        try StreamQuery.check(limit: limit)
        return Array(events.dropFirst(position).prefix(limit))
    }

    func loadStreams(after aggregateID: String?, limit: Int) throws -> [StreamSummary] {
        try checkOpen()
        try StreamQuery.check(limit: limit)
        let start = aggregateID.map(UTF8Key.init)
        return streams.filter { key, _ in start.map { $0 < key } ?? true }
            .sorted { $0.key < $1.key }
            .prefix(limit)
            .map { key, stream in
                StreamSummary(
                    aggregateID: key.text, version: stream.indexes.count,
                    lastRecordedAt: events[stream.indexes[stream.indexes.count - 1]].recordedAt)
            }
    }

    // MARK: Checkpoints

    func loadCheckpoint(of reader: String) throws -> Int {
        try checkOpen()
        try EventValidator.check(reader: reader)
        let position = checkpoints[UTF8Key(reader)] ?? 0
        return try checked(position, of: reader)
    }

    mutating func saveCheckpoint(_ position: Int, of reader: String) throws {
        try checkOpen()
        try EventValidator.check(reader: reader)
        try StreamQuery.check(position: position)
        checkpoints[UTF8Key(reader)] = try checked(position, of: reader)
    }

    private func checked(_ position: Int, of reader: String) throws -> Int {
        guard position <= events.count else {
            throw CheckpointError(reader: reader, position: position, lastPosition: events.count)
        }
        return position
    }

    // MARK: Snapshots

    mutating func saveSnapshot(_ snapshot: Snapshot) throws {
        try checkOpen()
        try EventValidator.check(snapshot)
        let streamVersion = try version(of: snapshot.aggregateID)
        guard snapshot.version <= streamVersion else {
            throw SnapshotError(
                .beyondStream, aggregateID: snapshot.aggregateID, version: snapshot.version,
                streamVersion: streamVersion)
        }
        let key = UTF8Key(snapshot.aggregateID)
        var kept = (snapshots[key] ?? []).filter { $0.version != snapshot.version }
        kept.insert(snapshot, at: kept.firstIndex { $0.version > snapshot.version } ?? kept.endIndex)
        snapshots[key] = kept.suffix(retention.count ?? kept.count)
    }

    func loadSnapshot(_ aggregateID: String, stateSchema: String?) throws -> Snapshot? {
        try checkOpen()
        return snapshots[UTF8Key(aggregateID)]?.last { snapshot in
            stateSchema == nil || snapshot.stateSchema.hasSameBytes(as: stateSchema)
        }
    }
}
