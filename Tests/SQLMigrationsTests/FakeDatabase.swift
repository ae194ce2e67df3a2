import SQLMigrations
import SQLSchema

/// What several connections to one database share: the statements that were committed, and the history.
final class FakeServer {
    struct State {
        var executed: [String] = []
        var history: [MigrationRecord]?
    }

    var committed = State()

    var executed: [String] { committed.executed }
    var history: [MigrationRecord] { (committed.history ?? []).sorted { $0.sequence < $1.sequence } }
}

/// A connection with transactions: what is not committed is lost.
final class FakeDatabase: MigrationDatabase {
    struct Killed: Error {}

    let server: FakeServer
    let dialect: Dialect
    /// Statements that fail, by their text.
    var failures: [String: DatabaseError] = [:]
    /// The process is killed when this statement begins.
    var killedAt: String?
    /// The process is killed right after this statement, before anything else.
    var killedAfter: String?
    /// Statements that end the transaction as if they held a COMMIT.
    var committing: Set<String> = []
    /// What raising the count of statements to this number fails with.
    var countFailure: (statementsDone: Int, error: DatabaseError)?
    var commitFailure: DatabaseError?
    /// Another process acts before this one gets its transaction.
    var beforeBegin: (() throws -> Void)?
    /// A statement that does not get its lock the first times.
    var locked: (statement: String, attempts: Int)?
    var lockWait: LockWait?
    /// What became of statements outside of transactions, by their text; taken away by the statement that cleans up.
    var outcomes: [String: StatementOutcome] = [:]
    var transactionsBegun = 0
    private var working: FakeServer.State?
    private var isDead = false

    init(_ server: FakeServer = FakeServer(), dialect: Dialect = .sqlite) {
        self.server = server
        self.dialect = dialect
    }

    private var state: FakeServer.State {
        get { working ?? server.committed }
        set { if working == nil { server.committed = newValue } else { working = newValue } }
    }

    private func checkAlive() throws {
        if isDead { throw Killed() }
    }

    private func kill() -> Killed {
        isDead = true
        working = nil
        return Killed()
    }

    func execute(_ sql: String) throws {
        try checkAlive()
        if sql == killedAt { throw kill() }
        if let failure = failures[sql] { throw failure }
        if let locked, locked.statement == sql, locked.attempts > 0 {
            self.locked?.attempts -= 1
            throw DatabaseError(code: .busy, engineCode: "55P03", message: "lock timeout", sql: sql)
        }
        outcomes = outcomes.filter { $0.value.cleanUp != sql }
        if sql.hasPrefix("VACUUM"), isInTransaction {
            throw DatabaseError(
                code: .other, engineCode: "SQLITE_ERROR (1)", message: "cannot VACUUM from within a transaction")
        }
        state.executed.append(sql)
        if committing.contains(sql) { try commit() }
        if sql == killedAfter { throw kill() }
    }

    func begin() throws {
        try checkAlive()
        let hook = beforeBegin
        beforeBegin = nil
        try hook?()
        transactionsBegun += 1
        working = server.committed
    }

    func commit() throws {
        try checkAlive()
        if let commitFailure { throw commitFailure }
        if let working { server.committed = working }
        working = nil
    }

    func rollback() throws {
        try checkAlive()
        working = nil
    }

    var isInTransaction: Bool { working != nil }

    func outcome(of statement: SQLStatement) throws -> StatementOutcome { outcomes[statement.text] ?? .unknown }

    func likelyLockHolder() throws -> String? { "somebody" }

    func withMigrationLock<Result>(_ body: () throws -> Result) throws -> Result { try body() }

    func currentUser() throws -> String { "somebody" }

    func historyExists() throws -> Bool {
        try checkAlive()
        return state.history != nil
    }

    func createHistory() throws { state.history = [] }

    func readHistory() throws -> [MigrationRecord] { state.history ?? [] }

    func insert(_ record: MigrationRecord) throws {
        try checkAlive()
        state.history?.append(record)
    }

    func update(_ record: MigrationRecord) throws {
        if let countFailure, countFailure.statementsDone == record.statementsDone { throw countFailure.error }
        try deleteRecord(version: record.version)
        try insert(record)
    }

    func deleteRecord(version: Int64) throws {
        try checkAlive()
        state.history?.removeAll { $0.version == version }
    }
}

extension StatementOutcome {
    fileprivate var cleanUp: String? {
        if case .halfDone(_, let cleanUp) = self { cleanUp } else { nil }
    }
}
