import EventSourcingSQLite
import SQLMigrations
import SQLSchema

#if Postgres
    import EventSourcingPostgres
#endif

/// The migrations of a dialect that are tried, and those that the database has before them.
struct PendingMigrations {
    let dialect: Dialect
    let base: [Migration]
    let pending: [Migration]
}

/// Tries the migrations of one dialect on a shadow database.
struct ShadowRun {
    let part: PendingMigrations
    let knowsUse: Bool
    /// The server for the shadow of PostgreSQL; nil starts one.
    let server: String?

    func report() throws -> LintReport {
        guard !part.pending.isEmpty else { return LintReport() }
        switch part.dialect {
        case .sqlite:
            let connection = try SQLiteConnection(path: ":memory:")
            try applyBase(to: connection)
            return try lint(on: SQLiteShadow(connection))
        case .postgres:
            #if Postgres
                return try ScratchDatabase.withConnection(server: server) { connection in
                    try applyBase(to: connection)
                    return try lint(on: PostgresShadow(connection))
                }
            #else
                throw UsageError.noPostgres
            #endif
        }
    }

    private func applyBase(to database: any MigrationDatabase) throws {
        try Migrator(database: database, migrations: part.base, tool: ToolVersion.commandLine).up()
    }

    private func lint(on shadow: any ShadowDatabase) throws -> LintReport {
        try MigrationLinter(shadow: shadow, knowsUse: knowsUse).lint(part.pending)
    }
}
