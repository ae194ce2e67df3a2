#if Postgres
    import EventSourcingPostgres

    extension PostgresConnection {
        /// A connection that says on standard error whom it waits for, and what the server remarks.
        static func forMigrations(url: String) throws -> PostgresConnection {
            let connection = try PostgresConnection(
                PostgresConfiguration(url: url) { notice in
                    StandardError.write("\(notice.severity): \(notice.message)")
                })
            connection.migrationOptions.onWaiting = { holder in
                StandardError.write("waiting for somebody else who applies migrations: \(holder)")
            }
            return connection
        }
    }
#endif
