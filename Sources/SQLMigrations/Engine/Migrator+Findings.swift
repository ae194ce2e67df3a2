extension Migrator {
    /// Everything that keeps a database from being what the files say: pending, edited and missing files, versions out of
    /// order, and migrations that are half done. Changes nothing, and takes no lock.
    ///
    /// - Returns: A problem for each, with its file; none when all is well.
    public func findings() throws -> [MigrationError] {
        let rows = try status()
        return rows.flatMap { row -> [MigrationError] in
            if let problem = MigrationPlan.problem(with: row, allowingOutOfOrder: []) { return problem.problems }
            return row.finding.map { [$0] } ?? []
        }
    }
}

extension MigrationStatus {
    /// What is to be said of a migration that can simply be applied, or whose file a newer build has.
    fileprivate var finding: MigrationError? {
        switch (state, migration, record) {
        case (.pending, let migration?, _):
            MigrationError(.pending, "version \(version) is not applied", location: migration.start)
        case (.newer, _, let record?):
            .missing(record)
        case (.running, let migration?, let record?), (.failed, let migration?, let record?):
            MigrationError(
                .unfinished,
                "version \(version) is applied up to statement \(record.statementsDone) of \(record.statements)"
                    + (record.error.map { ", because the next one failed: \($0)" } ?? "")
                    + "; another process is at work, or go on with `migrate up`",
                location: migration.start)
        default:
            nil
        }
    }
}
