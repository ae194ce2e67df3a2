public import SQLSchema

/// What a database must be able to do for migrations to run on it.
///
/// All calls block and are made from one thread, one after the other. A driver throws `DatabaseError` for whatever the
/// database refuses, with the offset of the offending place where the database names one.
public protocol MigrationDatabase {
    /// The SQL that it speaks.
    var dialect: Dialect { get }

    /// Runs one statement and ignores the rows that it returns.
    func execute(_ sql: String) throws

    /// Runs one statement that cannot run in a transaction, and ignores the rows that it returns.
    func executeAlone(_ statement: SQLStatement) throws

    /// What became of a statement that cannot run in a transaction, as far as the database itself shows it.
    func outcome(of statement: SQLStatement) throws -> StatementOutcome

    /// Begins a transaction that may write; in SQLite `BEGIN IMMEDIATE`, which waits for other writers.
    func begin() throws

    /// Begins the transaction in which a file begins, on a session that has forgotten what earlier files set for it.
    func beginMigration() throws

    /// Finds out now what a commit would refuse, such as a reference that leads nowhere.
    func checkConstraints() throws

    /// Commits the transaction.
    func commit() throws

    /// Rolls the transaction back.
    func rollback() throws

    /// Whether a transaction is open, as the database itself knows it.
    var isInTransaction: Bool { get }

    /// Keeps other migrators out while the body runs.
    ///
    /// In SQLite it does nothing but call the body, because each transaction is the lock.
    func withMigrationLock<Result>(_ body: () throws -> Result) throws -> Result

    /// Whether somebody may change the history while the lock is held: the lock is only as good as what others know of it.
    var historyMayChange: Bool { get }

    /// How long a file that does not get a lock is tried again; nil when a lock is waited for within the statement.
    var lockWait: LockWait? { get }

    /// Who probably holds a lock that a statement did not get, in words; nil when that is not known.
    func likelyLockHolder() throws -> String?

    /// The user who is connected; in SQLite that of the operating system.
    func currentUser() throws -> String

    /// Whether the table `MigrationHistory.tableName` is there.
    func historyExists() throws -> Bool

    /// Creates that table, as `MigrationHistory.createTable(for:in:)` says.
    func createHistory() throws

    /// All rows of the table, in any order.
    func readHistory() throws -> [MigrationRecord]

    /// The checksums of all rows of the table by their versions; nil when one of them is not that of an applied migration.
    ///
    /// Most runs need no more of the history, and of a thousand rows the rest takes longer to read.
    func appliedChecksums() throws -> [Int64: MigrationChecksum]?

    /// The highest `sequence` of the table, or 0: it changes with whatever another process applies or undoes.
    func lastSequence() throws -> Int64

    /// Adds a row.
    func insert(_ record: MigrationRecord) throws

    /// Replaces the row of the same version.
    func update(_ record: MigrationRecord) throws

    /// Deletes the row of a version.
    func deleteRecord(version: Int64) throws
}

/// What a database does that has no more to say about it.
extension MigrationDatabase {
    public func executeAlone(_ statement: SQLStatement) throws { try execute(statement.text) }

    public func outcome(of statement: SQLStatement) throws -> StatementOutcome { .unknown }

    public func beginMigration() throws { try begin() }

    public func checkConstraints() throws {}

    public var historyMayChange: Bool { true }

    public var lockWait: LockWait? { nil }

    public func likelyLockHolder() throws -> String? { nil }

    public func appliedChecksums() throws -> [Int64: MigrationChecksum]? {
        let records = try readHistory()
        guard records.allSatisfy({ $0.state == .applied }) else { return nil }
        return Dictionary(zip(records.map(\.version), records.map(\.checksum)), uniquingKeysWith: { $1 })
    }

    public func lastSequence() throws -> Int64 { try readHistory().map(\.sequence).max() ?? 0 }
}
