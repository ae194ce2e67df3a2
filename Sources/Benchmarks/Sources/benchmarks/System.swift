import ArgumentParser

/// What is measured; the names stand in the first column of the output.
enum System: String, CaseIterable, ExpressibleByArgument {
    /// The synchronous store on SQLite with the standard tables.
    case sqlite = "swift-sqlite"
    /// The asynchronous store on SQLite with the standard tables.
    case sqliteAsync = "swift-sqlite-async"
    /// The synchronous store on SQLite with a team's tables, whose row mappers another module has.
    case sqliteTeam = "swift-sqlite-team"
    /// The synchronous store in memory.
    case memory = "swift-memory"

    /// Whether it needs a folder for its database.
    var isOnDisk: Bool { self != .memory }
}
