import Foundation
import GoogleCloudTestSupport
import NIOCore
import TestSupport
import Testing

@testable import EventSourcingGoogleCloud
@testable import EventSourcingPostgres

/// An instance of Cloud SQL for one test: the stand-in, and a new database on a real server behind it.
final class CloudSQLBench: Sendable {
    /// A password that the server does not ask for, and that nobody may see.
    static let password = "pass/w@rd: 100%?&#"

    let standIn: CloudSQLStandIn
    let database: String
    /// The database, past the proxy.
    let direct: PostgresConfiguration
    let credentials: ApplicationDefaultCredentials

    /// An instance in front of the server that the tests share.
    convenience init() async throws {
        let database = "cloudsql_\(UUID().uuidString.lowercased().filter { $0 != "-" })"
        let (folder, url) = try await PostgresTestServer.behindProxy.socket(database: "postgres")
        let administration = try await PostgresAsyncConnection.connect(PostgresConfiguration(url: url))
        try await administration.run { try $0.execute("CREATE DATABASE \(database)") }
        await administration.close()
        try await self.init(
            socket: SocketPath.path(folder: folder), database: database,
            PostgresConfiguration(url: url, parameters: ["dbname": database]))
    }

    /// An instance in front of a server that listens at a Unix socket.
    ///
    /// - Parameter direct: the database, past the proxy.
    init(socket: String, database: String, _ direct: PostgresConfiguration) async throws {
        self.database = database
        self.direct = direct
        standIn = try await CloudSQLStandIn(postgres: socket)
        credentials = ApplicationDefaultCredentials(environment: ["GCE_METADATA_HOST": standIn.metadataHost])
    }

    /// What leads to the database through the connector.
    func configuration(
        login: CloudSQLConfiguration.Login = .password(user: ThrowawayServer.user, CloudSQLBench.password),
        address: CloudSQLConfiguration.Address = .publicAddress, refresh: CloudSQLConfiguration.Refresh = .ahead
    ) throws -> CloudSQLConfiguration {
        var configuration = CloudSQLConfiguration(
            instance: try CloudSQLInstanceName(CloudSQLStandIn.connectionName), database: database, login: login,
            route: .connector(address))
        configuration.refresh = refresh
        configuration.administrationURL = standIn.administrationURL
        configuration.proxyPort = standIn.proxyPort
        return configuration
    }

    /// A connector that may ask for certificates as often as a test needs it.
    func connector(
        _ configuration: CloudSQLConfiguration? = nil, limiter: RefreshLimiter = RefreshLimiter(burst: 100),
        timeout: TimeAmount = .seconds(60)
    ) throws -> CloudSQLConnector {
        try CloudSQLConnector(
            try configuration ?? self.configuration(), credentials: credentials, limiter: limiter,
            dialer: TunnelDialer(port: standIn.proxyPort, timeout: timeout))
    }

    /// Runs a closure with a new connection.
    func query<Value: Sendable>(
        _ connector: CloudSQLConnector, _ body: @escaping @Sendable (PostgresConnection) throws -> Value
    ) async throws -> Value {
        let connection = try await PostgresAsyncConnection.connect(connector.postgres)
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await connection.run(body))
        } catch {
            outcome = .failure(error)
        }
        await connection.close()
        return try outcome.get()
    }

    /// The answer of the server to a question that shows that there is one.
    func ask(_ connector: CloudSQLConnector) async throws -> Int64? {
        try await query(connector) { try $0.prepare("SELECT 40 + 2::bigint").first { try $0.int64(at: 0) } }
    }

    /// The connector's reason for an error of a connection.
    func failure(
        _ connector: CloudSQLConnector, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> CloudSQLError {
        let error = try await #require(throws: DatabaseError.self, sourceLocation: sourceLocation) {
            try await self.ask(connector)
        }
        for secret in standIn.tokens + [Self.password] { #expect(!"\(error)".contains(secret)) }
        #expect(error.database == connector.configuration.description, sourceLocation: sourceLocation)
        return try #require(CloudSQLError(error), "\(error)", sourceLocation: sourceLocation)
    }

    func close(_ connectors: CloudSQLConnector...) async {
        for connector in connectors { await connector.close() }
        await standIn.stop()
    }
}

/// Waits until something is so.
func eventually(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
    let start = ContinuousClock.now
    while start.duration(to: .now) < .seconds(60) {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("it never happened that \(what)", sourceLocation: sourceLocation)
}
