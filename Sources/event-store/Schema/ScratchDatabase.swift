#if Postgres
    import EventSourcingPostgres
    import SQLSchema

    /// An empty PostgreSQL database that nobody else uses, and that is gone afterwards.
    enum ScratchDatabase {
        /// Runs a closure with a connection to such a database.
        ///
        /// - Parameter server: a server on which it is created; nil starts one.
        static func withConnection<Result>(
            server: String?, _ body: (PostgresConnection) throws -> Result
        ) throws -> Result {
            guard let server else { return try withThrowawayServer(body) }
            let name = "event_store_schema_\(String(UInt64.random(in: .min ... .max), radix: 36))"
            let drop = "DROP DATABASE IF EXISTS \(name) WITH (FORCE)"
            let administration = try PostgresConnection(url: server)
            let cancel = administration.makeCanceller()
            // A signal ends the process at once, but the database must not stay, nor be created afterwards.
            let interruption = try Interruption(
                grace: .zero,
                cleanUp: {
                    cancel()
                    _ = try? PostgresConnection(url: server).execute(drop)
                })
            try create(name, on: administration)
            defer { try? administration.execute(drop) }
            let configuration = PostgresConfiguration(url: server, parameters: ["dbname": name])
            do {
                return try body(try PostgresConnection(configuration))
            } catch {
                // To drop the database cuts the connection, which is no failure of what was done with it.
                try interruption.check()
                throw error
            }
        }

        private static func withThrowawayServer<Result>(_ body: (PostgresConnection) throws -> Result) throws -> Result
        {
            let server: ThrowawayServer
            do {
                server = try ThrowawayServer()
            } catch {
                throw UsageError(
                    "\(error); or name a server on which a database may be created: --postgres URL, or "
                        + "\(PostgresServerOptions.variable) in the environment")
            }
            return try withExtendedLifetime(server) { try body(try PostgresConnection(url: server.url())) }
        }

        /// From the template that nobody can have added anything to, and with texts ordered as everywhere.
        private static func create(_ name: String, on administration: PostgresConnection) throws {
            do {
                try administration.execute(
                    "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
            } catch var error as DatabaseError where error.code == .notPermitted {
                error.hint =
                    "applying the migrations of PostgreSQL needs a role with CREATEDB; "
                    + "it creates a database of its own and drops it again"
                throw error
            }
        }
    }
#endif
