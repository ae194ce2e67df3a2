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
    let queries: QueryFolder

    func build() throws -> SchemaSnapshot {
        // All files are read before any is applied: a mistake in one is found at once.
        let parts = try options.loadAll()
        var typing = QueryTyping(try queries.load(), dialects: parts.map(\.dialect))
        let dialects = try parts.reduce(into: [:]) { $0[$1.dialect] = try build($1, &typing) }
        return SchemaSnapshot(dialects: dialects, queries: try typing.typed())
    }

    /// What can be found out without a server: the part of PostgreSQL is taken from another snapshot when that was made
    /// from the same migrations, and has no tables when it was not.
    static func buildOffline(
        options: MigrationOptions, queries: QueryFolder, other: SchemaSnapshot
    ) throws -> SchemaSnapshot {
        let builder = SnapshotBuilder(options: options, server: PostgresServerOptions(), queries: queries)
        let parts = try options.loadAll()
        var typing = QueryTyping(try queries.load(), dialects: parts.map(\.dialect))
        var snapshot = SchemaSnapshot()
        for part in parts {
            let embedded = part.migrations.map(\.embedded)
            switch part.dialect {
            case .sqlite: snapshot.dialects[.sqlite] = try builder.build(part, &typing)
            case .postgres where other.dialects[.postgres]?.migrations == embedded:
                snapshot.dialects[.postgres] = other.dialects[.postgres]
                typing.take(.postgres, from: other)
            case .postgres:
                snapshot.dialects[.postgres] = DialectSnapshot(catalog: Catalog(), migrations: embedded)
            }
        }
        return SchemaSnapshot(dialects: snapshot.dialects, queries: try typing.typed())
    }

    private func build(
        _ part: MigrationOptions.DialectMigrations, _ typing: inout QueryTyping
    ) throws -> DialectSnapshot {
        let catalog =
            switch part.dialect {
            case .sqlite: try sqliteCatalog(after: part.migrations, &typing)
            case .postgres: try postgresCatalog(after: part.migrations, &typing)
            }
        return DialectSnapshot(catalog: catalog, migrations: part.migrations.map(\.embedded))
    }

    private func sqliteCatalog(after migrations: [Migration], _ typing: inout QueryTyping) throws -> Catalog {
        let connection = try SQLiteConnection(path: ":memory:")
        try Migrator(database: connection, migrations: migrations, tool: ToolVersion.commandLine).up()
        let catalog = try connection.catalog(excluding: [MigrationHistory.tableName])
        try typing.type(in: .sqlite, catalog, describe: connection.describe)
        return catalog
    }

    private func postgresCatalog(after migrations: [Migration], _ typing: inout QueryTyping) throws -> Catalog {
        #if Postgres
            try ScratchDatabase.withConnection(server: try server.url()) { connection in
                try Migrator(database: connection, migrations: migrations, tool: ToolVersion.commandLine).up()
                let history = RelationName(
                    schema: connection.migrationOptions.historySchema, MigrationHistory.tableName)
                let catalog = try connection.catalog(excluding: [history])
                try typing.type(in: .postgres, catalog, describe: connection.describe)
                return catalog
            }
        #else
            throw UsageError.noPostgres
        #endif
    }
}
