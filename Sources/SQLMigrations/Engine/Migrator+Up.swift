extension Migrator {
    /// Applies what is pending.
    ///
    /// - Parameters:
    ///   - target: The version to stop after; nil means the last one.
    ///   - outOfOrder: The versions that may be applied although a higher one is.
    /// - Throws: ``MigrationError`` when the history does not fit the files, or a statement fails; the migrations before
    ///   that one stay applied.
    public func up(to target: Int64? = nil, allowingOutOfOrder outOfOrder: Set<Int64> = []) throws {
        // When nothing is to be done, no lock is taken: a read-only user can start a program, too.
        let plan = try plan(upTo: target, allowingOutOfOrder: outOfOrder)
        // What looks left behind may be another process at work; who has the lock knows.
        if !plan.problems.contains(where: { $0.code == .undecided || $0.code == .unfinished }) {
            try throwProblems(of: plan)
            guard !plan.steps.isEmpty else { return }
        }
        try database.withMigrationLock {
            while try applyNext(upTo: target, allowingOutOfOrder: outOfOrder) {}
        }
    }

    /// Applies one migration and returns whether more are pending.
    private func applyNext(upTo target: Int64?, allowingOutOfOrder outOfOrder: Set<Int64>) throws -> Bool {
        let watch = ContinuousClock.now
        var begun: MigrationPlan.Step?
        do {
            let (record, pending) = try inTransaction {
                if !(try database.historyExists()) { try database.createHistory() }
                let records = try database.readHistory()
                let plan = MigrationPlan(
                    migrations: migrations, records: records, upTo: target, allowingOutOfOrder: outOfOrder)
                try throwProblems(of: plan)
                guard let step = plan.steps.first else { return (nil as MigrationRecord?, 0) }
                begun = step
                report(.applying(step.migration, statementsDone: step.statementsDone))
                let sequence = (records.map(\.sequence).max() ?? 0) + 1
                return (try apply(step, sequence: sequence, since: watch), plan.steps.count)
            }
            guard let record, let step = begun else { return false }
            if record.state == .applied {
                report(.applied(record))
            } else {
                try finish(step.migration, from: record, since: watch)
            }
            return pending > 1
        } catch {
            guard let begun, begun.record == nil, begun.migration.up.isTransactional else { throw error }
            report(.rolledBack(begun.migration))
            throw located(error, in: begun.migration.up, of: begun.migration)
        }
    }

    /// Runs a transactional migration whole; of any other it only records that it is running.
    private func apply(
        _ step: MigrationPlan.Step, sequence: Int64, since watch: ContinuousClock.Instant
    ) throws -> MigrationRecord {
        let section = step.migration.up
        if var record = step.record {
            record.state = .running
            record.error = nil
            record.statements = section.statements.count
            try database.update(record)
            return record
        }
        var record = MigrationRecord(
            version: step.migration.version, sequence: sequence, name: step.migration.name,
            checksum: step.migration.checksum, state: .running, statementsDone: 0,
            statements: section.statements.count, isTransactional: section.isTransactional, tool: tool,
            appliedBy: try database.currentUser(), startedAt: MigrationClock.now())
        if section.isTransactional {
            for statement in section.statements { try execute(statement, of: step.migration) }
            record.state = .applied
            record.statementsDone = section.statements.count
            record.duration = watch.duration(to: .now).microseconds
        }
        try database.insert(record)
        return record
    }

    /// Runs the statements of a migration that was recorded as running, and records that it is applied.
    private func finish(
        _ migration: Migration, from record: MigrationRecord, since watch: ContinuousClock.Instant
    ) throws {
        try runOneByOne(migration.up, of: migration, from: record)
        let applied = try inTransaction {
            var record = try self.record(version: migration.version)
            // Another process may have been a moment faster; its record stays.
            guard record.state != .applied else { return record }
            record.state = .applied
            record.error = nil
            record.duration = watch.duration(to: .now).microseconds
            try database.update(record)
            return record
        }
        report(.applied(applied))
    }
}
