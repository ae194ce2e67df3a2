/// What applying would do, decided from the files and the history alone.
public struct MigrationPlan: Hashable, Sendable {
    /// One migration to apply.
    public struct Step: Hashable, Sendable {
        /// The migration.
        public let migration: Migration
        /// How far it came before; nil when it was not begun.
        public let record: MigrationRecord?

        /// How many of its statements have run already.
        public var statementsDone: Int { record?.statementsDone ?? 0 }
    }

    /// What is to be applied, in order: first a migration that was begun, then by version.
    public let steps: [Step]
    /// Why nothing may be applied; empty when all is well.
    public let problems: [MigrationError]
    /// Applied versions that are higher than every known one. Files that are gone, when the files are all there are;
    /// the work of a newer build, when they are those that a build carries.
    public let newer: [MigrationRecord]

    /// The migrations of the steps.
    public var pending: [Migration] { steps.map(\.migration) }

    /// Decides what to apply.
    ///
    /// - Parameters:
    ///   - migrations: The files.
    ///   - records: The history.
    ///   - target: The version to stop after; nil means the last one.
    ///   - outOfOrder: The versions that may be applied although a higher one is.
    public init(
        migrations: [Migration], records: [MigrationRecord], upTo target: Int64? = nil,
        allowingOutOfOrder outOfOrder: Set<Int64> = []
    ) {
        let rows = MigrationStatus.rows(migrations: migrations, records: records)
        var problems = rows.compactMap { Self.problem(with: $0, allowingOutOfOrder: outOfOrder) }
        if let target, !migrations.contains(where: { $0.version == target }) {
            problems.append(MigrationError(.unknownVersion, "there is no migration with the version \(target)"))
        }
        let steps = rows.compactMap { row -> Step? in
            guard let migration = row.migration, row.version <= target ?? .max else { return nil }
            switch row.state {
            case .pending, .outOfOrder, .running, .failed: return Step(migration: migration, record: row.record)
            case .applied, .edited, .missing, .newer, .undoing: return nil
            }
        }
        self.problems = problems
        self.steps = steps.filter { $0.record != nil } + steps.filter { $0.record == nil }
        newer = rows.filter { $0.state == .newer }.compactMap(\.record)
    }

    /// Every problem, with the newer versions among them as files that are gone.
    public var problemsWithNewer: [MigrationError] {
        problems + newer.map(MigrationError.missing)
    }
}
