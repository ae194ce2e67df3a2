import SQLSchema

extension Migrator {
    /// Applies what is pending in one transaction and rolls all of it back.
    ///
    /// The statements take their locks as they would for good. Those that cannot be rolled back, such as `VACUUM` and
    /// `CREATE INDEX CONCURRENTLY`, are reported with ``MigrationEvent/notTried(_:_:)`` and left out.
    ///
    /// - Parameters:
    ///   - target: The version to stop after; nil means the last one.
    ///   - outOfOrder: The versions that may be applied although a higher one is.
    /// - Returns: The migrations that were tried.
    /// - Throws: ``MigrationError`` when the history does not fit the files, or a statement fails.
    @discardableResult
    public func tryUp(to target: Int64? = nil, allowingOutOfOrder outOfOrder: Set<Int64> = []) throws -> [Migration] {
        let migrations = try migrations
        return try database.withMigrationLock {
            var current: Migration?
            return try retryingLocks(of: { current }) { _ in
                try database.beginMigration()
                defer { if database.isInTransaction { try? database.rollback() } }
                let plan = MigrationPlan(
                    migrations: migrations, records: try history(), upTo: target, allowingOutOfOrder: outOfOrder)
                try throwProblems(of: plan)
                for step in plan.steps {
                    current = step.migration
                    try rehearse(step)
                }
                return plan.pending
            }
        }
    }

    private func rehearse(_ step: MigrationPlan.Step) throws {
        let migration = step.migration
        report(.applying(migration, statementsDone: step.statementsDone))
        for statement in migration.up.statements.dropFirst(step.statementsDone) {
            guard statement.canBeRolledBack(in: migration.dialect) else {
                report(.notTried(migration, statement))
                continue
            }
            try execute(statement, of: migration)
        }
        do {
            try database.checkConstraints()
        } catch {
            throw located(error, in: migration.up, of: migration)
        }
    }
}

extension SQLStatement {
    /// Whether a transaction that is rolled back takes the statement with it.
    fileprivate func canBeRolledBack(in dialect: Dialect) -> Bool {
        switch placement(in: dialect) {
        case .transaction: true
        case .outside: false
        // SQLite ignores some pragmas in a transaction, and refuses others.
        case .connection: dialect == .postgres || words.first == "CREATE"
        }
    }
}
