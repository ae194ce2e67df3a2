import ArgumentParser

/// What is measured; the names stand in the first column of the output.
enum System: String, CaseIterable, ExpressibleByArgument {
    /// The synchronous store on SQLite with the standard tables.
    case sqlite = "swift-sqlite"
    /// The asynchronous store on SQLite with the standard tables.
    case sqliteAsync = "swift-sqlite-async"
    /// The synchronous store on SQLite with a team's tables, whose row mappers another module has.
    case sqliteTeam = "swift-sqlite-team"
    /// The store on PostgreSQL with the standard tables.
    case postgres = "swift-postgres"
    /// The store on PostgreSQL with a team's tables, whose row mappers another module has.
    case postgresTeam = "swift-postgres-team"
    /// The synchronous store in memory.
    case memory = "swift-memory"

    /// What it needs to have a database.
    enum Place {
        case memory, folder, server
    }

    var place: Place {
        switch self {
        case .sqlite, .sqliteAsync, .sqliteTeam: .folder
        case .postgres, .postgresTeam: .server
        case .memory: .memory
        }
    }
}
