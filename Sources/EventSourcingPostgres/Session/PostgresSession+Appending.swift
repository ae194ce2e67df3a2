import EventSourcing
import EventSourcingSQL

extension PostgresSession {
    /// Appends to one stream in one trip, in a transaction of its own or in the one that is open.
    ///
    /// - Parameters:
    ///   - isSure: whether to wait for others who append to the stream in this way, after a lost race.
    ///   - lockTimeout: how long to wait for somebody else's transaction; nil means what the connection is set to.
    /// - Throws: `DatabaseError` with the code `uniqueViolation` when somebody was faster, or an id is not new.
    func append(_ append: StreamAppend<Columns>, isSure: Bool = false, lockTimeout: String? = nil) throws -> SaveResult
    {
        let statement = try connection.prepare(append.events.count == 1 ? sql.appendOne : sql.append)
        let result: PostgresResult?
        if isSure {
            let lock = try connection.prepare(sql.lockStream)
            var parameters = lock.parameters()
            try parameters.write(mapping.feedName, at: 0)
            try parameters.write(append.aggregateID, at: 1)
            // Together they are one transaction, unless one is open.
            result =
                try connection.pipeline { pipeline in
                    try pipeline.run(lock)
                    try write(append, lockTimeout: lockTimeout, to: statement)
                    try pipeline.run(statement)
                }.last
        } else {
            try write(append, lockTimeout: lockTimeout, to: statement)
            result = try statement.execute()
        }
        let found = try result?.first { row in
            (version: try row.value(Int.self, at: 0), positions: try row.positions(at: 1))
        }
        guard let found else { throw connection.unexpectedAnswer(statement.sql) }
        guard append.expectedVersion.accepts(found.version) else {
            if let earlier = try earlierSave(of: append) { return earlier }
            throw ConcurrencyError(
                aggregateID: append.aggregateID, expected: append.expectedVersion, actual: found.version)
        }
        return SaveResult(version: found.version + append.events.count, positions: found.positions)
    }

    private func write(
        _ append: StreamAppend<Columns>, lockTimeout: String?, to statement: PostgresStatement
    ) throws {
        var parameters = statement.parameters()
        try parameters.write(append.aggregateID, at: 0)
        try parameters.write(append.expectedVersion.parameter, at: 1)
        try parameters.set(lockTimeout, at: 2)
        if append.events.count == 1 {
            var event = statement.parameters(from: 4)
            try mapping.writeEvent(append.events[0], &event)
        } else {
            var rows = statement.arrayParameters(from: 4, count: sql.insertedCount)
            try mapping.writeEvents(append.events, &rows)
            try rows.finish()
        }
    }

    /// The result of the save that these events have been stored by before; nil when their ids are new to the stream.
    func earlierSave(of append: StreamAppend<Columns>) throws -> SaveResult? {
        let stored = try storedEvents(of: [append])
        return try RetryJudge.judge(append.events, for: append.aggregateID) { eventID in
            stored[StoredEventKey(append.aggregateID, eventID)]
        }
    }

    /// What the streams hold under the ids of events, found in one trip.
    func storedEvents(of appends: [StreamAppend<Columns>]) throws -> [StoredEventKey: RecordedEvent<Columns>] {
        let statement = try connection.prepare(sql.eventsByID)
        var rows = statement.arrayParameters(count: 2)
        for append in appends {
            for event in append.events {
                try rows.write(append.aggregateID, at: 0)
                try rows.write(event.id, at: 1)
            }
        }
        try rows.finish()
        let events = try mapping.readEvents(statement)
        return Dictionary(
            events.map { (StoredEventKey($0.aggregateID, $0.event.id), $0) }, uniquingKeysWith: { first, _ in first })
    }
}

/// A stream and an event id in it, compared by their bytes.
struct StoredEventKey: Hashable {
    private let stream: UTF8Key
    private let event: UTF8Key

    init(_ aggregateID: String, _ eventID: String) {
        stream = UTF8Key(aggregateID)
        event = UTF8Key(eventID)
    }
}

extension ExpectedVersion {
    /// Whether only one version is right.
    var isExact: Bool {
        switch self {
        case .noStream, .exact: true
        case .any, .exists: false
        }
    }

    /// What the statements take for an expectation.
    var parameter: Int64 {
        switch self {
        case .any: PostgresTexts.anyVersion
        case .exists: PostgresTexts.existingStream
        case .noStream: 0
        // No stream has a negative version, and the numbers below 0 have meanings here.
        case .exact(let version): version < 0 ? .min : Int64(version)
        }
    }
}

extension PostgresRow {
    /// The positions in an array; none for NULL.
    borrowing func positions(at column: Int) throws -> [Int] {
        isNull(at: column) ? [] : try integers(at: column)
    }
}

extension PostgresConnection {
    /// The error for an answer without the row that it must have.
    func unexpectedAnswer(_ sql: String) -> DatabaseError {
        DatabaseError(
            code: .unexpectedValue, engineCode: "02000", message: "the server answered without a row", sql: sql,
            database: address)
    }
}
