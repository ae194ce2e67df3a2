#if Postgres
    import EventSourcingPostgres
    import Foundation
    import SQLMigrations
    import SQLSchema

    /// What there is to know about a PostgreSQL database.
    struct PostgresExamination: DatabaseExamination {
        let url: DatabaseURL
        let server: String?

        var dialect: Dialect { .postgres }

        static func installedLibrary() -> Finding {
            let version = PostgresConnection.libraryVersion
            return .ok(.libpq, version, facts: [.text("version", version)])
        }

        func surroundings() -> [Finding] { [] }

        func connect() throws -> any ExaminedDatabase {
            let connection = try url.postgresConfiguration().connect()
            // All but the tables of its own that the probe of triggers makes, in a transaction that it rolls back.
            try connection.execute("SET default_transaction_read_only = on")
            return ExaminedPostgres(connection: connection, scratchServer: server)
        }
    }

    private struct ExaminedPostgres: ExaminedDatabase {
        let connection: PostgresConnection
        /// Where migrations are tried; nil for the environment's.
        let scratchServer: String?

        var name: String { connection.address }

        var migrations: any MigrationDatabase { connection }

        let guardedChanges = "UPDATE, DELETE and TRUNCATE"

        func condition() -> [Finding] {
            let findings = [
                Finding.of(.server, server), .of(.durability, durability), .of(.connections, connections),
                .of(.integrity, indexes), .of(.transactions, transactions),
            ]
            return findings + [.of(.size, size)]
        }

        private func number(_ sql: String) throws -> Int {
            try connection.prepare(sql).first { row in try row.value(Int?.self, at: 0) ?? 0 } ?? 0
        }

        private func setting(_ name: String) throws -> String {
            try connection.prepare("SELECT current_setting('\(name)')").first { try $0.string(at: 0) } ?? ""
        }

        private func server() throws -> Finding {
            let version = try setting("server_version")
            let facts = [Finding.Fact.text("version", version)]
            guard try number("SELECT current_setting('server_version_num')::bigint") >= 130_000 else {
                return .problem(
                    .server, "PostgreSQL \(version) is older than what is supported",
                    advice: "use PostgreSQL 13 or later", facts: facts)
            }
            guard try number("SELECT pg_is_in_recovery()::int::bigint") == 0 else {
                return .warning(
                    .server, "PostgreSQL \(version), a standby: nothing can be saved",
                    advice: "name the primary, or several hosts and target_session_attrs=read-write", facts: facts)
            }
            return .ok(.server, "PostgreSQL \(version)", facts: facts)
        }

        private func durability() throws -> Finding {
            let settings = try ["fsync", "synchronous_commit", "full_page_writes"].map { ($0, try setting($0)) }
            let facts = settings.map { Finding.Fact.text($0.0, $0.1) }
            let off = settings.filter { $0.1 == "off" }.map(\.0)
            guard off.isEmpty else {
                return .warning(
                    .durability, off.map { "\($0) = off" }.joined(separator: ", ") + ": a crash may lose commits",
                    advice: "switch on what must not be lost, in postgresql.conf or with ALTER ROLE or ALTER DATABASE",
                    facts: facts)
            }
            return .ok(
                .durability, "fsync = on, synchronous_commit = \(settings[1].1): a commit waits for the disk",
                facts: facts)
        }

        private func connections() throws -> Finding {
            let most = try number("SELECT current_setting('max_connections')::bigint")
            let used = try number("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
            let message = "\(used) of \(most) are in use"
            let facts = [Finding.Fact.number("used", used), .number("most", most)]
            guard used * 10 <= most * 9 else {
                return .warning(
                    .connections, message,
                    advice: "lower the maximum of the pools, raise max_connections, or use a pooler", facts: facts)
            }
            return .ok(.connections, message, facts: facts)
        }

        private func indexes() throws -> Finding {
            let invalid = try connection.prepare(
                """
                SELECT i.indexrelid::regclass::text FROM pg_index AS i WHERE NOT i.indisvalid
                AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index AS p WHERE p.index_relid = i.indexrelid)
                ORDER BY 1
                """
            ).all { try $0.string(at: 0) }
            guard !invalid.isEmpty else { return .ok(.integrity, "every index is valid") }
            return .problem(
                .integrity, "not valid: \(invalid.joined(separator: ", "))",
                advice: "REINDEX INDEX CONCURRENTLY, or drop it and create it anew", facts: [.list("indexes", invalid)])
        }

        /// A transaction that has appended something keeps the readers of the feed waiting until it ends.
        private static let longestUsualTransaction = 300

        private func transactions() throws -> Finding {
            let open = try connection.prepare(
                """
                SELECT 'process ' || pid || coalesce(' (' || nullif(application_name, '') || ')', '') || ' for '
                    || extract(epoch FROM clock_timestamp() - xact_start)::bigint || ' seconds'
                FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND xact_start < clock_timestamp() - interval '\(Self.longestUsualTransaction) seconds'
                UNION ALL
                SELECT 'the prepared transaction ' || quote_literal(gid) FROM pg_prepared_xacts
                WHERE database = current_database()
                AND prepared < clock_timestamp() - interval '\(Self.longestUsualTransaction) seconds'
                """
            ).all { try $0.string(at: 0) }
            guard !open.isEmpty else { return .ok(.transactions, "none is open for long") }
            return .warning(
                .transactions, "open: \(open.joined(separator: "; "))",
                advice: "one that has appended events keeps the readers of the feed waiting; end it with "
                    + "pg_terminate_backend, COMMIT PREPARED or ROLLBACK PREPARED", facts: [.list("open", open)])
        }

        private func size() throws -> Finding {
            let bytes = try number("SELECT pg_database_size(current_database())")
            return .ok(.size, ByteCount.text(bytes), facts: [.number("bytes", bytes)])
        }

        func catalog() throws -> Catalog {
            try connection.catalogWithoutHistory()
        }

        func catalogs(afterEach migrations: [Migration]) throws -> [Catalog] {
            try ScratchDatabase.withConnection(
                server: scratchServer ?? ProcessInfo.processInfo.environment[PostgresServerOptions.variable]
            ) { connection in
                let migrator = Migrator(
                    database: connection, migrations: migrations, tool: ToolVersion.commandLine)
                return try migrations.map { migration in
                    try migrator.up(to: migration.version)
                    return try connection.catalogWithoutHistory()
                }
            }
        }

        func unguardedChanges(of table: Table) throws -> [String] {
            try PostgresTriggerProbe(table: table, connection: connection).unguardedChanges()
        }
    }

    extension PostgresConnection {
        func catalogWithoutHistory() throws -> Catalog {
            try catalog(excluding: [
                RelationName(schema: migrationOptions.historySchema, MigrationHistory.tableName)
            ])
        }
    }
#endif
