import EventSourcingSQLite
import SQLMigrations
import SQLSchema

#if Postgres
    import EventSourcingPostgres
#endif

/// What a database has, and what migrations give when they are applied to an empty one.
struct TargetCatalogs {
    let target: MigrationTarget
    /// Tables that are no part of the schema, such as that of another tool.
    let excluded: Set<RelationName>

    /// Applies migrations to an empty database, and asks what it has then.
    ///
    /// - Parameter server: a PostgreSQL server on which a database may be created; nil starts one.
    func expected(after migrations: [Migration], server: String?) throws -> Catalog {
        switch target.url {
        case .sqlite:
            let connection = try SQLiteConnection(path: ":memory:")
            try Migrator(database: connection, migrations: migrations, tool: ToolVersion.commandLine).up()
            return try catalog(of: connection)
        case .postgres, .cloudSQL:
            #if Postgres
                return try ScratchDatabase.withConnection(server: server) { connection in
                    if let schema = target.schema { connection.migrationOptions = .schema(schema) }
                    try Migrator(database: connection, migrations: migrations, tool: ToolVersion.commandLine).up()
                    return try catalog(of: connection)
                }
            #else
                throw UsageError.noPostgres
            #endif
        }
    }

    /// Compares a database with what is expected.
    ///
    /// - Throws: `MigrationError` with every difference.
    func check(_ database: any MigrationDatabase, against expected: Catalog) throws {
        let changes = SchemaDiff(from: expected, to: try catalog(of: database)).changes
        guard !changes.isEmpty else { return }
        throw MigrationError(
            .differentSchema,
            "the database does not have what the migrations give, so that nothing was recorded; from the migrations to the "
                + "database:\n" + changes.map { "  \($0)" }.joined(separator: "\n"))
    }

    private func catalog(of database: any MigrationDatabase) throws -> Catalog {
        if let connection = database as? SQLiteConnection {
            return try connection.catalog(excluding: Set(excluded.map(\.name) + [MigrationHistory.tableName]))
        }
        #if Postgres
            if let connection = database as? PostgresConnection {
                let history = RelationName(
                    schema: connection.migrationOptions.historySchema, MigrationHistory.tableName)
                let catalog = try connection.catalog(excluding: excluded.union([history]))
                return target.schema.map { catalog.part(of: $0) } ?? catalog
            }
        #endif
        return Catalog()
    }
}

extension Catalog {
    /// What belongs to one schema.
    fileprivate func part(of schema: String) -> Catalog {
        Catalog(
            tables: tables.filter { $0.name.schema == schema }, views: views.filter { $0.name.schema == schema },
            enums: enums.filter { $0.name.schema == schema }, domains: domains.filter { $0.name.schema == schema },
            functions: functions.filter { $0.name.schema == schema })
    }
}
