#if Postgres
    import EventSourcingPostgres
    import Foundation

    #if GoogleCloud
        import EventSourcingGoogleCloud
        import Synchronization
    #endif

    extension DatabaseURL {
        /// Where a PostgreSQL server is, wherever it runs.
        func postgresConfiguration() throws -> PostgresConfiguration {
            switch self {
            case .sqlite: throw UsageError("the database is one of SQLite, and not of PostgreSQL")
            case .postgres(let url): return PostgresConfiguration(url: url)
            case .cloudSQL(let url):
                #if GoogleCloud
                    return try CloudSQLConnectors.connector(for: url).postgres
                #else
                    throw UsageError.noGoogleCloud
                #endif
            }
        }
    }

    extension PostgresConfiguration {
        /// Connects, on the thread of a command.
        func connect() throws -> PostgresConnection {
            try PostgresConnection(BlockingCall.wait { try await resolved() })
        }
    }

    #if GoogleCloud
        /// The connectors of this process, one for each database, which are closed when it ends.
        private enum CloudSQLConnectors {
            private static let connectors = Mutex<[String: CloudSQLConnector]>([:])
            private static let closesAtExit: Void = {
                atexit {
                    let connectors = connectors.withLock { Array($0.values) }
                    try? BlockingCall.wait { for connector in connectors { await connector.close() } }
                }
            }()

            static func connector(for url: String) throws -> CloudSQLConnector {
                closesAtExit
                return try connectors.withLock { connectors in
                    if let connector = connectors[url] { return connector }
                    let environment = ProcessInfo.processInfo.environment
                    let connector = try CloudSQLConnector(CloudSQLConfiguration(url: url, environment: environment))
                    connectors[url] = connector
                    return connector
                }
            }
        }
    #endif
#endif
