extension Migrator {
    /// Records that the pending migrations are applied, without running them: their tables are there already.
    ///
    /// - Parameter target: The version to stop after.
    /// - Throws: ``MigrationError`` when the history does not fit the files.
    public func baseline(upTo target: Int64) throws {
        try changeHistory {
            let records = try database.readHistory()
            let plan = MigrationPlan(migrations: migrations, records: records, upTo: target)
            try throwProblems(of: plan)
            var sequence = records.map(\.sequence).max() ?? 0
            for step in plan.steps where step.record == nil {
                sequence += 1
                let migration = step.migration
                try database.insert(
                    MigrationRecord(
                        version: migration.version, sequence: sequence, name: migration.name,
                        checksum: migration.checksum, state: .applied, statementsDone: 0,
                        statements: migration.up.statements.count, isTransactional: migration.up.isTransactional,
                        tool: tool, appliedBy: try database.currentUser(), startedAt: MigrationClock.now(),
                        duration: 0))
            }
        }
    }

    /// Accepts the text of a file that was edited after it was applied.
    ///
    /// - Parameter version: The version of the file.
    /// - Throws: ``MigrationError`` when there is no such file, or it is not applied.
    public func accept(version: Int64) throws {
        guard let migration = migrations.first(where: { $0.version == version }) else {
            throw MigrationError(.unknownVersion, "there is no migration with the version \(version)")
        }
        try repair(version) { record in
            record.name = migration.name
            record.checksum = migration.checksum
        }
    }

    /// Settles how many statements of a half-done `transaction:false` migration have run; it goes on with the next.
    ///
    /// - Parameters:
    ///   - version: The version of the migration.
    ///   - statementsDone: How many statements have run, as somebody found out.
    /// - Throws: ``MigrationError`` when the migration is not half done, or has fewer statements.
    public func settle(version: Int64, statementsDone: Int) throws {
        try repair(version) { record in
            guard record.state != .applied else {
                throw MigrationError(.unknownVersion, "version \(version) is not half done")
            }
            guard (0...record.statements).contains(statementsDone) else {
                throw MigrationError(
                    .unknownVersion, "version \(version) has \(record.statements) statements, not \(statementsDone)")
            }
            record.statementsDone = statementsDone
            record.error = "a person settled that \(statementsDone) statements have run"
            if record.state == .running { record.state = .failed }
        }
    }

    private func repair(_ version: Int64, _ change: (inout MigrationRecord) throws -> Void) throws {
        try changeHistory {
            guard var record = try database.readHistory().first(where: { $0.version == version }) else {
                throw MigrationError(.unknownVersion, "version \(version) is not applied")
            }
            try change(&record)
            try database.update(record)
        }
    }

    private func changeHistory(_ body: () throws -> Void) throws {
        try database.withMigrationLock {
            try inTransaction {
                if !(try database.historyExists()) { try database.createHistory() }
                try body()
            }
        }
    }
}
