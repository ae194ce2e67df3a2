import SQLSchema

extension Migrator {
    /// Runs a body in a transaction, which is rolled back when it throws.
    func inTransaction<Result>(
        beginning begin: (() throws -> Void)? = nil, _ body: () throws -> Result
    ) throws -> Result {
        try (begin ?? database.begin)()
        do {
            let result = try body()
            try database.commit()
            return result
        } catch {
            // The first error is the one to tell; a rollback that fails leaves a transaction that the database drops.
            if database.isInTransaction { try? database.rollback() }
            throw error
        }
    }

    /// Runs a statement within the transaction that is open, and makes sure that it still is.
    func execute(_ statement: SQLStatement, of migration: Migration) throws {
        try run(statement, of: migration)
        guard database.isInTransaction else {
            throw migration.source.error(
                .transactionEnded, "this statement ended the transaction of its migration", at: statement.offset)
        }
    }

    /// Gives an error of the transaction as a whole, such as a deferred constraint that the commit finds broken, the
    /// place of the section.
    func located(_ error: any Error, in section: MigrationSection, of migration: Migration) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        return MigrationError(
            .statementFailed, "the transaction of this section failed: \(error.reason)",
            location: section.location, databaseError: error)
    }

    /// Runs a section statement by statement from where the record says, and raises the record with each.
    ///
    /// - Parameter earlier: What the history said of an earlier attempt; nil when this is the first.
    func runOneByOne(
        _ section: MigrationSection, of migration: Migration, from record: MigrationRecord,
        resuming earlier: MigrationRecord?
    ) throws {
        let placements = section.statements.map { $0.placement(in: migration.dialect) }
        var done = record.statementsDone
        guard (0...section.statements.count).contains(done) else {
            throw migration.source.error(
                .undecided,
                "the history says that \(done) of its \(section.statements.count) statements have run; settle it with "
                    + "`migrate repair --version \(migration.version) --done COUNT`", at: 0)
        }
        do {
            // What changed the connection is gone with the connection that it was run on.
            for index in 0..<done where placements[index] == .connection {
                try run(section.statements[index], of: migration)
            }
            while done < section.statements.count {
                let past = done == record.statementsDone ? StatementPast(earlier) : .new
                try runNext(section.statements[done], placements[done], at: done, of: migration, past)
                done += 1
            }
        } catch {
            if let failure = error as? MigrationError { note(failure, of: migration, statementsDone: done) }
            report(.stopped(migration, statementsDone: done))
            throw error
        }
    }

    private func runNext(
        _ statement: SQLStatement, _ placement: SQLStatement.Placement, at index: Int, of migration: Migration,
        _ past: StatementPast
    ) throws {
        switch placement {
        case .transaction:
            try retryingLocks(of: { migration }) { _ in
                try inTransaction {
                    try raise(migration.version, from: index) { try execute(statement, of: migration) }
                }
            }
        case .connection:
            // A statement that changes the connection is run even when another process has already counted it.
            try run(statement, of: migration)
            try inTransaction { try raise(migration.version, from: index) {} }
        case .outside:
            guard try record(version: migration.version).statementsDone == index else { return }
            try retryingLocks(of: { migration }) { attempt in
                try runAlone(statement, of: migration, attempt == 1 ? past : .failed)
            }
            try inTransaction { try raise(migration.version, from: index) {} }
        }
    }

    /// Runs a statement outside of any transaction, after a look at what earlier attempts have left of it.
    private func runAlone(_ statement: SQLStatement, of migration: Migration, _ past: StatementPast) throws {
        if past != .new {
            switch try database.outcome(of: statement) {
            case .done where past == .unknown:
                return
            case .halfDone(let remains, let cleanUp):
                report(.cleaningUp(migration, remains: remains))
                try locating(statement, of: migration) {
                    try database.executeAlone(SQLStatement(cleanUp, at: statement))
                }
            case .done, .notRun, .unknown:
                break
            }
        }
        try locating(statement, of: migration) { try database.executeAlone(statement) }
        // `IF NOT EXISTS` is content with an index that is of no use.
        if case .halfDone(let remains, _) = try database.outcome(of: statement) {
            throw migration.source.error(
                .statementFailed, "\(remains); the next `migrate up` removes it and runs this statement again",
                at: statement.offset)
        }
    }

    /// Counts a statement as done, unless another process that applies the same migration has done it.
    private func raise(_ version: Int64, from done: Int, _ work: () throws -> Void) throws {
        var record = try record(version: version)
        guard record.statementsDone == done else { return }
        try work()
        record.statementsDone = done + 1
        try database.update(record)
    }

    /// Records that the database refused a statement, which is the proof that it has not run.
    ///
    /// Any other error, such as one of counting a statement that did run, proves nothing and is not recorded. When the
    /// recording fails, the error that came first is the one to tell.
    private func note(_ failure: MigrationError, of migration: Migration, statementsDone: Int) {
        try? inTransaction {
            var record = try record(version: migration.version)
            guard record.statementsDone == statementsDone, record.state != .applied else { return }
            if record.state == .running { record.state = .failed }
            record.error = failure.message
            try database.update(record)
        }
    }

    private func run(_ statement: SQLStatement, of migration: Migration) throws {
        try locating(statement, of: migration) { try database.execute(statement.text) }
    }

    /// Gives what the database refuses its place in the file.
    private func locating(_ statement: SQLStatement, of migration: Migration, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as DatabaseError {
            // What was run in its stead has no place in the file.
            let isItself = error.sql == nil || error.sql == statement.text
            let offset = isItself ? min(max(error.offset ?? 0, 0), statement.text.utf8.count) : 0
            var failure = migration.source.error(
                .statementFailed, error.reason, at: statement.offset + offset)
            failure.databaseError = error
            throw failure
        }
    }
}

/// What is known of a statement before it is run.
private enum StatementPast {
    /// It has not been begun.
    case new
    /// It may have run: the process that began it is gone.
    case unknown
    /// It was begun and failed.
    case failed

    init(_ record: MigrationRecord?) {
        self = record.map { $0.error == nil ? .unknown : .failed } ?? .new
    }
}

extension DatabaseError {
    /// What the database said and what to do about it; the statement and the file are told by the place.
    fileprivate var reason: String {
        "\(message) (\(engineCode))" + (advice.map { "; \($0)" } ?? "")
    }
}
