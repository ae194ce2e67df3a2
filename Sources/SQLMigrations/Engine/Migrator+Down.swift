extension Migrator {
    /// Undoes migrations, the last one applied first.
    ///
    /// Nothing is undone unless everything asked for can be.
    ///
    /// - Parameter extent: How far to go back.
    /// - Throws: ``MigrationError`` when a migration cannot be undone, or a statement fails.
    public func down(_ extent: MigrationUndoPlan.Extent = .steps(1)) throws {
        // A mistake in a file is told before anything else is done.
        _ = try migrations
        try database.withMigrationLock {
            let plan = try undoPlan(extent)
            if let error = MigrationError(plan.problems) { throw error }
            for step in plan.steps { try undo(step) }
        }
    }

    private func undo(_ step: MigrationUndoPlan.Step) throws {
        let migration = step.migration
        report(.undoing(migration, statementsDone: step.statementsDone))
        let isWhole = step.section.isTransactional && step.record.state == .applied
        do {
            let begun = try retryingLocks(of: { migration }) { _ in
                try inTransaction(beginning: database.beginMigration) {
                    // Judged by the record that the plan was made from: anything else is the work of another process.
                    guard try record(version: migration.version) == step.record else {
                        throw MigrationError(
                            .changedMeanwhile,
                            "another process worked on version \(migration.version) at the same time; see `migrate status`"
                        )
                    }
                    return isWhole ? try undoWhole(step) : try begin(step)
                }
            }
            if !isWhole {
                try runOneByOne(
                    step.section, of: migration, from: begun,
                    resuming: step.record.state == .undoing ? step.record : nil)
                try inTransaction { try database.deleteRecord(version: migration.version) }
            }
        } catch {
            guard isWhole else { throw error }
            report(.rolledBack(migration))
            throw located(error, in: step.section, of: migration)
        }
        report(.undone(step.record))
    }

    private func undoWhole(_ step: MigrationUndoPlan.Step) throws -> MigrationRecord {
        for statement in step.section.statements { try execute(statement, of: step.migration) }
        try database.deleteRecord(version: step.migration.version)
        return step.record
    }

    /// Records that the statements of the down section run one by one from now on.
    private func begin(_ step: MigrationUndoPlan.Step) throws -> MigrationRecord {
        var record = step.record
        record.state = .undoing
        record.statementsDone = step.statementsDone
        record.statements = step.section.statements.count
        record.duration = nil
        record.error = nil
        try database.update(record)
        return record
    }
}
