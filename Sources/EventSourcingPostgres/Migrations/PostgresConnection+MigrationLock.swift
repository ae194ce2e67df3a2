import EventSourcingSQL
import SQLMigrations
import SQLSchema

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension PostgresConnection {
    /// Keeps other migrators of the same history out while the body runs, with an advisory lock of the session.
    ///
    /// The lock is asked for again and again: whoever waits for it within the server holds a snapshot, which a `CREATE
    /// INDEX CONCURRENTLY` of the other waits for in turn. It is held by the connection that runs the migrations, so
    /// that it lasts as long as they do, even when this process is killed.
    ///
    /// - Throws: `DatabaseError` with the code `busy` when somebody else holds it for longer than
    ///   ``PostgresMigrationOptions/lockTimeout``, with the code `cannotOpen` behind a pooler that gives each transaction
    ///   another connection, and what the body throws.
    public func withMigrationLock<Result>(_ body: () throws -> Result) throws -> Result {
        try refuseTransactionPooler()
        try beginMigrationSession()
        let key = migrationLockKey
        try lock(key)
        defer { unlock(key) }
        return try body()
    }

    private func lock(_ key: Int32) throws {
        let deadline = ContinuousClock.now + migrationOptions.lockTimeout
        var pause: UInt32 = 10_000
        var reported: Int32?
        while try !tryLock(key) {
            let holder = try lockHolder(key, class: Self.migrationLockClass)
            report(holder, &reported)
            guard ContinuousClock.now < deadline else {
                throw DatabaseError(
                    code: .busy, engineCode: "55P03",
                    message: "somebody else has been applying migrations for \(migrationOptions.lockTimeout)"
                        + (holder.map { ": \($0)" } ?? ""), database: address)
            }
            usleep(pause)
            pause = min(pause * 2, 500_000)
        }
    }

    /// Says who holds a lock, each of them once.
    private func report(_ holder: PostgresLockHolder?, _ reported: inout Int32?) {
        guard let holder, holder.processID != reported else { return }
        reported = holder.processID
        migrationOptions.onWaiting(holder)
    }

    private func tryLock(_ key: Int32, class lockClass: Int32 = migrationLockClass) throws -> Bool {
        let statement = try prepare("SELECT pg_catalog.pg_try_advisory_lock($1, $2)")
        try write(key, lockClass, to: statement)
        return try statement.first { try $0.bool(at: 0) } ?? false
    }

    private func release(_ key: Int32, class lockClass: Int32 = migrationLockClass) throws {
        let statement = try prepare("SELECT pg_catalog.pg_advisory_unlock($1, $2)")
        try write(key, lockClass, to: statement)
        try statement.run()
    }

    /// Runs a body while no other migration of this database does the same: two indexes that are created concurrently
    /// would wait for each other, also when they are in two schemas.
    func withIndexLock<Result>(_ body: () throws -> Result) throws -> Result {
        var reported: Int32?
        while try !tryLock(0, class: Self.indexLockClass) {
            report(try lockHolder(0, class: Self.indexLockClass), &reported)
            usleep(50_000)
        }
        defer { try? release(0, class: Self.indexLockClass) }
        return try body()
    }

    /// What a migration set for the session goes with the lock: the next one begins with the settings of a new session.
    private func unlock(_ key: Int32) {
        do {
            if isInTransaction { try rollback() }
            try endMigrationSession()
            try release(key)
        } catch {
            // The lock goes with the connection, which nobody else may get.
            handle.doubt()
        }
    }

    private func lockHolder(_ key: Int32, class lockClass: Int32) throws -> PostgresLockHolder? {
        let statement = try prepare(
            """
            SELECT l.pid, a.usename::text, coalesce(a.application_name, ''), host(a.client_addr), a.query_start,
                coalesce(left(a.query, 200), '')
            FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
                AND l.classid::bigint = $1::int & 4294967295 AND l.objid::bigint = $2::int & 4294967295
                AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
                AND l.pid IS NOT NULL
            """)
        try write(key, lockClass, to: statement)
        return try statement.first(PostgresLockHolder.init)
    }

    private func write(_ key: Int32, _ lockClass: Int32, to statement: PostgresStatement) throws {
        var parameters = statement.parameters()
        try parameters.set(lockClass, at: 0)
        try parameters.set(key, at: 1)
    }

    /// Tells our locks from those of others: "migr", and "indx".
    private static let migrationLockClass: Int32 = 0x6D69_6772
    static let indexLockClass: Int32 = 0x696E_6478

    /// One lock for each history table of a database: the 32-bit FNV-1a hash of its name.
    private var migrationLockKey: Int32 {
        let name = RelationName(schema: migrationOptions.historySchema, MigrationHistory.tableName).quoted
        return Int32(bitPattern: name.utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 })
    }
}
