/// What undoing would do, decided from the files and the history alone.
public struct MigrationUndoPlan: Hashable, Sendable {
    /// How far to go back.
    public enum Extent: Hashable, Sendable {
        /// That many migrations.
        case steps(Int)
        /// Every migration that was applied after that version; 0 stands for all.
        case after(Int64)
    }

    /// One migration to undo.
    public struct Step: Hashable, Sendable {
        /// The migration.
        public let migration: Migration
        /// The section that undoes it.
        public let section: MigrationSection
        /// Its row of the history.
        public let record: MigrationRecord

        /// How many statements of the section have run already.
        public var statementsDone: Int { record.state == .undoing ? record.statementsDone : 0 }
    }

    /// What is to be undone: the last migration applied comes first, whatever its version is.
    public let steps: [Step]
    /// Why nothing may be undone; empty when all is well.
    public let problems: [MigrationError]

    /// Decides what to undo.
    ///
    /// - Parameters:
    ///   - migrations: The files.
    ///   - records: The history.
    ///   - extent: How far to go back.
    public init(migrations: [Migration], records: [MigrationRecord], _ extent: Extent) {
        let lastFirst = records.sorted { $0.sequence > $1.sequence }
        let chosen: ArraySlice<MigrationRecord>
        switch extent {
        case .steps(let count):
            chosen = lastFirst.prefix(max(0, count))
        case .after(0):
            chosen = lastFirst[...]
        case .after(let version):
            guard let end = lastFirst.firstIndex(where: { $0.version == version }) else {
                steps = []
                problems = [MigrationError(.unknownVersion, "version \(version) is not applied")]
                return
            }
            chosen = lastFirst[..<end]
        }
        var steps: [Step] = []
        var problems: [MigrationError] = []
        for record in chosen {
            do {
                steps.append(try Self.step(for: record, among: migrations))
            } catch {
                problems.append(error)
            }
        }
        self.steps = steps
        self.problems = problems
    }

    private static func step(
        for record: MigrationRecord, among migrations: [Migration]
    ) throws(MigrationError) -> Step {
        guard let migration = migrations.first(where: { $0.version == record.version }) else {
            throw .missing(record)
        }
        guard migration.checksum == record.checksum else { throw .edited(migration, record) }
        guard let section = migration.down, !section.statements.isEmpty else {
            let reason = migration.isIrreversible ? "is irreversible" : "has no SQL below `-- migrate:down`"
            throw MigrationError(
                .notReversible, "version \(migration.version) cannot be undone: the file \(reason)",
                location: migration.down?.location ?? migration.start)
        }
        switch record.state {
        case .applied:
            break
        case .running, .failed:
            throw MigrationError(
                .unfinished,
                "version \(migration.version) is applied only up to statement \(record.statementsDone) of "
                    + "\(record.statements); finish it with `migrate up` before it can be undone",
                location: migration.start)
        case .undoing:
            if let undecided = MigrationError.undecided(section, of: migration, record) { throw undecided }
        }
        return Step(migration: migration, section: section, record: record)
    }
}
