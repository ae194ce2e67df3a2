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

    /// Begins a transaction that may write; in SQLite `BEGIN IMMEDIATE`, which waits for other writers.
    func begin() throws

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

    /// The user who is connected; in SQLite that of the operating system.
    func currentUser() throws -> String

    /// Whether the table `MigrationHistory.tableName` is there.
    func historyExists() throws -> Bool

    /// Creates that table, as `MigrationHistory.createTable(for:in:)` says.
    func createHistory() throws

    /// All rows of the table, in any order.
    func readHistory() throws -> [MigrationRecord]

    /// Adds a row.
    func insert(_ record: MigrationRecord) throws

    /// Replaces the row of the same version.
    func update(_ record: MigrationRecord) throws

    /// Deletes the row of a version.
    func deleteRecord(version: Int64) throws
}
