import ArgumentParser
import EventSourcingSQLite
import Foundation

#if Postgres
    import EventSourcingPostgres
#endif

/// The database, from the command line or the environment.
struct DatabaseOptions: ParsableArguments {
    @Option(
        name: .customLong("database"),
        help: ArgumentHelp(
            "The database: \(DatabaseURL.forms). Default: the environment's DATABASE_URL.", valueName: "url"))
    var text: String?

    /// The URL that was given.
    func url() throws -> DatabaseURL {
        guard let url = try urlIfGiven() else {
            throw UsageError("no database was given: use --database sqlite:PATH, or set DATABASE_URL")
        }
        return url
    }

    /// The URL that was given, or nil.
    func urlIfGiven() throws -> DatabaseURL? {
        try (text ?? ProcessInfo.processInfo.environment["DATABASE_URL"]).map(DatabaseURL.init)
    }

    /// Runs a closure with the store, ready to use, and closes it.
    ///
    /// - Parameter mayCreate: whether a database that is not there is created and migrated; a command that only reads
    ///   refuses it instead.
    func withStore(mayCreate: Bool, _ body: (any ToolStore) throws -> Void) throws {
        let url = try url()
        switch url {
        case .sqlite(let path):
            if !mayCreate { try ExistingFile.check(path) }
            let store = SQLiteEventStore(path: path)
            defer { store.close() }
            try store.initialize(
                migrations: mayCreate ? StorePolicy.choose(SQLiteConnection(path: path)) : .verify)
            try body(store)
        case .postgres, .cloudSQL:
            #if Postgres
                let configuration = try url.postgresConfiguration()
                let policy = try mayCreate ? StorePolicy.choose(configuration.connect()) : .verify
                // A command makes one call at a time.
                let store = BlockingStore(
                    PostgresEventStore(
                        configuration, pool: PostgresPoolOptions(minimum: 0, maximum: 2), observability: .silent))
                defer { store.close() }
                try store.initialize(migrations: policy)
                try body(store)
            #else
                throw UsageError.noPostgres
            #endif
        }
    }
}

/// SQLite itself only says that it is "unable to open database file".
enum ExistingFile {
    static func check(_ path: String) throws {
        guard path != ":memory:", !FileManager.default.fileExists(atPath: path) else { return }
        throw DatabaseError(
            code: .cannotOpen, engineCode: "SQLITE_CANTOPEN (14)",
            message: "there is no such file; check the path, or create the database with: event-store migrate up",
            database: path)
    }
}
