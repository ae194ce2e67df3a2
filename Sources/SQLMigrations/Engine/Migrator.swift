/// Applies and undoes migrations on a database, and tells how the two stand to each other.
///
/// ```swift
/// let migrations = try MigrationFolder.load(path: "migrations/sqlite", dialect: .sqlite)
/// let migrator = Migrator(database: connection, migrations: migrations, tool: "event-store 1.0")
/// try migrator.up()
/// ```
///
/// Several processes may do so at once: each reads the history again inside the transaction that changes it, so that
/// every migration is applied once and all of them succeed.
public struct Migrator {
    /// What the history calls the tool when nobody says otherwise: this package and its version.
    public static let defaultTool = "swift-event-store \(ToolVersion.current)"

    let database: any MigrationDatabase
    let files: MigrationFiles
    let tool: String
    let toleratesNewer: Bool
    let report: (MigrationEvent) -> Void

    /// Creates a migrator; nothing is read or written yet.
    ///
    /// - Parameters:
    ///   - database: The database, connected.
    ///   - migrations: The migrations, with versions that differ.
    ///   - tool: The tool and its version, for the history.
    ///   - toleratesNewer: Whether the database may be ahead of these migrations, as it is when a newer build has
    ///     already run; a folder is complete, so that a version that it lacks is a missing file.
    ///   - report: Is called for each step.
    public init(
        database: any MigrationDatabase, migrations: [Migration], tool: String = Migrator.defaultTool,
        toleratesNewer: Bool = false,
        report: @escaping (MigrationEvent) -> Void = { _ in }
    ) {
        self.init(
            database: database, files: MigrationFiles(migrations), tool: tool, toleratesNewer: toleratesNewer,
            report: report)
    }

    /// Creates a migrator that reads files when it needs them; its methods throw what is wrong with a file, before they do
    /// anything to the database.
    ///
    /// - Parameters:
    ///   - database: The database, connected.
    ///   - files: The files, of which ``up(to:allowingOutOfOrder:)`` needs the checksums only when all of them are applied.
    ///   - tool: The tool and its version, for the history.
    ///   - toleratesNewer: Whether the database may be ahead of the files.
    ///   - report: Is called for each step.
    public init(
        database: any MigrationDatabase, files: MigrationFiles, tool: String = Migrator.defaultTool,
        toleratesNewer: Bool = false,
        report: @escaping (MigrationEvent) -> Void = { _ in }
    ) {
        self.database = database
        self.files = files
        self.tool = tool
        self.toleratesNewer = toleratesNewer
        self.report = report
    }

    var migrations: [Migration] { get throws { try files.migrations() } }

    /// One row for each version that has a file or was applied, in their order; changes nothing.
    public func status() throws -> [MigrationStatus] {
        MigrationStatus.rows(migrations: try migrations, records: try history())
    }

    /// What ``up(to:allowingOutOfOrder:)`` would do; changes nothing.
    public func plan(
        upTo target: Int64? = nil, allowingOutOfOrder outOfOrder: Set<Int64> = []
    ) throws -> MigrationPlan {
        MigrationPlan(
            migrations: try migrations, records: try history(), upTo: target, allowingOutOfOrder: outOfOrder)
    }

    /// What ``down(_:)`` would do; changes nothing.
    public func undoPlan(_ extent: MigrationUndoPlan.Extent) throws -> MigrationUndoPlan {
        MigrationUndoPlan(migrations: try migrations, records: try history(), extent)
    }

    func history() throws -> [MigrationRecord] {
        try database.historyExists() ? database.readHistory() : []
    }

    func record(version: Int64) throws -> MigrationRecord {
        guard let record = try history().first(where: { $0.version == version }) else {
            throw MigrationError(
                .changedMeanwhile, "version \(version) left the history while it was worked on; see `migrate status`")
        }
        return record
    }

    func throwProblems(of plan: MigrationPlan) throws {
        if let error = MigrationError(toleratesNewer ? plan.problems : plan.problemsWithNewer) { throw error }
    }
}
