public import SQLMigrations

/// Applies and undoes migrations on a SQLite file, as `event-store migrate` does it.
///
/// ```swift
/// let migrations = try MigrationFolder.load(path: "migrations/sqlite", dialect: .sqlite)
/// try SQLiteMigrator(path: "shop.db", migrations: migrations).up()
/// ```
///
/// Each call opens a connection of its own, because migrations may change how one behaves, and blocks until it is done.
public struct SQLiteMigrator: Sendable {
    private let path: String
    private let migrations: [Migration]
    private let tool: String
    private let report: @Sendable (MigrationEvent) -> Void

    /// Creates a migrator; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - path: The file; ``up(to:allowingOutOfOrder:)`` creates it when it is not there.
    ///   - migrations: The migrations, with versions that differ.
    ///   - tool: The tool and its version, for the history.
    ///   - report: Is called for each step.
    public init(
        path: String, migrations: [Migration], tool: String = Migrator.defaultTool,
        report: @escaping @Sendable (MigrationEvent) -> Void = { _ in }
    ) {
        self.path = path
        self.migrations = migrations
        self.tool = tool
        self.report = report
    }

    /// Applies what is pending. Any number of processes may do so at once.
    ///
    /// - Parameters:
    ///   - target: The version to stop after; nil means the last one.
    ///   - outOfOrder: The versions that may be applied although a higher one is.
    /// - Throws: `MigrationError` when the history does not fit the files, or a statement fails; `DatabaseError` when the
    ///   file cannot be opened.
    public func up(to target: Int64? = nil, allowingOutOfOrder outOfOrder: Set<Int64> = []) throws {
        try migrator(.create).up(to: target, allowingOutOfOrder: outOfOrder)
    }

    /// Applies what is pending in one transaction and rolls all of it back.
    ///
    /// - Returns: The migrations that were tried.
    /// - Throws: As ``up(to:allowingOutOfOrder:)`` does, and when the file is not there.
    @discardableResult
    public func tryUp(to target: Int64? = nil, allowingOutOfOrder outOfOrder: Set<Int64> = []) throws -> [Migration] {
        try migrator(.write).tryUp(to: target, allowingOutOfOrder: outOfOrder)
    }

    /// Undoes migrations, the last one applied first.
    ///
    /// - Parameter extent: How far to go back.
    /// - Throws: `MigrationError` when a migration cannot be undone, or a statement fails.
    public func down(_ extent: MigrationUndoPlan.Extent = .steps(1)) throws {
        try migrator(.write).down(extent)
    }

    /// One row for each version that has a file or was applied; changes nothing.
    public func status() throws -> [MigrationStatus] {
        try migrator(.read).status()
    }

    /// What ``up(to:allowingOutOfOrder:)`` would do; changes nothing.
    public func plan(
        upTo target: Int64? = nil, allowingOutOfOrder outOfOrder: Set<Int64> = []
    ) throws -> MigrationPlan {
        try migrator(.read).plan(upTo: target, allowingOutOfOrder: outOfOrder)
    }

    /// Everything that keeps the database from being what the files say; changes nothing.
    public func findings() throws -> [MigrationError] {
        try migrator(.read).findings()
    }

    private func migrator(_ mode: SQLiteConnection.Mode) throws -> Migrator {
        Migrator(
            database: try SQLiteConnection(path: path, mode: mode), migrations: migrations, tool: tool, report: report)
    }
}
