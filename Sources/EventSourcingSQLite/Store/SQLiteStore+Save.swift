public import EventSourcing
import SQLSchema

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
        try connections().write { try commit(appends, stoppingAtFailure: stoppingAtFailure, on: $0) }
    }

    public func version(of aggregateID: String) throws -> Int {
        try connections().read { try streamVersion(of: aggregateID, on: $0) }
    }

    // MARK: Committing

    /// Commits what waited at the same moment.
    func commit(_ batch: [StreamAppend<Columns>]) throws -> [Result<SaveResult, any Error>] {
        try connections().write { try commit(batch, stoppingAtFailure: false, on: $0) }
    }

    /// Commits appends together, each with its own check and its own outcome.
    ///
    /// - Throws: only what keeps the database from working at all; then nothing was saved.
    private func commit(
        _ appends: [StreamAppend<Columns>], stoppingAtFailure: Bool, on connection: StoreConnection
    ) throws -> [Result<SaveResult, any Error>] {
        func outcomes(
            _ save: (StreamAppend<Columns>) throws -> SaveResult
        ) throws -> [Result<SaveResult, any Error>] {
            try appends.outcomes(stoppingAtFailure: stoppingAtFailure) { append in
                do {
                    return .success(try judgingRetries(of: append, on: connection) { try save(append) })
                } catch let error as DatabaseError where error.concernsEverybody {
                    throw error
                } catch let error as TransactionEnded {
                    throw error
                } catch {
                    return .failure(error)
                }
            }
        }
        func alone(_ append: StreamAppend<Columns>) throws -> SaveResult {
            try connection.withTransaction { try write(append, on: connection) }
        }
        guard appends.count > 1 else { return try outcomes(alone) }
        do {
            return try connection.withTransaction {
                try outcomes { append in try connection.withSavepoint { try write(append, on: connection) } }
            }
        } catch is TransactionEnded {
            // A trigger has rolled back the transaction of all, so each is saved by itself.
            return try outcomes(alone)
        }
    }

    // MARK: Writing

    /// Appends inside a transaction; what was inserted before an error stays until the caller rolls back.
    private func write(_ append: StreamAppend<Columns>, on connection: StoreConnection) throws -> SaveResult {
        try EventValidator.check(append.events, for: append.aggregateID)
        let version = try streamVersion(of: append.aggregateID, on: connection)
        guard append.expectedVersion.accepts(version) else {
            if let earlier = try earlierSave(of: append, on: connection) { return earlier }
            throw ConcurrencyError(
                aggregateID: append.aggregateID, expected: append.expectedVersion, actual: version)
        }
        guard !append.events.isEmpty else { return SaveResult(version: version, positions: []) }
        guard !version.addingReportingOverflow(append.events.count).overflow else {
            throw StoreError(.unsupported, "\(append.aggregateID): a version above \(Int.max) cannot be counted")
        }
        let statement = try connection.statement(.insertEvent)
        // Otherwise the last event would stay in memory until the next save.
        defer { statement.clearParameters() }
        var parameters = statement.parameters()
        try parameters.write(append.aggregateID, at: 0)
        try parameters.write(Instant.now(), at: 2)
        var positions: [Int] = []
        positions.reserveCapacity(append.events.count)
        for index in 0..<append.events.count {
            try parameters.write(Int64(version + index + 1), at: 1)
            try mapping.writeEvent(append.events[index], statement)
            try statement.run()
            positions.append(Int(try connection.insertedRowID()))
        }
        return SaveResult(version: version + append.events.count, positions: positions)
    }

    /// Runs a write, and judges the ids when one of them is in the stream already: the happy path asks nothing more.
    private func judgingRetries(
        of append: StreamAppend<Columns>, on connection: StoreConnection, _ write: () throws -> SaveResult
    ) throws -> SaveResult {
        do {
            return try write()
        } catch let error as DatabaseError where error.code == .uniqueViolation {
            // Without an id in common it is a unique key of the team's own that was broken.
            guard let earlier = try earlierSave(of: append, on: connection) else { throw error }
            return earlier
        }
    }

    private func earlierSave(
        of append: StreamAppend<Columns>, on connection: StoreConnection
    ) throws -> SaveResult? {
        let statement = try connection.statement(.eventByID)
        return try RetryJudge.judge(append.events, for: append.aggregateID) { eventID in
            var parameters = statement.parameters()
            try parameters.write(append.aggregateID, at: 0)
            try parameters.write(eventID, at: 1)
            return try mapping.readEvents(statement).first
        }
    }

    func streamVersion(of aggregateID: String, on connection: StoreConnection) throws -> Int {
        let statement = try connection.statement(.streamVersion)
        var parameters = statement.parameters()
        try parameters.write(aggregateID, at: 0)
        return try statement.first { row in row.isNull(at: 0) ? 0 : Int(try row.int64(at: 0)) } ?? 0
    }
}

extension DatabaseError {
    /// Whether it would meet every other append, too.
    var concernsEverybody: Bool {
        switch code {
        case .cannotOpen, .notADatabase, .busy, .readOnly, .full, .inputOutput, .interrupted: true
        default: false
        }
    }
}
