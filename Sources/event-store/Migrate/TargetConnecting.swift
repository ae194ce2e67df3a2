import EventSourcingSQLite
import Foundation
import SQLMigrations

#if Postgres
    import EventSourcingPostgres
#endif

/// What a command does about a SQLite file that is not there.
enum AbsentFile: Sendable {
    /// It creates the file.
    case isCreated
    /// It says so, and ends.
    case isAnError
    /// It works on an empty database in memory.
    case isEmpty
}

/// How connections are made and locks are waited for.
struct TargetConnecting: Sendable {
    /// How long to wait for a database that is still starting.
    let wait: Duration
    let lockTimeout: Duration
    let lockPatience: Duration

    /// Opens a database on which migrations can be run.
    func open(_ target: MigrationTarget, absentFile: AbsentFile) throws -> any MigrationDatabase {
        switch target.url {
        case .sqlite(let path):
            switch absentFile {
            case .isCreated:
                // Nothing is created, and no journal mode changed, for migrations that cannot be applied.
                if !Self.hasWriteAheadLog(path) { _ = try target.files.migrations() }
                return try SQLiteConnection(path: path)
            case .isEmpty where !FileManager.default.fileExists(atPath: path):
                return try SQLiteConnection(path: ":memory:")
            case .isAnError, .isEmpty:
                try ExistingFile.check(path)
                return try SQLiteConnection(path: path, mode: .write)
            }
        case .postgres, .cloudSQL:
            #if Postgres
                return try connect(target)
            #else
                throw UsageError.noPostgres
            #endif
        }
    }

    /// Whether a file is a SQLite database with a write-ahead log (its header has 2 at bytes 18 and 19).
    private static func hasWriteAheadLog(_ path: String) -> Bool {
        var header: [UInt8] = []
        guard let file = try? FileDescriptor(reading: path), (try? file.read(upToCount: 20, into: &header)) == 20 else {
            return false
        }
        return header[18] == 2 && header[19] == 2
    }

    /// The targets with a schema for each pattern.
    func resolve(_ targets: [MigrationTarget]) throws -> [MigrationTarget] {
        try targets.flatMap { target -> [MigrationTarget] in
            guard let pattern = target.eachSchema else { return [target] }
            return try schemas(like: pattern, of: target).map { schema in
                var one = target
                one.name = [target.name, schema].compactMap { $0 }.joined(separator: "/")
                one.schema = schema
                one.eachSchema = nil
                return one
            }
        }
    }

    private func schemas(like pattern: String, of target: MigrationTarget) throws -> [String] {
        #if Postgres
            guard target.url.dialect == .postgres else { return [] }
            let query = try connect(target).prepare(
                """
                SELECT nspname::text FROM pg_catalog.pg_namespace
                WHERE nspname LIKE $1 AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' ORDER BY nspname
                """)
            var parameters = query.parameters()
            try parameters.write(pattern, at: 0)
            let names = try query.all { try $0.string(at: 0) }
            guard !names.isEmpty else { throw UsageError("no schema of the database is like '\(pattern)'") }
            return names
        #else
            throw UsageError.noPostgres
        #endif
    }

    #if Postgres
        /// A connection that says on standard error whom it waits for, and what the server remarks.
        private func connect(_ target: MigrationTarget) throws -> PostgresConnection {
            let messages = TargetMessages(name: target.name)
            var configuration = try target.url.postgresConfiguration()
            configuration.parameters["application_name"] = "event-store migrate"
            configuration.onNotice = { notice in messages.note("\(notice.severity): \(notice.message)") }
            let connection = try waiting(target, messages) { [configuration] in try configuration.connect() }
            var options = target.schema.map(PostgresMigrationOptions.schema) ?? PostgresMigrationOptions()
            options.tableLockTimeout = lockTimeout
            options.tableLockPatience = lockPatience
            options.onWaiting = { holder in
                messages.note("waiting for somebody else who applies migrations: \(holder)")
            }
            connection.migrationOptions = options
            try connection.refuseTransactionPooler()
            return connection
        }

        /// Connects again and again while a server is not there yet.
        private func waiting<Connection>(
            _ target: MigrationTarget, _ messages: TargetMessages, _ connect: () throws -> Connection
        ) throws -> Connection {
            let deadline = ContinuousClock.now + wait
            var isTold = false
            while true {
                do {
                    return try connect()
                } catch {
                    // Before the wait, and not after it.
                    _ = try target.files.migrations()
                    guard let error = error as? DatabaseError, error.code == .cannotOpen,
                        ContinuousClock.now < deadline
                    else { throw error }
                    if !isTold { messages.note("waiting for the database: \(error.message)") }
                    isTold = true
                    Thread.sleep(forTimeInterval: 0.2)
                }
            }
        }
    #endif
}
