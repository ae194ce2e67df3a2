import EventSourcing

/// How much a transaction sees of what others commit meanwhile (SET TRANSACTION).
public enum PostgresIsolation: String, Hashable, Sendable {
    /// Each statement sees what was committed before it. After a conflict the transaction can go on.
    case readCommitted = "READ COMMITTED"
    /// All statements see the database as it was at the first of them.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after the other; any statement may fail with `transactionConflict`.
    case serializable = "SERIALIZABLE"
}

extension PostgresStore {
    /// Runs a closure in one transaction.
    ///
    /// What the closure does through the transaction commits together when it returns, and none of it when it throws.
    /// The closure runs on the thread of a connection, where it may block. It is not run again by itself when another
    /// transaction gets in the way.
    ///
    /// - Parameter isolation: how much the transaction sees of what others commit meanwhile.
    /// - Returns: what the closure returns, once the transaction is committed.
    /// - Throws: what the closure throws, `DatabaseError` when the transaction cannot be begun or committed, and
    ///   `CancellationError` when the task is cancelled before it is.
    public func withTransaction<Result: Sendable>(
        isolation: PostgresIsolation = .readCommitted,
        _ body: @escaping @Sendable (borrowing PostgresTransaction<Columns>) throws -> Result
    ) async throws -> Result {
        let correlationID = observer.correlationID
        return try await run(.withTransaction) { session in
            try session.connection.withTransaction(beginning: PlanSettings.beginForCaller(isolation)) {
                try body(PostgresTransaction(session, correlationID: correlationID))
            }
        }
    }

    /// Runs a closure that only reads, and sees the database as it was at its first statement.
    ///
    /// - Returns: what the closure returns.
    /// - Throws: what the closure throws; `DatabaseError` when it tries to write; and `CancellationError` when the task is
    ///   cancelled before it is done.
    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (borrowing PostgresTransaction<Columns>) throws -> Result
    ) async throws -> Result {
        try await run(.read) { session in
            try session.connection.withTransaction(beginning: PlanSettings.beginToRead) {
                try body(PostgresTransaction(session, correlationID: nil))
            }
        }
    }

    /// Appends to several streams in one transaction: to all of them, each with its own expectation, or to none.
    ///
    /// The streams are locked in one order, whatever the order here, so that two such calls never wait for each other.
    ///
    /// ```swift
    /// try await store.saveTogether([
    ///     StreamAppend([withdrawn], to: "account-1", expectedVersion: 7),
    ///     StreamAppend([deposited], to: "account-2", expectedVersion: .exists),
    /// ])
    /// ```
    ///
    /// - Returns: a result for each, in the order of the appends.
    /// - Throws: what `save` throws for the first append that is not accepted; then nothing of any was saved.
    @discardableResult
    public func saveTogether(_ appends: [StreamAppend<Columns>]) async throws -> [SaveResult] {
        let appends = correlated(appends)
        let count = appends.reduce(0) { $0 + $1.events.count }
        return try await observer.save(.saveTogether, saves: appends.count, events: count) {
            for append in appends { try EventValidator.check(append.events, for: append.aggregateID) }
            return try await saveTogetherUnobserved(appends)
        }
    }

    private func saveTogetherUnobserved(_ appends: [StreamAppend<Columns>]) async throws -> [SaveResult] {
        var history = SaveHistory(patience: poolOptions.timeout)
        while true {
            do {
                return try await lend { session in
                    if let results = try session.saveAtOnce(appends) { return results }
                    return try session.connection.withTransaction(beginning: "BEGIN ISOLATION LEVEL READ COMMITTED") {
                        try PostgresTransaction(session, correlationID: nil).saveInOrder(appends)
                    }
                }
            } catch let error as DatabaseError {
                // Nothing was saved, or everything, which the next attempt finds by the ids.
                guard history.mayTryAgain(after: error) else { throw history.error(for: error) }
                observer.retries(error)
            } catch {
                throw history.error(for: error)
            }
        }
    }
}

extension PostgresSession {
    /// Saves everything with one statement; nil, and nothing saved, when it takes a closer look.
    fileprivate func saveAtOnce(_ appends: [StreamAppend<Columns>]) throws -> [SaveResult]? {
        guard appends.count > 1, BatchPlanner().prefixCount(of: appends[...]) == appends.count else { return nil }
        do {
            let results = try appendBatch(appends, allOrNone: true).compactMap(\.result)
            return results.count == appends.count ? results : nil
        } catch let error as DatabaseError where error.mayConcernOneSave {
            return nil
        }
    }
}

extension PostgresTransaction {
    fileprivate borrowing func saveInOrder(_ appends: [StreamAppend<Columns>]) throws -> [SaveResult] {
        var results: [Int: SaveResult] = [:]
        for index in StreamGroup.groups(of: appends).flatMap(\.indexes) {
            let append = appends[index]
            results[index] = try save(append.events, for: append.aggregateID, expectedVersion: append.expectedVersion)
        }
        return appends.indices.compactMap { results[$0] }
    }
}
