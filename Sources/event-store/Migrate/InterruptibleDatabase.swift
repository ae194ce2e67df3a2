import SQLMigrations
import SQLSchema

#if Postgres
    import EventSourcingPostgres
#endif

/// A database that runs no more statements of migrations once a signal has come.
///
/// It refuses them as the database itself would, so that the migrator does what it does about any refusal: it rolls
/// back, or records how far a `transaction:false` file came and that the next statement has not run.
struct InterruptibleDatabase: MigrationDatabase {
    private let base: any MigrationDatabase
    private let interruption: Interruption
    private let isAlone: Bool

    /// - Parameter isAlone: whether nothing else is at work; of several, none may say for the others that it is not
    ///   busy.
    init(_ base: any MigrationDatabase, _ interruption: Interruption, isAlone: Bool = true) {
        self.base = base
        self.interruption = interruption
        self.isAlone = isAlone
        #if Postgres
            if let connection = base as? PostgresConnection { interruption.stopWith(connection.makeCanceller()) }
        #endif
    }

    /// Begins to take signals. A server is asked to stop the statement that is running; one of SQLite cannot be left, so
    /// that a long one ends with the process.
    static func makeInterruption() throws -> Interruption {
        try Interruption(
            grace: .seconds(2), remark: { "what was applied before stays; see: event-store migrate status" })
    }

    /// Runs a migrator, and says of its end by a signal no more than that.
    func run(_ body: () throws -> Void) throws {
        setBusy(false)
        defer { setBusy(true) }
        do {
            try body()
        } catch let error as MigrationError where error.databaseError?.code == .interrupted {
            throw interruption.error ?? error
        } catch let error as DatabaseError where error.code == .interrupted {
            throw interruption.error ?? error
        }
    }

    private func setBusy(_ isBusy: Bool) {
        if isAlone { interruption.setBusy(isBusy) }
    }

    private func busy<Result>(_ body: () throws -> Result) rethrows -> Result {
        setBusy(true)
        defer { setBusy(false) }
        return try body()
    }

    private func checkGoesOn() throws {
        guard interruption.error == nil else {
            throw DatabaseError(
                code: .interrupted, engineCode: "signal", message: "the command was asked to end before this statement")
        }
    }

    func execute(_ sql: String) throws {
        try checkGoesOn()
        try busy { try base.execute(sql) }
    }

    func executeAlone(_ statement: SQLStatement) throws {
        try checkGoesOn()
        try busy { try base.executeAlone(statement) }
    }

    func withMigrationLock<Result>(_ body: () throws -> Result) throws -> Result {
        // The wait for another process cannot be left, either.
        try busy {
            try base.withMigrationLock {
                setBusy(false)
                return try body()
            }
        }
    }

    // MARK: The rest is what ends in good order

    var dialect: Dialect { base.dialect }

    var isInTransaction: Bool { base.isInTransaction }

    func outcome(of statement: SQLStatement) throws -> StatementOutcome { try base.outcome(of: statement) }

    func begin() throws { try base.begin() }

    func beginMigration() throws { try base.beginMigration() }

    func checkConstraints() throws { try base.checkConstraints() }

    var historyMayChange: Bool { base.historyMayChange }

    /// Nothing is tried again once a signal has come.
    var lockWait: LockWait? { interruption.error == nil ? base.lockWait : nil }

    func likelyLockHolder() throws -> String? { try base.likelyLockHolder() }

    func commit() throws { try base.commit() }

    func rollback() throws { try base.rollback() }

    func currentUser() throws -> String { try base.currentUser() }

    func historyExists() throws -> Bool { try base.historyExists() }

    func createHistory() throws { try base.createHistory() }

    func readHistory() throws -> [MigrationRecord] { try base.readHistory() }

    func appliedChecksums() throws -> [Int64: MigrationChecksum]? { try base.appliedChecksums() }

    func lastSequence() throws -> Int64 { try base.lastSequence() }

    func insert(_ record: MigrationRecord) throws { try base.insert(record) }

    func update(_ record: MigrationRecord) throws { try base.update(record) }

    func deleteRecord(version: Int64) throws { try base.deleteRecord(version: version) }
}
