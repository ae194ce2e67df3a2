import EventSourcing
import SQLSchema

extension SQLiteSession {
    /// Commits appends together, each with its own check and its own outcome.
    ///
    /// A conflict is found before anything is written. When the database itself refuses an event, the whole is done
    /// again with a savepoint for each append, so that the others are not touched: the happy path pays for none.
    ///
    /// - Throws: only what keeps the database from working at all; then nothing was saved.
    func commit(
        _ appends: [StreamAppend<Columns>], stoppingAtFailure: Bool
    ) throws -> [Result<SaveResult, any Error>] {
        if appends.count == 1 {
            return try outcomes(of: appends, stoppingAtFailure: stoppingAtFailure, commitAlone)
        }
        do {
            return try commitTogether(appends, stoppingAtFailure: stoppingAtFailure)
        } catch is AppendRefused {
            do {
                return try commitWithSavepoints(appends, stoppingAtFailure: stoppingAtFailure)
            } catch is TransactionEnded {
                // A trigger has rolled back the transaction of all, so each is saved by itself.
                return commitOneByOne(appends, stoppingAtFailure: stoppingAtFailure)
            }
        }
    }

    private func commitTogether(
        _ appends: [StreamAppend<Columns>], stoppingAtFailure: Bool
    ) throws -> [Result<SaveResult, any Error>] {
        var known: KnownVersions? = KnownVersions()
        return try connection.withTransaction {
            try appends.outcomes(stoppingAtFailure: stoppingAtFailure) { append in
                do {
                    return .success(try self.append(append, known: &known))
                } catch let error as DatabaseError {
                    throw error.concernsEverybody ? error : AppendRefused()
                } catch {
                    return .failure(error)
                }
            }
        }
    }

    private func commitWithSavepoints(
        _ appends: [StreamAppend<Columns>], stoppingAtFailure: Bool
    ) throws -> [Result<SaveResult, any Error>] {
        try connection.withTransaction {
            try outcomes(of: appends, stoppingAtFailure: stoppingAtFailure) { append in
                var known: KnownVersions?
                return try connection.withSavepoint { try self.append(append, known: &known) }
            }
        }
    }

    /// What keeps the database from working may come after others were committed, so it is an outcome like any other.
    private func commitOneByOne(
        _ appends: [StreamAppend<Columns>], stoppingAtFailure: Bool
    ) -> [Result<SaveResult, any Error>] {
        appends.outcomes(stoppingAtFailure: stoppingAtFailure) { append in
            Result { try judgingRetries(of: append) { try commitAlone(append) } }
        }
    }

    private func commitAlone(_ append: StreamAppend<Columns>) throws -> SaveResult {
        var known: KnownVersions?
        return try connection.withTransaction { try self.append(append, known: &known) }
    }

    private func outcomes(
        of appends: [StreamAppend<Columns>], stoppingAtFailure: Bool,
        _ save: (StreamAppend<Columns>) throws -> SaveResult
    ) throws -> [Result<SaveResult, any Error>] {
        try appends.outcomes(stoppingAtFailure: stoppingAtFailure) { append in
            do {
                return .success(try judgingRetries(of: append) { try save(append) })
            } catch let error as DatabaseError where error.concernsEverybody {
                throw error
            } catch let error as TransactionEnded {
                throw error
            } catch {
                return .failure(error)
            }
        }
    }
}

/// The database refused an event of a batch, perhaps after others of its save were written.
private struct AppendRefused: Error {}

extension DatabaseError {
    /// Whether it would meet every other append, too.
    var concernsEverybody: Bool {
        switch code {
        case .cannotOpen, .notADatabase, .busy, .readOnly, .full, .inputOutput, .interrupted: true
        default: false
        }
    }
}
