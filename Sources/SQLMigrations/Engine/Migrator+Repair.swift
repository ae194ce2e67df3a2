extension Migrator {
    /// Records that the pending migrations are applied, without running them: their tables are there already.
    ///
    /// - Parameters:
    ///   - target: The version to stop after; nil means the last one.
    ///   - only: The versions that are applied, when others before the target are not; nil means all.
    ///   - check: Is called under the lock before anything is recorded, to compare the database with what the migrations
    ///     give; what it throws keeps the history as it is.
    /// - Returns: The migrations that were recorded.
    /// - Throws: ``MigrationError`` when the history does not fit the files, and what the check throws.
    @discardableResult
    public func baseline(
        upTo target: Int64? = nil, only: Set<Int64>? = nil, check: () throws -> Void = {}
    ) throws -> [Migration] {
        let migrations = try migrations
        return try changeHistory {
            let records = try database.readHistory()
            let plan = MigrationPlan(
                migrations: migrations, records: records, upTo: target, allowingOutOfOrder: only ?? [])
            try throwProblems(of: plan)
            let adopted = plan.steps.filter { $0.record == nil && only?.contains($0.migration.version) ?? true }
            try check()
            var sequence = records.map(\.sequence).max() ?? 0
            let user = try database.currentUser()
            for step in adopted {
                sequence += 1
                let migration = step.migration
                try database.insert(
                    MigrationRecord(
                        version: migration.version, sequence: sequence, name: migration.name,
                        checksum: migration.checksum, state: .applied,
                        statementsDone: migration.up.statements.count, statements: migration.up.statements.count,
                        isTransactional: migration.up.isTransactional, tool: "\(tool), baseline", appliedBy: user,
                        startedAt: MigrationClock.now(), duration: 0))
            }
            return adopted.map(\.migration)
        }
    }

    /// Accepts the text of a file that was edited after it was applied.
    ///
    /// - Parameter version: The version of the file.
    /// - Throws: ``MigrationError`` when there is no such file, or it is not applied.
    public func accept(version: Int64) throws {
        guard let migration = try migrations.first(where: { $0.version == version }) else {
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

    private func changeHistory<Result>(_ body: () throws -> Result) throws -> Result {
        try database.withMigrationLock {
            try inTransaction(beginning: database.beginMigration) {
                if !(try database.historyExists()) { try database.createHistory() }
                return try body()
            }
        }
    }
}
