/// Saves CloudEvents messages, one a line, into any synchronous store: in order, in large commits, and only once.
///
/// Events that are in their stream already are counted and left alone, so that an import can be repeated after it was
/// stopped at any point.
///
/// ```swift
/// var importer = EventImporter(store: store, makeColumns: { _ in StandardColumns() })
/// for line in lines { try importer.add(Array(line.utf8)) }
/// try importer.finish()
/// print(importer.summary)
/// ```
public struct EventImporter<Store: EventStore> {
    /// What to do about a line that cannot be kept.
    public enum ErrorPolicy: String, CaseIterable, Sendable {
        /// Save what came before it and throw.
        case stop
        /// Report it and go on.
        case skip
    }

    private struct Pending {
        let line: Int
        var append: StreamAppend<Store.Columns>
    }

    /// What has become of the lines so far.
    public private(set) var summary = ImportSummary()

    private let store: Store
    private let streamAttribute: String
    private let errorPolicy: ErrorPolicy
    private let makeColumns: (CloudEventMessage) throws -> Store.Columns
    private let report: (ImportNotice) -> Void
    private var pending: [Pending] = []
    private var pendingBytes = 0

    /// Creates an importer.
    ///
    /// - Parameters:
    ///   - store: the store, initialized.
    ///   - streamAttribute: the attribute that names an event's stream, unless the message has an `aggregateid`.
    ///   - errorPolicy: what to do about a line that cannot be kept.
    ///   - makeColumns: the team's own columns of a message.
    ///   - report: is called for each line that is skipped, or whose time is cut.
    public init(
        store: Store, streamAttribute: String = "subject", errorPolicy: ErrorPolicy = .stop,
        makeColumns: @escaping (CloudEventMessage) throws -> Store.Columns,
        report: @escaping (ImportNotice) -> Void = { _ in }
    ) {
        self.store = store
        self.streamAttribute = streamAttribute
        self.errorPolicy = errorPolicy
        self.makeColumns = makeColumns
        self.report = report
    }

    /// Takes the next line; an empty one is passed over.
    ///
    /// - Throws: ``ImportError`` with the line's number, and what the store throws when it cannot work at all; then
    ///   `finish()` tries again.
    public mutating func add(_ line: [UInt8]) throws {
        try line.withUnsafeBufferPointer { try add($0) }
    }

    package mutating func add(_ line: UnsafeBufferPointer<UInt8>) throws {
        summary.lines += 1
        guard line.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { return }
        do {
            let append = try append(from: line)
            pending.append(Pending(line: summary.lines, append: append))
            pendingBytes += line.count
        } catch {
            try fail(at: summary.lines, error)
        }
        if pending.count >= Self.batchCount || pendingBytes >= Self.batchBytes { try flush() }
    }

    /// Saves what is still waiting.
    ///
    /// - Throws: ``ImportError`` with the line's number, and what the store throws when it cannot work at all.
    public mutating func finish() throws {
        try flush()
    }

    /// Large enough that a commit costs little per event, small enough to keep memory flat.
    private static var batchCount: Int { 2000 }
    private static var batchBytes: Int { 8_000_000 }

    private mutating func append(from line: UnsafeBufferPointer<UInt8>) throws -> StreamAppend<Store.Columns> {
        let message = try CloudEventMessage(parsing: line)
        let aggregateID = try message.aggregateID(from: streamAttribute)
        let event = Event(message.event, columns: try makeColumns(message))
        try EventValidator.check([event], for: aggregateID)
        if message.isTimeTruncated {
            summary.truncatedTimes += 1
            report(ImportNotice(line: summary.lines, kind: .timeTruncated, message: "time: cut to microseconds"))
        }
        return StreamAppend([event], to: aggregateID)
    }

    private mutating func flush() throws {
        var batch = pending[...]
        pending = []
        pendingBytes = 0
        var size = batch.count
        while !batch.isEmpty {
            let count: Int
            do {
                count = try save(batch.prefix(size))
            } catch {
                // When the store could not work at all, the lines are still to be saved.
                if !(error is ImportError) { pending = Array(batch) }
                throw error
            }
            batch = batch.dropFirst(count)
            // A line that turned out to be saved already has stopped the batch, and the next one may, too.
            size = count < size ? 16 : size * 2
        }
    }

    /// Saves some lines in one transaction, and returns how many of them are dealt with.
    private mutating func save(_ batch: ArraySlice<Pending>) throws -> Int {
        let results = try store.saveEach(batch.map(\.append), stoppingAtFailure: errorPolicy == .stop)
        for (item, result) in zip(batch, results) {
            do {
                count(try result.get())
            } catch {
                if let repeated = try savedWithoutSubject(item.append, after: error) {
                    count(repeated)
                } else {
                    try fail(at: item.line, error)
                }
            }
        }
        return results.count
    }

    /// An export writes the stream's id as the subject of an event that has none: such a line is that event again.
    private func savedWithoutSubject(
        _ append: StreamAppend<Store.Columns>, after error: any Error
    ) throws -> SaveResult? {
        guard let error = error as? DuplicateEventError, error.code == .differentContent,
            append.events[0].subject.hasSameBytes(as: append.aggregateID)
        else { return nil }
        var append = append
        append.events[0].subject = nil
        let result = try store.saveEach([append], stoppingAtFailure: false).first
        guard case .success(let saved)? = result else { return nil }
        return saved
    }

    private mutating func count(_ result: SaveResult) {
        if result.wasAlreadySaved {
            summary.alreadyStored += 1
        } else {
            summary.stored += 1
        }
    }

    private mutating func fail(at line: Int, _ error: any Error) throws {
        guard errorPolicy == .skip else {
            try flush()
            throw ImportError(line: line, underlying: error)
        }
        summary.skipped += 1
        report(ImportNotice(line: line, kind: .skipped, message: "\(error)"))
    }
}

extension Event {
    /// The same event with a team's own columns.
    fileprivate init(_ event: Event<StandardColumns>, columns: Columns) {
        self.init(
            id: event.id, type: event.type, source: event.source, subject: event.subject, time: event.time,
            data: event.data, dataContentType: event.dataContentType, dataSchema: event.dataSchema,
            specVersion: event.specVersion, extensions: event.extensions, correlationID: event.correlationID,
            causationID: event.causationID, columns: columns)
    }
}
