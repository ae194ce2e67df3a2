import EventSourcingPostgres
import Foundation
import GoogleCloudTestSupport
import TestSupport
import Testing

@Suite("The command line on Cloud SQL")
struct CloudSQLCommandTests {
    @Test("Migrations, events, the feed and the doctor go through the connector, and no secret is shown")
    func wholeStory() async throws {
        let cloud = try await CloudSQLWorkplace()
        let up = try await cloud.run("migrate", "up")
        #expect(!up.text.isEmpty || !up.errors.isEmpty, "\(up)")
        try await cloud.run("migrate", "status")
        try await cloud.run("append", "order-1", "--type", "OrderPlaced", "--data", #"{"total": 42}"#)
        try await cloud.run(
            "append", "order-1", "--type", "OrderPaid", "--data", "{}", "--expected-version", "1")
        let conflict = try await cloud.run(
            "append", "order-1", "--type", "OrderPaid", "--data", "{}", "--expected-version", "1", exits: 4)
        #expect(conflict.errors.contains("expected v1, got v2"))
        let events = try await cloud.run("load", "order-1").lines
        #expect(events.map { $0.contains("OrderPlaced") } == [true, false])
        #expect(events.map { $0.contains("OrderPaid") } == [false, true])
        #expect(try await cloud.run("tail", "--json").lines.count == 2)
        #expect(try await cloud.run("streams", "--json").lines.count == 1)
        let export = try await cloud.run("export")
        #expect(export.lines.count == 2)
        try await cloud.run("import", "-", input: export.output)
        // It warns of a server of tests, which does not write to the disk what it should.
        let doctor = try await cloud.run("doctor", "--json", exits: 1)
        #expect(doctor.text.contains(CloudSQLStandIn.connectionName), "\(doctor)")
        #expect(cloud.standIn.accepted.count >= 10)
        #expect(try cloud.leftovers().isEmpty, "each command removes its folder")
        await cloud.finish()
    }

    @Test("A process shows no token and no password among its arguments, and has no children that could")
    func processListing() async throws {
        let cloud = try await CloudSQLWorkplace()
        try await cloud.run("migrate", "up")
        let tool = try cloud.start("tail", "--follow", "--json")
        try await cloud.run("append", "order-1", "--type", "OrderPlaced", "--data", "{}")
        try await eventually("the event arrives") { try tool.output.contains("OrderPlaced") }
        #if os(Linux)
            let process = "/proc/\(tool.processID)"
            let arguments = try String(contentsOfFile: "\(process)/cmdline", encoding: .utf8)
            #expect(arguments.contains("cloudsql://"))
            cloud.expectNoSecret(in: arguments)
            let children = try String(contentsOfFile: "\(process)/task/\(tool.processID)/children", encoding: .utf8)
            #expect(children.isEmpty)
        #endif
        // What a process that is killed leaves behind is of no use to anybody, and the next one does not use it.
        try await tool.kill()
        let abandoned = try cloud.leftovers()
        #expect(abandoned.count == 1, "\(abandoned)")
        cloud.expectNoSecret(in: try tool.output + tool.errors)
        try await cloud.run("load", "order-1")
        #expect(try cloud.leftovers() == abandoned)
        try cloud.ageLeftovers()
        try await cloud.run("load", "order-1")
        #expect(try cloud.leftovers().isEmpty)
        await cloud.finish()
    }

    @Test("What is wrong is told with the right exit code, and without secrets")
    func mistakes() async throws {
        let cloud = try await CloudSQLWorkplace()
        let unknown = try await cloud.run("load", "x", url: cloud.url + "&sslmode=require", exits: 2)
        #expect(unknown.errors.contains("sslmode"))
        let contradiction = try await cloud.run(
            "load", "x", url: "\(cloud.url)&login=iam&password=\(CloudSQLWorkplace.password)", exits: 2)
        #expect(contradiction.errors.contains("password and login=iam exclude each other"))
        cloud.standIn.set { $0.region = "europe-west1" }
        let region = try await cloud.run("load", "x", exits: 3)
        #expect(region.errors.contains("wrongRegion") && region.errors.contains("europe-west1"), "\(region)")
        cloud.standIn.set { $0.region = "us-central1" }
        try cloud.standIn.rotate(.otherInstance)
        let name = try await cloud.run("migrate", "up", exits: 3)
        #expect(name.errors.contains("wrongServerName"), "\(name)")
        await cloud.finish()
    }
}

/// What a test of the tool on Cloud SQL has: the stand-in in front of a real server, and an empty database there.
private struct CloudSQLWorkplace {
    static let password = "pa55-w0rd-nobody-sees"

    let standIn: CloudSQLStandIn
    let url: String
    private let place: Workplace
    private let temporary: TemporaryFolder
    private let environment: [String: String]

    init() async throws {
        place = try Workplace()
        temporary = try TemporaryFolder()
        let folder = Checkout.folder.appending(path: "migrations/postgres")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            try place.folder.write(try Checkout.read("migrations/postgres/\(name)"), to: "migrations/postgres/\(name)")
        }
        let server = try await PostgresTestServer.behindProxy.socket(database: "postgres")
        let name = "cloudsql_\(UUID().uuidString.lowercased().filter { $0 != "-" })"
        let administration = try await PostgresAsyncConnection.connect(PostgresConfiguration(url: server.url))
        try await administration.run { try $0.execute("CREATE DATABASE \(name)") }
        await administration.close()
        standIn = try await CloudSQLStandIn(postgres: "\(server.folder)/.s.PGSQL.5432")
        url = "cloudsql://\(CloudSQLStandIn.connectionName)/\(name)?user=postgres&proxy-port=\(standIn.proxyPort)"
        environment = [
            "GCE_METADATA_HOST": standIn.metadataHost, "CLOUD_SQL_ADMIN_URL": standIn.administrationURL,
            "GCP_SQL_PASSWORD": Self.password, "HOME": place.folder.path, "TMPDIR": temporary.path,
            "GOOGLE_APPLICATION_CREDENTIALS": "", "CLOUDSDK_CONFIG": "",
        ]
    }

    /// Runs a command on the database, expects an exit code, and looks for secrets in what it says.
    @discardableResult
    func run(
        _ arguments: String..., input: Data? = nil, url: String? = nil, exits exitCode: Int32 = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> CommandLineTool.Outcome {
        let outcome = try await place.tool.run(
            arguments + ["--database", url ?? self.url], standardInput: input, environment: environment,
            sourceLocation: sourceLocation)
        #expect(
            !outcome.wasKilled && outcome.exitCode == exitCode, "\(arguments) should exit with \(exitCode): \(outcome)",
            sourceLocation: sourceLocation)
        expectNoSecret(in: outcome.text + outcome.errors, sourceLocation: sourceLocation)
        return outcome
    }

    func start(_ arguments: String...) throws -> RunningTool {
        try RunningTool(place.tool, arguments + ["--database", url], environment: environment)
    }

    func expectNoSecret(in text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        for secret in standIn.tokens + [Self.password, "PRIVATE KEY"] {
            #expect(!text.contains(secret), sourceLocation: sourceLocation)
        }
    }

    /// The folders of sockets that are there.
    func leftovers() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: temporary.path).filter { $0.contains("cloudsql") }.sorted()
    }

    /// Makes the folders as old as those that the next process removes.
    func ageLeftovers() throws {
        for name in try leftovers() {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: temporary.file(name))
        }
    }

    func finish() async {
        await standIn.stop()
    }
}
