import ArgumentParser

/// What is measured; the names stand in the first column of the output.
enum System: String, CaseIterable, ExpressibleByArgument {
    /// The synchronous store on SQLite with the standard tables.
    case sqlite = "swift-sqlite"
    /// The asynchronous store on SQLite with the standard tables.
    case sqliteAsync = "swift-sqlite-async"
    /// The synchronous store on SQLite with the columns of the standard tables, whose row mappers another module has.
    case sqliteModule = "swift-sqlite-module"
    /// The synchronous store on SQLite with a team's tables: another module's, and with three columns of its own.
    case sqliteTeam = "swift-sqlite-team"
    /// The store on PostgreSQL with the standard tables.
    case postgres = "swift-postgres"
    /// The store on PostgreSQL with the columns of the standard tables, whose row mappers another module has.
    case postgresModule = "swift-postgres-module"
    /// The store on PostgreSQL with a team's tables: another module's, and with three columns of its own.
    case postgresTeam = "swift-postgres-team"
    /// The synchronous store in memory.
    case memory = "swift-memory"

    /// What it needs to have a database.
    enum Place {
        case memory, folder, server
    }

    var place: Place {
        switch self {
        case .sqlite, .sqliteAsync, .sqliteModule, .sqliteTeam: .folder
        case .postgres, .postgresModule, .postgresTeam: .server
        case .memory: .memory
        }
    }
}
