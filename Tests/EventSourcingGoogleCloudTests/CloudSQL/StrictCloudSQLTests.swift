import EventSourcing
import Foundation
import GoogleCloudTestSupport
import JSONText
import TestSupport
import Testing

@testable import EventSourcingGoogleCloud
@testable import EventSourcingPostgres

@Suite(
    "The connector against the stand-in that Google's own connector works with",
    .enabled(if: GoogleFakes.folder != nil, "the stand-ins are not here"))
struct StrictCloudSQLTests {
    @Test("The key of a service account and the metadata server both lead to the database; faults are got over")
    func story() async throws {
        let fake = try await StrictCloudSQL.start()
        let key = try fake.connector(environment: ["GOOGLE_APPLICATION_CREDENTIALS": fake.keyFile])
        let store = CloudSQLEventStore(key, pool: PostgresPoolOptions(minimum: 0, maximum: 4))
        try await store.initialize()
        try await store.save([Event(type: "A", source: "/tests")], for: "a", expectedVersion: 0)

        // New authorities, of the other kind too; open connections go on.
        try await fake.control("rotate")
        try await fake.ask(key)
        try await fake.control("set", #"{"serverCA": "cas", "dnsName": "abc.us-central1.sql.goog"}"#)
        try await fake.ask(key)
        try await store.save([Event(type: "B", source: "/tests")], for: "a", expectedVersion: 1)

        // A failover.
        try await fake.control("drop")
        try await eventually("the events can be read again") {
            (try? await store.load("a").map(\.type)) == ["A", "B"]
        }

        // The Admin API fails, and gives a certificate that has ended.
        try await fake.control("set", #"{"adminFailures": [503, 503, 500, 502, 503]}"#)
        let metadata = try fake.connector(environment: ["GCE_METADATA_HOST": fake.host])
        try await fake.ask(metadata)
        await store.close()
        await metadata.close()
        await fake.stop()
    }

    @Test("Each mistake has an error of its own, and automatic IAM says who signs in")
    func mistakes() async throws {
        let fake = try await StrictCloudSQL.start()
        func failure(_ settings: String) async throws -> CloudSQLError.Code? {
            try await fake.control("set", settings)
            let connector = try fake.connector(environment: ["GCE_METADATA_HOST": fake.host])
            let error = try await #require(throws: DatabaseError.self) { try await fake.ask(connector) }
            await connector.close()
            return CloudSQLError(error)?.code
        }
        #expect(try await failure(#"{"region": "europe-west1"}"#) == .wrongRegion)
        #expect(try await failure(#"{"region": "us-central1", "advertiseWrongCA": true}"#) == .wrongServerAuthority)
        #expect(
            try await failure(#"{"advertiseWrongCA": false, "wrongServerName": true}"#) == .wrongServerName)
        let expired = try await failure(#"{"wrongServerName": false, "certLifetime": -1}"#)
        #expect(expired == .certificateRefused || expired == .unreachable, "\(expired as Any)")
        try await fake.control("set", #"{"certLifetime": 3600}"#)
        try await fake.makeRole("app@test-project.iam")
        let connector = try fake.connector(
            environment: ["GCE_METADATA_HOST": fake.host],
            login: .automaticIAM(user: "app@test-project.iam.gserviceaccount.com"))
        try await fake.ask(connector)
        let state = try await fake.control("state", nil)
        #expect(state["accepted"]?.items?.last?["login"]?.string == "app@test-project.iam.gserviceaccount.com")
        await connector.close()
        await fake.stop()
    }
}

/// The strict stand-in, a process of its own, in front of a real server.
private struct StrictCloudSQL: Sendable {
    let keyFile: String
    private let url: String
    private let proxyPort: Int
    private let postgres: PostgresConfiguration
    private let folder: TemporaryFolder
    private let process: FakeProcess

    /// Unchecked: a `Process` may be used from any thread, and here it is only ended.
    private final class FakeProcess: @unchecked Sendable {
        let process = Process()
        deinit { end() }

        /// It may have inherited that SIGTERM is blocked.
        func end() {
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        }
    }

    /// `127.0.0.1:PORT`.
    var host: String { String(url.dropFirst("http://".count)) }

    static func start() async throws -> StrictCloudSQL {
        let folder = try TemporaryFolder()
        let server = try await PostgresTestServer.behindProxy.socket(database: "postgres")
        let database = "cloudsql_\(UUID().uuidString.lowercased().filter { $0 != "-" })"
        let administration = try await PostgresAsyncConnection.connect(PostgresConfiguration(url: server.url))
        try await administration.run { try $0.execute("CREATE DATABASE \(database)") }
        await administration.close()
        let fake = FakeProcess()
        let output = try folder.write("", to: "output")
        fake.process.executableURL = URL(fileURLWithPath: try #require(GoogleFakes.folder) + "/start")
        fake.process.arguments = [
            "cloudsql", "--postgres", SocketPath.path(folder: server.folder), "--port", "0", "--proxy-port", "0",
            "--key-file", folder.file("key.json"),
        ]
        fake.process.standardInput = FileHandle.nullDevice
        fake.process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        try fake.process.run()
        var url = ""
        try await eventually("the stand-in is ready") {
            let text = String(decoding: try folder.data(of: "output"), as: UTF8.self)
            guard text.hasPrefix("ready "), text.hasSuffix("\n") else { return false }
            url = String(text.dropFirst("ready ".count).dropLast())
            return true
        }
        let state = try await control(url, "state", nil)
        return StrictCloudSQL(
            keyFile: folder.file("key.json"), url: url,
            proxyPort: try #require(state["proxy"]?["port"]?.integer),
            postgres: PostgresConfiguration(url: server.url, parameters: ["dbname": database]), folder: folder,
            process: fake)
    }

    func stop() async {
        process.end()
    }

    func connector(
        environment: [String: String],
        login: CloudSQLConfiguration.Login = .password(user: ThrowawayServer.user, nil)
    ) throws -> CloudSQLConnector {
        var configuration = CloudSQLConfiguration(
            instance: try CloudSQLInstanceName("test-project:us-central1:main"),
            database: postgres.parameters["dbname"] ?? "", login: login)
        configuration.administrationURL = url
        return try CloudSQLConnector(
            configuration, credentials: ApplicationDefaultCredentials(environment: environment),
            limiter: RefreshLimiter(burst: 100), dialer: TunnelDialer(port: proxyPort))
    }

    func ask(_ connector: CloudSQLConnector) async throws {
        let connection = try await PostgresAsyncConnection.connect(connector.postgres)
        try await connection.run { try $0.execute("SELECT 1") }
        await connection.close()
    }

    func makeRole(_ name: String) async throws {
        let connection = try await PostgresAsyncConnection.connect(postgres)
        try await connection.run { connection in
            try connection.execute(
                "DO $$ BEGIN CREATE ROLE \"\(name)\" LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
        }
        await connection.close()
    }

    @discardableResult
    func control(_ call: String, _ body: String? = "{}") async throws -> JSONNode {
        try await Self.control(url, call, body)
    }

    private static func control(_ url: String, _ call: String, _ body: String?) async throws -> JSONNode {
        let request = HTTPRequest(
            method: body == nil ? "GET" : "POST", url: "\(url)/_fake/\(call)", body: body.map { Array($0.utf8) })
        let response = try await AsyncHTTPTransport().send(request)
        try #require(response.status == 200)
        return try JSONNode(parsing: response.body)
    }
}
