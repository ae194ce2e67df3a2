extension Migrator {
    /// Applies what is pending.
    ///
    /// Without a target and with ``MigrationFiles``, files are not checked when the history has each of them as it is.
    ///
    /// - Parameters:
    ///   - target: The version to stop after; nil means the last one.
    ///   - outOfOrder: The versions that may be applied although a higher one is.
    /// - Throws: ``MigrationError`` when the history does not fit the files, or a statement fails; the migrations before
    ///   that one stay applied.
    public func up(to target: Int64? = nil, allowingOutOfOrder outOfOrder: Set<Int64> = []) throws {
        let hasHistory = try database.historyExists()
        if target == nil, hasHistory, let checksums = try database.appliedChecksums(), files.areApplied(checksums) {
            return
        }
        // When nothing is to be done, no lock is taken: a read-only user can start a program, too.
        let plan = MigrationPlan(
            migrations: try migrations, records: hasHistory ? try database.readHistory() : [], upTo: target,
            allowingOutOfOrder: outOfOrder)
        // What looks left behind may be another process at work; who has the lock knows.
        if !plan.problems.contains(where: { $0.code == .undecided || $0.code == .unfinished }) {
            try throwProblems(of: plan)
            guard !plan.steps.isEmpty else { return }
        }
        try database.withMigrationLock {
            let queue = MigrationQueue(upTo: target, allowingOutOfOrder: outOfOrder)
            while try applyNext(queue) {}
        }
    }

    /// Applies one migration and returns whether more are pending.
    private func applyNext(_ queue: MigrationQueue) throws -> Bool {
        let watch = ContinuousClock.now
        do {
            let begun = try retryingLocks(of: { queue.current?.migration }) { _ in
                do {
                    return try inTransaction(beginning: database.beginMigration) { try begin(queue, since: watch) }
                } catch {
                    queue.forgetHistory()
                    throw error
                }
            }
            guard let (step, record) = begun else { return false }
            if record.state == .applied {
                report(.applied(record))
            } else {
                try finish(step, from: record, since: watch)
            }
            return queue.advance(past: record)
        } catch {
            guard let step = queue.current, step.record == nil, step.migration.up.isTransactional else { throw error }
            report(.rolledBack(step.migration))
            throw located(error, in: step.migration.up, of: step.migration)
        }
    }

    /// Takes the next migration and runs it whole; of one with `transaction:false` it only records that it is running.
    private func begin(
        _ queue: MigrationQueue, since watch: ContinuousClock.Instant
    ) throws -> (MigrationPlan.Step, MigrationRecord)? {
        if !queue.knowsHistory, !(try database.historyExists()) { try database.createHistory() }
        if try !queue.knowsHistory
            || (database.historyMayChange && database.lastSequence() != queue.lastSequence)
        {
            let records = try database.readHistory()
            let plan = MigrationPlan(
                migrations: try migrations, records: records, upTo: queue.target, allowingOutOfOrder: queue.outOfOrder)
            try throwProblems(of: plan)
            queue.learn(plan, records)
        }
        guard let step = queue.next else { return nil }
        queue.current = step
        report(.applying(step.migration, statementsDone: step.statementsDone))
        return (step, try apply(step, queue, since: watch))
    }

    private func apply(
        _ step: MigrationPlan.Step, _ queue: MigrationQueue, since watch: ContinuousClock.Instant
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
            version: step.migration.version, sequence: queue.lastSequence + 1, name: step.migration.name,
            checksum: step.migration.checksum, state: .running, statementsDone: 0,
            statements: section.statements.count, isTransactional: section.isTransactional, tool: tool,
            appliedBy: try queue.user(of: database), startedAt: MigrationClock.now())
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
        _ step: MigrationPlan.Step, from record: MigrationRecord, since watch: ContinuousClock.Instant
    ) throws {
        let migration = step.migration
        try runOneByOne(migration.up, of: migration, from: record, resuming: step.record)
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
