import CLibpq
public import SQLMigrations
import SQLSchema

extension PostgresConnection {
    /// Finds out what the server can do, and sets the session up.
    func beginMigrationSession() throws {
        // A server that loses the process of a migration notices soon, rather than at the end of a long statement;
        // some systems cannot do that (`client_connection_check_interval`, from PostgreSQL 14 on).
        let checksClient =
            serverVersion >= 140_000
            && (try? execute("SET client_connection_check_interval = '500ms'")) != nil
        migrationSession = MigrationSession(migrationOptions, checksClient: checksClient)
        try send(migrationSession.statements)
    }

    /// Takes back what migrations have set for the session.
    func endMigrationSession() throws {
        migrationSession = MigrationSession()
        mayHaveRole = false
        try send(MigrationSession.reset)
    }

    public func beginMigration() throws {
        mayHaveRole = false
        try send("\(migrationSession.statements); BEGIN")
    }

    /// Runs statements of ours that go to the server in one message (PQexec).
    private func send(_ statements: String) throws {
        PQclear(try handle.run(statements) { PQexec(handle.pointer, statements) })
    }

    /// Runs a body with the role of the session, whatever role a migration has set: that one needs no right on the history.
    func asOurselves<Result>(_ body: () throws -> Result) throws -> Result {
        // To ask costs a trip, and most migrations set nothing.
        guard mayHaveRole, let role = try prepare("SELECT current_setting('role')").first({ try $0.string(at: 0) })
        else { return try body() }
        let scope = isInTransaction ? "LOCAL " : ""
        try execute("SET \(scope)role TO DEFAULT")
        let result = try body()
        try execute("SET \(scope)role TO \(role == "none" ? "none" : SQLIdentifier.quoted(role))")
        return result
    }

    /// What deferred constraints would refuse at the commit (SET CONSTRAINTS).
    public func checkConstraints() throws {
        try send("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    }

    /// Whoever works on the history holds the lock of the session, and a server keeps to it; two rows of one version or
    /// one place in the order it refuses in any case.
    public var historyMayChange: Bool { false }

    // MARK: Locks of tables

    public var lockWait: LockWait? {
        migrationSession.lockTimeout.map { _ in LockWait(patience: migrationOptions.tableLockPatience) }
    }

    /// The session with the oldest transaction of those that hold locks of tables (`pg_stat_activity`, `pg_locks`).
    public func likelyLockHolder() throws -> String? {
        let holder = try prepare(
            """
            SELECT a.pid, a.usename::text, coalesce(a.application_name, ''), host(a.client_addr), a.query_start,
                coalesce(left(a.query, 200), '')
            FROM pg_catalog.pg_stat_activity a
            WHERE a.datname = current_database() AND a.pid <> pg_catalog.pg_backend_pid()
                AND EXISTS (
                    SELECT FROM pg_catalog.pg_locks l
                    WHERE l.pid = a.pid AND l.granted AND l.locktype = 'relation' AND l.relation::bigint >= 16384)
            ORDER BY a.xact_start LIMIT 1
            """
        ).first(PostgresLockHolder.init)
        return holder.map { "the oldest transaction with locks of tables is that of \($0)" }
    }

    // MARK: Statements outside of transactions

    /// Runs a statement that the server refuses in a transaction.
    ///
    /// What is done `CONCURRENTLY` waits for transactions and not for the lock of a table, keeps nobody waiting, and
    /// leaves something half done behind when it gives up: it waits without a limit, and one at a time.
    public func executeAlone(_ statement: SQLStatement) throws {
        guard statement.words.contains("CONCURRENTLY") else { return try execute(statement.text) }
        try withIndexLock {
            guard let limit = migrationSession.lockTimeout,
                try prepare("SELECT setting FROM pg_catalog.pg_settings WHERE name = 'lock_timeout'").first({
                    try $0.string(at: 0)
                }) == "\(limit)"
            else { return try execute(statement.text) }
            try execute("SET lock_timeout = 0")
            defer { try? execute("SET lock_timeout = \(limit)") }
            try execute(statement.text)
        }
    }

    /// Looks up what became of an index that was created or dropped concurrently (`pg_index.indisvalid`).
    ///
    /// - Throws: `DatabaseError` with the code `busy` while somebody is creating it.
    public func outcome(of statement: SQLStatement) throws -> StatementOutcome {
        guard let index = ConcurrentIndex(statement) else { return .unknown }
        switch index.action {
        case .drop:
            let query = try prepare("SELECT pg_catalog.to_regclass($1) IS NOT NULL")
            var parameters = query.parameters()
            try parameters.write(index.name.quoted, at: 0)
            return try query.first { try $0.bool(at: 0) } ?? false ? .notRun : .done
        case .create(let table):
            return try outcome(ofCreating: index.name.name, on: table)
        }
    }

    private func outcome(ofCreating index: String, on table: RelationName) throws -> StatementOutcome {
        let query = try prepare(
            """
            SELECT i.indisvalid AND i.indisready, n.nspname::text, p.pid
            FROM pg_catalog.pg_index i
                JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN pg_catalog.pg_stat_progress_create_index p
                    ON p.index_relid = c.oid AND p.datname = current_database()
            WHERE i.indrelid = pg_catalog.to_regclass($1) AND c.relname = $2
            """)
        var parameters = query.parameters()
        try parameters.write(table.quoted, at: 0)
        try parameters.write(index, at: 1)
        let found = try query.first { row in
            (isValid: try row.bool(at: 0), schema: try row.string(at: 1), builder: try row.value(Int32?.self, at: 2))
        }
        guard let found else { return .notRun }
        let name = RelationName(schema: found.schema, index)
        if let builder = found.builder {
            throw DatabaseError(
                code: .busy, engineCode: "55006",
                message: "process \(builder) of the server is creating the index \(name); wait until it is done",
                database: address)
        }
        if found.isValid { return .done }
        return .halfDone(
            remains: "the index \(name) is invalid", cleanUp: "DROP INDEX CONCURRENTLY IF EXISTS \(name.quoted)")
    }
}
