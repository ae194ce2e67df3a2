/// A row of the history: what was done with one migration.
public struct MigrationRecord: Hashable, Sendable {
    /// How far a migration came.
    public enum State: String, CaseIterable, Hashable, Sendable {
        /// A `transaction:false` migration is being applied, or was when its process stopped.
        case running
        /// Everything was done.
        case applied
        /// A statement of a `transaction:false` migration failed, and those before it stay.
        case failed
        /// The down section of a `transaction:false` migration is being run, or was when its process stopped.
        case undoing
    }

    /// The version of the migration.
    public var version: Int64
    /// Its place in the order of application; the first is 1.
    public var sequence: Int64
    /// The name of its file.
    public var name: String
    /// The checksum of its text when it was applied.
    public var checksum: MigrationChecksum
    /// How far it came.
    public var state: State
    /// How many statements are known to have run, of the up section, or of the down section while undoing.
    public var statementsDone: Int
    /// How many statements that section has.
    public var statements: Int
    /// Whether it ran in one transaction.
    public var isTransactional: Bool
    /// The tool that ran it, with its version.
    public var tool: String
    /// The user of the database who ran it.
    public var appliedBy: String
    /// When it began, in microseconds since 1970.
    public var startedAt: Int64
    /// How long it took in microseconds; nil while it is not finished.
    public var duration: Int64?
    /// What the database said when a statement failed.
    public var error: String?

    /// Creates a row of the history.
    public init(
        version: Int64, sequence: Int64, name: String, checksum: MigrationChecksum, state: State, statementsDone: Int,
        statements: Int, isTransactional: Bool, tool: String, appliedBy: String, startedAt: Int64,
        duration: Int64? = nil, error: String? = nil
    ) {
        self.version = version
        self.sequence = sequence
        self.name = name
        self.checksum = checksum
        self.state = state
        self.statementsDone = statementsDone
        self.statements = statements
        self.isTransactional = isTransactional
        self.tool = tool
        self.appliedBy = appliedBy
        self.startedAt = startedAt
        self.duration = duration
        self.error = error
    }
}
