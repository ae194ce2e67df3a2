import EventSourcing
import EventSourcingSQL

/// Saves on connections of a pool: the rules for lost races, retries and broken connections.
struct PostgresSaver<Columns: EventColumns>: Sendable {
    let pool: PostgresPool
    let mapping: PostgresMapping<Columns>
    let snapshotRetention: SnapshotRetention

    /// Lends a session that a cancelled task does not interrupt: what is sent is never in doubt because of that.
    private func run<Value: Sendable>(
        _ body: @escaping @Sendable (PostgresSession<Columns>) throws -> Value
    ) async throws -> Value {
        let (mapping, retention) = (mapping, snapshotRetention)
        return try await pool.withConnection { connection in
            try await connection.runUncancelled { connection in
                try body(
                    PostgresSession(mapping: mapping, snapshotRetention: retention, connection: connection))
            }
        }
    }

    // MARK: Together

    /// Saves a batch; nil stands for a save that has to be tried alone.
    func commitBatch(_ appends: [StreamAppend<Columns>]) async throws -> [Result<SaveResult, any Error>?] {
        guard appends.count > 1 else { return [await outcome(of: appends[0])] }
        var outcomes = appends.map(Self.refusal)
        let valid = appends.indices.filter { outcomes[$0] == nil }
        guard !valid.isEmpty else { return outcomes }
        do {
            let saved = try await run { session in try session.appendBatch(valid.map { appends[$0] }) }
            for (index, outcome) in zip(valid, saved) {
                if case .saved(let result) = outcome { outcomes[index] = .success(result) }
            }
        } catch let error as DatabaseError {
            // One of them is to blame, or the connection; alone each finds out what became of it.
            guard error.mayConcernOneSave || error.code == .connectionLost else { throw error }
        }
        return outcomes
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

    private func outcome(of append: StreamAppend<Columns>) async -> Result<SaveResult, any Error> {
        do {
            return .success(try await saveAlone(append))
        } catch {
            return .failure(error)
        }
    }

    /// Saves one append, again and again where the contract says that a race does not fail it.
    func saveAlone(_ append: StreamAppend<Columns>) async throws -> SaveResult {
        try EventValidator.check(append.events, for: append.aggregateID)
        var history = SaveHistory()
        while true {
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
            } catch let error as DatabaseError {
                guard history.mayTryAgain(after: error) else { throw history.error(for: error) }
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
        if appends.count > 1, appends.allSatisfy({ Self.refusal(of: $0) == nil }) {
            do {
                results = try await run { session in
                    let outcomes = try session.appendBatch(appends, allOrNone: stoppingAtFailure)
                    return try session.results(of: appends, outcomes)
                }
            } catch let error as DatabaseError {
                guard error.mayConcernOneSave || error.code == .connectionLost else { throw error }
            }
        }
        var outcomes: [Result<SaveResult, any Error>] = []
        for (append, result) in zip(appends, results) {
            let outcome: Result<SaveResult, any Error> =
                if let result { .success(result) } else { await self.outcome(of: append) }
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

/// What has happened to a save so far, which decides whether it is tried again.
struct SaveHistory {
    /// How often a save is tried that never fails because of a race.
    private static let maximumAttempts = 50

    private var attempts = 1
    private var lastVersion: Int?
    private var lostConnection: DatabaseError?

    var hasLostRace: Bool { lastVersion != nil }

    /// Judges a broken unique key.
    ///
    /// - Parameter version: the stream's version; when nobody has appended since the last race, it is another key.
    mutating func mayTryAgain(afterRaceAt version: Int) -> Bool {
        defer { lastVersion = version }
        attempts += 1
        return version != lastVersion && attempts <= Self.maximumAttempts
    }

    /// Judges any other failure of the database.
    mutating func mayTryAgain(after error: DatabaseError) -> Bool {
        attempts += 1
        switch error.code {
        case .transactionConflict: return attempts <= Self.maximumAttempts
        case .connectionLost where lostConnection == nil:
            // The ids tell whether it had been saved, so it is safe to do it again.
            lostConnection = error
            return true
        default: return false
        }
    }

    /// What to report; when an answer was lost and nobody could be asked about it, that is what matters.
    func error(for error: any Error) -> any Error {
        guard let lostConnection, lostConnection.isOutcomeUnknown, error is DatabaseError || error is PostgresPoolError
        else { return error }
        return lostConnection
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
