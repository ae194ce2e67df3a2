public import SQLMigrations

/// Applies and undoes migrations on a PostgreSQL database, as `event-store migrate` does it.
///
/// ```swift
/// let migrations = try MigrationFolder.load(path: "migrations/postgres", dialect: .postgres)
/// let migrator = PostgresMigrator(PostgresConfiguration(url: "postgresql:///shop"), migrations: migrations)
/// try await migrator.up()
/// ```
///
/// Each call opens a connection of its own, because migrations may change how one behaves, and blocks no thread of the
/// cooperative pool. When the task is cancelled, the server is asked to stop the statement that it is running, and the
/// transaction is rolled back.
public struct PostgresMigrator: Sendable {
    private let configuration: PostgresConfiguration
    private let migrations: [Migration]
    private let options: PostgresMigrationOptions
    private let tool: String
    private let report: @Sendable (MigrationEvent) -> Void

    /// Creates a migrator; nothing is connected to yet.
    ///
    /// - Parameters:
    ///   - configuration: Where the server is. What it says of a response timeout is not heeded: a migration may take long.
    ///   - migrations: The migrations, with versions that differ.
    ///   - options: Where the history is, and how locks are waited for.
    ///   - tool: The tool and its version, for the history.
    ///   - report: Is called for each step.
    public init(
        _ configuration: PostgresConfiguration, migrations: [Migration],
        options: PostgresMigrationOptions = PostgresMigrationOptions(), tool: String = Migrator.defaultTool,
        report: @escaping @Sendable (MigrationEvent) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.migrations = migrations
        self.options = options
        self.tool = tool
        self.report = report
    }

    /// Applies what is pending. Any number of processes may do so at once.
    ///
    /// - Parameters:
    ///   - target: The version to stop after; nil means the last one.
    ///   - outOfOrder: The versions that may be applied although a higher one is.
    /// - Throws: `MigrationError` when the history does not fit the files, or a statement fails; `DatabaseError` when the
    ///   server cannot be reached, or there is a transaction pooler in between.
    public func up(to target: Int64? = nil, allowingOutOfOrder outOfOrder: Set<Int64> = []) async throws {
        try await run { try $0.up(to: target, allowingOutOfOrder: outOfOrder) }
    }

    /// Applies what is pending in one transaction and rolls all of it back.
    ///
    /// - Returns: The migrations that were tried.
    /// - Throws: As ``up(to:allowingOutOfOrder:)`` does.
    @discardableResult
    public func tryUp(
        to target: Int64? = nil, allowingOutOfOrder outOfOrder: Set<Int64> = []
    ) async throws -> [Migration] {
        try await run { try $0.tryUp(to: target, allowingOutOfOrder: outOfOrder) }
    }

    /// Undoes migrations, the last one applied first.
    ///
    /// - Parameter extent: How far to go back.
    /// - Throws: `MigrationError` when a migration cannot be undone, or a statement fails.
    public func down(_ extent: MigrationUndoPlan.Extent = .steps(1)) async throws {
        try await run { try $0.down(extent) }
    }

    /// One row for each version that has a file or was applied; changes nothing.
    public func status() async throws -> [MigrationStatus] {
        try await run { try $0.status() }
    }

    /// What ``up(to:allowingOutOfOrder:)`` would do; changes nothing.
    public func plan(
        upTo target: Int64? = nil, allowingOutOfOrder outOfOrder: Set<Int64> = []
    ) async throws -> MigrationPlan {
        try await run { try $0.plan(upTo: target, allowingOutOfOrder: outOfOrder) }
    }

    /// Everything that keeps the database from being what the files say; changes nothing.
    public func findings() async throws -> [MigrationError] {
        try await run { try $0.findings() }
    }

    private func run<Value: Sendable>(_ body: @Sendable (Migrator) throws -> Value) async throws -> Value {
        var configuration = configuration
        configuration.responseTimeout = nil
        let connection = try await PostgresAsyncConnection.connect(configuration)
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(
                try await connection.run { connection in
                    connection.migrationOptions = options
                    try connection.refuseTransactionPooler()
                    return try body(
                        Migrator(database: connection, migrations: migrations, tool: tool, report: report))
                })
        } catch {
            outcome = .failure(error)
        }
        await connection.close()
        return try outcome.get()
    }
}
