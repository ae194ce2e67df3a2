import EventSourcing
import EventSourcingSQL

/// Saves on connections of a pool: the rules for lost races, retries and broken connections.
struct PostgresSaver<Columns: EventColumns>: Sendable {
    let pool: PostgresPool
    let mapping: PostgresMapping<Columns>
    let snapshotRetention: SnapshotRetention
    let observer: StoreObserver

    private func session(_ connection: PostgresConnection) -> PostgresSession<Columns> {
        PostgresSession(mapping: mapping, snapshotRetention: snapshotRetention, connection: connection)
    }

    /// Lends a session that a cancelled task does not interrupt: what is sent is never in doubt because of that.
    private func run<Value: Sendable>(
        _ body: @escaping @Sendable (PostgresSession<Columns>) throws -> Value
    ) async throws -> Value {
        try await pool.runUncancelled { connection in try body(session(connection)) }
    }

    // MARK: Together

    /// Lends what commits batches, on the thread of a connection.
    func lendCommitter(_ body: @escaping @Sendable (Result<BatchCommitter<Columns>, any Error>) -> Void) {
        pool.lend { [self] connection in
            body(
                connection.map { connection in
                    BatchCommitter { batch in
                        try commit(batch, session(connection))
                    } mayGoOn: {
                        connection.isReusable && !pool.isWanted
                    }
                })
        }
    }

    /// Saves a batch.
    private func commit(
        _ appends: [StreamAppend<Columns>], _ session: PostgresSession<Columns>
    ) throws -> CommittedBatch {
        var batch = CommittedBatch(appends.map(Self.refusal))
        let valid = appends.indices.filter { batch.outcomes[$0] == nil }
        guard let first = valid.first else { return batch }
        observer.sends(batchOf: valid.count)
        var refusal: DatabaseError?
        do {
            if valid.count == 1 {
                batch.outcomes[first] = try lone(appends[first], session)
                return batch
            }
            for (index, outcome) in zip(valid, try session.appendBatch(valid.map { appends[$0] })) {
                if case .saved(let result) = outcome { batch.outcomes[index] = .success(result) }
            }
        } catch let error as DatabaseError where error.code == .connectionLost {
            batch.failure = error
            return batch
        } catch let error as DatabaseError {
            // One of them may be to blame; alone each finds out what becomes of it.
            guard error.mayConcernOneSave else { throw error }
            refusal = error
        }
        observer.splits(batchOf: valid.count, left: batch.outcomes.count { $0 == nil }, because: refusal)
        return batch
    }

    /// A first attempt to save one append, which does not wait for others as long as it takes.
    private func lone(
        _ append: StreamAppend<Columns>, _ session: PostgresSession<Columns>
    ) throws -> Result<SaveResult, any Error> {
        do {
            return .success(try session.append(append, lockTimeout: PostgresTexts.lockTimeout))
        } catch let error as DatabaseError {
            throw error
        } catch {
            return .failure(error)
        }
    }

    /// What is wrong with an append before it is sent.
    private static func refusal(of append: StreamAppend<Columns>) -> Result<SaveResult, any Error>? {
        do {
            try EventValidator.check(append.events, for: append.aggregateID)
            return nil
        } catch {
            return .failure(error)
        }
    }

    // MARK: Alone

    /// The history of saves whose connection has broken.
    private func history(after lostConnection: DatabaseError) -> SaveHistory {
        var history = SaveHistory(patience: pool.options.timeout)
        _ = history.mayTryAgain(after: lostConnection)
        return history
    }

    private func outcome(
        of append: StreamAppend<Columns>, after history: SaveHistory?
    ) async -> Result<SaveResult, any Error> {
        do {
            return .success(try await saveAlone(append, after: history))
        } catch {
            return .failure(error)
        }
    }

    /// Saves one append that a batch could not save.
    ///
    /// - Parameter failure: the error of a batch that may have saved it.
    func saveAlone(_ append: StreamAppend<Columns>, after failure: (any Error)?) async throws -> SaveResult {
        try await saveAlone(append, after: (failure as? DatabaseError).map(history))
    }

    /// Saves one append, again and again where the contract says that a race does not fail it.
    ///
    /// - Parameter history: what became of an earlier attempt, which may have saved it.
    private func saveAlone(_ append: StreamAppend<Columns>, after history: SaveHistory?) async throws -> SaveResult {
        try EventValidator.check(append.events, for: append.aggregateID)
        var history = history ?? SaveHistory(patience: pool.options.timeout)
        if let error = history.lostConnection { observer.retries(error) }
        while true {
            if let error = history.lostConnection(at: .now) { throw error }
            let isSure = history.hasLostRace
            do {
                return try await run { session in try session.append(append, isSure: isSure) }
            } catch let error as DatabaseError where error.code == .uniqueViolation {
                // The ids are judged first; without one in common, somebody else was faster.
                let (earlier, version) = try await run { session in
                    (try session.earlierSave(of: append), try session.version(of: append.aggregateID))
                }
                if let earlier { return earlier }
                guard history.mayTryAgain(afterRaceAt: version) else { throw error }
                observer.retries(error)
            } catch let error as DatabaseError {
                guard history.mayTryAgain(after: error) else { throw history.error(for: error) }
                observer.retries(error)
            } catch {
                throw history.error(for: error)
            }
        }
    }

    // MARK: One after the other

    /// Saves several appends, judged in their order, with as few trips as possible.
    func saveEach(
        _ appends: [StreamAppend<Columns>], stoppingAtFailure: Bool
    ) async throws -> [Result<SaveResult, any Error>] {
        var outcomes: [Result<SaveResult, any Error>] = []
        outcomes.reserveCapacity(appends.count)
        var rest = appends[...]
        while !rest.isEmpty {
            let batch = Array(rest.prefix(BatchPlanner().prefixCount(of: rest)))
            rest = rest.dropFirst(batch.count)
            outcomes += try await saveInOrder(batch, stoppingAtFailure: stoppingAtFailure)
            if case .failure = outcomes.last, stoppingAtFailure { break }
        }
        return outcomes
    }

    /// Saves appends that may go together; what may not, is judged by itself afterwards.
    private func saveInOrder(
        _ appends: [StreamAppend<Columns>], stoppingAtFailure: Bool
    ) async throws -> [Result<SaveResult, any Error>] {
        var results: [SaveResult?] = Array(repeating: nil, count: appends.count)
        var history: SaveHistory?
        let goTogether = appends.count > 1 && appends.allSatisfy { Self.refusal(of: $0) == nil }
        observer.sends(batchOf: goTogether ? appends.count : 1)
        if goTogether {
            do {
                results = try await run { session in
                    let outcomes = try session.appendBatch(appends, allOrNone: stoppingAtFailure)
                    return try session.results(of: appends, outcomes)
                }
            } catch let error as DatabaseError where error.code == .connectionLost {
                history = self.history(after: error)
            } catch let error as DatabaseError {
                guard error.mayConcernOneSave else { throw error }
            }
        }
        var outcomes: [Result<SaveResult, any Error>] = []
        for (append, result) in zip(appends, results) {
            if goTogether, result == nil, history == nil {
                observer.splits(batchOf: appends.count, left: 1, because: nil)
            }
            let outcome: Result<SaveResult, any Error> =
                if let result { .success(result) } else { await self.outcome(of: append, after: history) }
            observer.ended(outcome, events: append.events.count)
            outcomes.append(outcome)
            if case .failure = outcome, stoppingAtFailure { break }
        }
        return outcomes
    }
}

extension PostgresSession {
    /// The results of what a batch saved, and of what turns out to have been saved before; nil for everything else.
    fileprivate func results(
        of appends: [StreamAppend<Columns>], _ outcomes: [BatchOutcome]
    ) throws -> [SaveResult?] {
        let left = zip(appends, outcomes).compactMap { append, outcome in outcome.result == nil ? append : nil }
        guard !left.isEmpty else { return outcomes.map(\.result) }
        let stored = try storedEvents(of: left)
        return zip(appends, outcomes).map { append, outcome in
            // An overlap of another kind is found, and told, when the append is tried alone.
            outcome.result
                ?? (try? RetryJudge.judge(append.events, for: append.aggregateID) { eventID in
                    stored[StoredEventKey(append.aggregateID, eventID)]
                }) ?? nil
        }
    }
}

extension DatabaseError {
    /// Whether a batch may have failed because of one of its saves, or of somebody who is in the way of one.
    var mayConcernOneSave: Bool {
        switch code {
        case .uniqueViolation, .constraintViolation, .refusedByTrigger, .notPermitted, .busy, .transactionConflict,
            .tooLarge, .invalidSQL, .other:
            true
        default: false
        }
    }
}
