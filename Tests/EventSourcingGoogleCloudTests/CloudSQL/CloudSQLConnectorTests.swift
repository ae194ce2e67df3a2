import EventSourcing
import Foundation
import GoogleCloudTestSupport
import TestSupport
import Testing

@testable import EventSourcingGoogleCloud
@testable import EventSourcingPostgres

@Suite("The connector of Cloud SQL")
struct CloudSQLConnectorTests {
    @Test("A connection goes through the tunnel to the server, and one certificate serves several")
    func connects() async throws {
        let bench = try await CloudSQLBench()
        let connector = try bench.connector()
        #expect(try await bench.ask(connector) == 42)
        #expect(try await bench.ask(connector) == 42)
        #expect(bench.standIn.issuedCount == 1)
        #expect(bench.standIn.accepted.count == 2)
        #expect(bench.standIn.accepted.allSatisfy { $0.login == nil })
        try await eventually("all connections are closed") { await connector.connectionCount == 0 }
        await bench.close(connector)
    }

    @Test("Large values pass in both directions")
    func largeValues() async throws {
        let bench = try await CloudSQLBench()
        let connector = try bench.connector()
        let text = String(repeating: "0123456789abcdef", count: 1 << 18)
        let (answer, length) = try await bench.query(connector) { connection in
            let statement = try connection.prepare("SELECT $1::text, length($1::text)::bigint")
            var parameters = statement.parameters()
            try parameters.write(text, at: 0)
            let answer = try statement.first { (try $0.string(at: 0), try $0.int64(at: 1)) }
            return try #require(answer)
        }
        #expect(answer == text)
        #expect(length == 1 << 22)
        await bench.close(connector)
    }

    @Test("The private address and Private Service Connect are ways too")
    func addresses() async throws {
        let bench = try await CloudSQLBench()
        let connector = try bench.connector(bench.configuration(address: .privateAddress))
        #expect(try await bench.ask(connector) == 42)
        bench.standIn.set { $0.addressTypes = ["PRIMARY"] }
        let other = try bench.connector(bench.configuration(address: .privateAddress))
        #expect(try await bench.failure(other).code == .noAddress)
        bench.standIn.set { $0.serviceConnectName = "localhost" }
        let third = try bench.connector(bench.configuration(address: .privateServiceConnect))
        #expect(try await bench.ask(third) == 42)
        await bench.close(connector, other, third)
    }

    @Test("Another region, another kind of instance and another engine are told before anything is connected")
    func wrongInstance() async throws {
        let bench = try await CloudSQLBench()
        func check(_ code: CloudSQLError.Code, _ change: (inout CloudSQLStandIn.Behaviour) -> Void) async throws {
            bench.standIn.set { $0 = CloudSQLStandIn.Behaviour() }
            bench.standIn.set(change)
            let connector = try bench.connector()
            #expect(try await bench.failure(connector).code == code)
            await connector.close()
        }
        try await check(.wrongRegion) { $0.region = "europe-west1" }
        try await check(.wrongInstanceType) { $0.backendType = "FIRST_GEN" }
        try await check(.wrongEngine) { $0.databaseVersion = "MYSQL_8_0" }
        #expect(bench.standIn.accepted.isEmpty)
        await bench.close()
    }

    @Test("An instance that the Admin API does not know, and an account that it does not let ask, are told apart")
    func unknownInstance() async throws {
        let bench = try await CloudSQLBench()
        var configuration = try bench.configuration()
        configuration.instance = try CloudSQLInstanceName("test-project:us-central1:nope")
        let unknown = try bench.connector(configuration)
        #expect(try await bench.failure(unknown).code == .unknownInstance)
        let nobody = try CloudSQLConnector(
            bench.configuration(), credentials: FixedToken(), limiter: RefreshLimiter(),
            dialer: TunnelDialer(port: bench.standIn.proxyPort))
        #expect(try await bench.failure(nobody).code == .notPermitted)
        await bench.close(unknown, nobody)
    }

    private struct FixedToken: AccessTokenSource {
        func accessToken(for scopes: [GoogleScope]) async throws -> AccessToken {
            AccessToken(value: "ya29.unknown", expiration: .now())
        }
    }

    @Test("A server with a certificate of a regional authority is known by its alternative name")
    func regionalAuthority() async throws {
        let bench = try await CloudSQLBench()
        try bench.standIn.rotate(.regionalAuthority(dnsName: "abc.us-central1.sql.goog"))
        let connector = try bench.connector()
        #expect(try await bench.ask(connector) == 42)
        await bench.close(connector)
    }

    @Test("A server with a certificate from another authority is sent nothing")
    func wrongAuthority() async throws {
        let bench = try await CloudSQLBench()
        bench.standIn.set { $0.namesWrongAuthority = true }
        let connector = try bench.connector()
        let failure = try await bench.failure(connector)
        #expect(failure.code == .wrongServerAuthority, "\(failure)")
        // It was tried once more with another certificate, and no more.
        #expect(bench.standIn.issuedCount == 2)
        #expect(bench.standIn.accepted.isEmpty)
        bench.standIn.set { $0.namesWrongAuthority = false }
        #expect(try await bench.ask(connector) == 42)
        await bench.close(connector)
    }

    @Test("A server with the certificate of another instance is sent nothing")
    func wrongName() async throws {
        let bench = try await CloudSQLBench()
        try bench.standIn.rotate(.otherInstance)
        let connector = try bench.connector()
        let failure = try await bench.failure(connector)
        #expect(failure.code == .wrongServerName, "\(failure)")
        #expect(failure.message.contains("someone-else:other"))
        try bench.standIn.rotate()
        #expect(try await bench.ask(connector) == 42)
        await bench.close(connector)
    }

    @Test("With automatic IAM the certificate says who signs in")
    func automaticLogin() async throws {
        let bench = try await CloudSQLBench()
        try await bench.makeRole("app@test-project.iam")
        let connector = try bench.connector(
            bench.configuration(login: .automaticIAM(user: CloudSQLStandIn.account)))
        let user = try await bench.query(connector) {
            try $0.prepare("SELECT current_user::text").first { try $0.string(at: 0) }
        }
        #expect(user == "app@test-project.iam")
        #expect(bench.standIn.accepted.map(\.login) == [CloudSQLStandIn.account])
        await bench.close(connector)
    }

    @Test("With a token as the password, each new connection asks for one")
    func tokenLogin() async throws {
        let bench = try await CloudSQLBench()
        let counter = CountingTokens()
        let connector = try CloudSQLConnector(
            CloudSQLConfiguration(
                instance: nil, database: "shop", login: .tokenIAM(user: "app@test-project.iam"),
                route: .direct(host: "10.0.0.3", port: 5432, .require)), credentials: counter)
        for number in 1...3 {
            #expect(try await connector.postgres.resolved().parameters["password"] == "token-\(number)")
        }
        #expect(counter.scopes.values == Array(repeating: [.cloudSQLLogin], count: 3))
        await bench.close(connector)
    }

    private final class CountingTokens: AccessTokenSource {
        let scopes = Recorder<[GoogleScope]>()

        func accessToken(for scopes: [GoogleScope]) async throws -> AccessToken {
            self.scopes.append(scopes)
            return AccessToken(value: "token-\(self.scopes.values.count)", expiration: .now())
        }
    }

    @Test("A statement that runs through the tunnel can be cancelled")
    func cancellation() async throws {
        let bench = try await CloudSQLBench()
        let connector = try bench.connector()
        let connection = try await PostgresAsyncConnection.connect(connector.postgres)
        let task = Task { try await connection.run { try $0.execute("SELECT pg_sleep(600)") } }
        try await eventually("the statement runs") {
            try await bench.query(connector) {
                try $0.prepare("SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)'").first {
                    try $0.int64(at: 0)
                }
            } == 1
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await connection.close()
        await bench.close(connector)
    }

    @Test("A connector that is closed makes no connections, and leaves no folder")
    func closing() async throws {
        let bench = try await CloudSQLBench()
        let connector = try bench.connector()
        let connection = try await PostgresAsyncConnection.connect(connector.postgres)
        let folder = try #require(try await connector.parameters()["host"])
        #expect(FileManager.default.fileExists(atPath: SocketPath.path(folder: folder)))
        await connector.close()
        #expect(!FileManager.default.fileExists(atPath: folder))
        await #expect(throws: DatabaseError.self) { try await connection.run { try $0.execute("SELECT 1") } }
        #expect(try await bench.failure(connector).code == .closed)
        await connection.close()
        await bench.close()
    }
}

extension CloudSQLBench {
    /// A role that may sign in without a password.
    func makeRole(_ name: String) async throws {
        let connection = try await PostgresAsyncConnection.connect(direct)
        try await connection.run { connection in
            try connection.execute(
                "DO $$ BEGIN CREATE ROLE \"\(name)\" LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
        }
        await connection.close()
    }
}
