import SQLMigrations
import SQLSchema

/// What the doctor asks about a database; each kind of database answers in its own way.
protocol DatabaseExamination {
    var dialect: Dialect { get }

    /// What can be looked at without connecting.
    func surroundings() -> [Finding]

    /// Connects, in such a way that nothing can be changed.
    ///
    /// - Throws: why the database cannot be reached.
    func connect() throws -> any ExaminedDatabase
}

/// A database that is connected.
protocol ExaminedDatabase {
    /// The database as people call it, without any password.
    var name: String { get }

    /// The history of its migrations.
    var migrations: any MigrationDatabase { get }

    /// How it is set up, and how it is.
    func condition() -> [Finding]

    /// What it has, without the history of migrations.
    func catalog() throws -> Catalog

    /// What an empty database of this kind has after each of some migrations.
    func catalogs(afterEach migrations: [Migration]) throws -> [Catalog]

    /// What an events table of this kind of database has to refuse.
    var guardedChanges: String { get }

    /// The ways to change the rows of a table that nothing refuses: `UPDATE of data`, `DELETE`.
    func unguardedChanges(of table: Table) throws -> [String]
}

extension DatabaseURL {
    /// How a database of this kind is examined.
    ///
    /// - Parameter server: where migrations of PostgreSQL are tried; nil for the environment's, or one that is started.
    /// - Throws: `UsageError` for a kind that cannot be examined.
    func examination(server: String? = nil) throws -> any DatabaseExamination {
        switch self {
        case .sqlite(let path): SQLiteExamination(path: path)
        case .postgres, .cloudSQL:
            #if Postgres
                PostgresExamination(url: self, server: server)
            #else
                throw UsageError.noPostgres
            #endif
        }
    }

    /// The libraries that databases are reached with, whichever is used.
    static func installedLibraries() -> [Finding] {
        #if Postgres
            [SQLiteExamination.installedLibrary(), PostgresExamination.installedLibrary()]
        #else
            [SQLiteExamination.installedLibrary()]
        #endif
    }
}
