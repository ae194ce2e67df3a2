import EventSourcingSQLite
import Foundation
import SQLMigrations
import SQLSchema

#if Postgres
    import EventSourcingPostgres
#endif

/// Makes the snapshot by applying the migrations to an empty database of each dialect and asking it what it has.
struct SnapshotBuilder {
    let options: MigrationOptions
    let server: PostgresServerOptions

    func build() throws -> SchemaSnapshot {
        // All files are read before any is applied: a mistake in one is found at once.
        let migrations = try options.loadAll()
        return SchemaSnapshot(dialects: try migrations.reduce(into: [:]) { $0[$1.dialect] = try build($1) })
    }

    /// What can be found out without a server: the part of PostgreSQL is taken from another snapshot when that was made
    /// from the same migrations, and has no tables when it was not.
    static func buildOffline(options: MigrationOptions, other: SchemaSnapshot) throws -> SchemaSnapshot {
        let builder = SnapshotBuilder(options: options, server: PostgresServerOptions())
        var snapshot = SchemaSnapshot()
        for part in try options.loadAll() {
            let embedded = part.migrations.map(\.embedded)
            switch part.dialect {
            case .sqlite: snapshot.dialects[.sqlite] = try builder.build(part)
            case .postgres where other.dialects[.postgres]?.migrations == embedded:
                snapshot.dialects[.postgres] = other.dialects[.postgres]
            case .postgres:
                snapshot.dialects[.postgres] = DialectSnapshot(catalog: Catalog(), migrations: embedded)
            }
        }
        return snapshot
    }

    private func build(_ part: MigrationOptions.DialectMigrations) throws -> DialectSnapshot {
        let catalog =
            switch part.dialect {
            case .sqlite: try sqliteCatalog(after: part.migrations)
            case .postgres: try postgresCatalog(after: part.migrations)
            }
        return DialectSnapshot(catalog: catalog, migrations: part.migrations.map(\.embedded))
    }

    private func sqliteCatalog(after migrations: [Migration]) throws -> Catalog {
        let connection = try SQLiteConnection(path: ":memory:")
        try Migrator(database: connection, migrations: migrations, tool: ToolVersion.commandLine).up()
        return try connection.catalog(excluding: [MigrationHistory.tableName])
    }

    private func postgresCatalog(after migrations: [Migration]) throws -> Catalog {
        #if Postgres
            try ScratchDatabase.withConnection(server: try server.url()) { connection in
                try Migrator(database: connection, migrations: migrations, tool: ToolVersion.commandLine).up()
                let history = RelationName(
                    schema: connection.migrationOptions.historySchema, MigrationHistory.tableName)
                return try connection.catalog(excluding: [history])
            }
        #else
            throw UsageError.noPostgres
        #endif
    }
}
