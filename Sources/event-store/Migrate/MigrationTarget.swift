import SQLMigrations

/// One database, or one schema of it, that migrations are about.
struct MigrationTarget: Sendable {
    /// What messages call it; nil when it is the only one.
    var name: String?
    let url: DatabaseURL
    /// The PostgreSQL schema of its tables and its history; nil for what the session has.
    var schema: String?
    /// A pattern that stands for many schemas, until they are looked up.
    var eachSchema: String?
    let files: MigrationFiles
    /// Whether the files have not been checked yet, and need not be when all of them are applied.
    var isCheckedLate = false
}

extension MigrationTarget {
    /// Refuses a version without a file before a database is created for it.
    func check(versions: [Int64]) throws {
        guard !versions.isEmpty else { return }
        let migrations = try files.migrations()
        for version in versions where !migrations.contains(where: { $0.version == version }) {
            throw MigrationError(.unknownVersion, "there is no migration with the version \(version)")
        }
    }
}
