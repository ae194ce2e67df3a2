/// Saves CloudEvents messages, one a line, into any synchronous store: in order, in large commits, and only once.
///
/// While one batch of lines is saved, on a thread of its own, the next one is parsed.
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
    /// The lines that are being saved while the next ones are parsed.
    private var underWay: (lines: [Pending], commit: CommitUnderWay<Store.Columns>)?

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
        try settle()
    }

    /// Large enough that a commit costs little per event, small enough to keep memory flat.
    private static var batchCount: Int { 8000 }
    private static var batchBytes: Int { 8_000_000 }

    private mutating func append(from line: UnsafeBufferPointer<UInt8>) throws -> StreamAppend<Store.Columns> {
        let message = try CloudEventMessage(parsing: line)
        let append = StreamAppend(
            [Event(message.event, columns: try makeColumns(message))],
            to: try message.aggregateID(from: streamAttribute))
        try EventValidator.check(append.events, for: append.aggregateID)
        if message.isTimeTruncated {
            summary.truncatedTimes += 1
            report(ImportNotice(line: summary.lines, kind: .timeTruncated, message: "time: cut to microseconds"))
        }
        return append
    }

    /// Begins to save what is pending, once what is under way is done.
    private mutating func flush() throws {
        try settle()
        guard !pending.isEmpty else { return }
        let commit = CommitUnderWay(pending.map { $0.append }, into: store, stoppingAtFailure: errorPolicy == .stop)
        underWay = (pending, commit)
        pending = []
        pendingBytes = 0
    }

    /// Waits for what is under way, and deals with what became of it.
    private mutating func settle() throws {
        guard let (lines, commit) = underWay else { return }
        underWay = nil
        var rest = lines[...]
        do {
            rest = try takeAccount(of: commit.outcomes(), for: rest)
            // A line that turned out to be saved already has stopped the batch, and the next one may, too.
            var size = 16
            while !rest.isEmpty {
                let batch = rest.prefix(size)
                let outcomes = try store.saveEach(batch.map { $0.append }, stoppingAtFailure: errorPolicy == .stop)
                size = outcomes.count < batch.count ? 16 : size * 2
                rest = try takeAccount(of: outcomes, for: rest)
            }
        } catch let error as ImportError {
            // Nothing behind the line that stopped the import is saved.
            pending = []
            throw error
        } catch {
            // The store could not work at all, so the lines are still to be saved.
            pending = rest + pending
            throw error
        }
    }

    /// Counts what became of the first of some lines, and returns the others.
    private mutating func takeAccount(
        of outcomes: [Result<SaveResult, any Error>], for lines: ArraySlice<Pending>
    ) throws -> ArraySlice<Pending> {
        for (item, outcome) in zip(lines, outcomes) {
            do {
                count(try outcome.get())
            } catch {
                if let repeated = try savedWithoutSubject(item.append, after: error) {
                    count(repeated)
                } else if errorPolicy == .skip {
                    skip(item.line, error)
                } else {
                    throw ImportError(line: item.line, underlying: error)
                }
            }
        }
        return lines.dropFirst(outcomes.count)
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

    /// Deals with a line that cannot be parsed, after the lines before it.
    private mutating func fail(at line: Int, _ error: any Error) throws {
        guard errorPolicy == .skip else {
            try finish()
            throw ImportError(line: line, underlying: error)
        }
        skip(line, error)
    }

    private mutating func skip(_ line: Int, _ error: any Error) {
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
