import EventSourcingPostgres
import TestSupport
import Testing

@Suite("A connection that breaks")
actor ConnectionLossTests {
    /// The calls block, which no thread of the cooperative pool must do.
    private let executor = QueueExecutor(label: "tests")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let database: PostgresTestDatabase
    private let connection: PostgresConnection
    private let other: PostgresConnection

    init() async throws {
        database = try await PostgresTestDatabase()
        connection = try PostgresConnection(database.configuration)
        other = try PostgresConnection(database.configuration)
    }

    private func kill() throws {
        try other.execute("SELECT pg_terminate_backend(\(connection.processID), 5000)")
    }

    private func loss(_ body: () throws -> Void) throws -> DatabaseError {
        let error = try #require(throws: DatabaseError.self, performing: body)
        #expect(error.code == .connectionLost, "\(error)")
        return error
    }

    @Test("leaves it open whether a statement of its own was carried out")
    func autocommit() throws {
        let error = try loss { try connection.execute("SELECT pg_terminate_backend(pg_backend_pid())") }
        #expect(error.isOutcomeUnknown)
        #expect("\(error)".contains("whether it was carried out is not known"))
        #expect(!connection.isReusable)
        #expect(try !loss { try connection.execute("SELECT 1") }.isOutcomeUnknown)
    }

    @Test("keeps nothing of a transaction that did not end")
    func withinTransaction() throws {
        try connection.begin()
        try kill()
        let error = try loss { try connection.execute("SELECT 1") }
        #expect(!error.isOutcomeUnknown)
        #expect("\(error)".contains("nothing was carried out"))
    }

    @Test("leaves it open whether a commit was carried out")
    func commit() throws {
        try connection.begin()
        try kill()
        #expect(try loss { try connection.commit() }.isOutcomeUnknown)
    }

    @Test("says so for prepared statements, old and new")
    func prepared() throws {
        let statement = try connection.prepare("SELECT 1")
        try kill()
        #expect(try loss { try statement.run() }.isOutcomeUnknown)
        #expect(try !loss { try statement.run() }.isOutcomeUnknown)
        #expect(try !loss { _ = try connection.prepare("SELECT 2") }.isOutcomeUnknown)
    }

    @Test("has carried out nothing of a statement that it was still preparing")
    func preparing() throws {
        try kill()
        #expect(try !loss { _ = try connection.prepare("SELECT 1") }.isOutcomeUnknown)
    }

    @Test("cannot be opened without a server, and says where it looked, without the password")
    func unreachable() throws {
        for url in [
            "postgresql://app:hush@/shop?host=/nowhere", "host=/nowhere user=app password=hush dbname=shop",
        ] {
            let error = try #require(throws: DatabaseError.self) { try PostgresConnection(url: url) }
            #expect(error.code == .cannotOpen && error.database == "postgresql://app@/nowhere:5432/shop")
            #expect(!"\(error)".contains("hush"))
        }
    }

    @Test(
        "tells nothing of a password in a URL that cannot be read",
        arguments: [
            "postgresql://app:hu@sh@host/shop", "postgresql://app:hu/sh@host/shop", "postgresql://app:hu?sh@host/shop",
            "postgresql://app:hu sh@host/shop?x", "postgresql://app:hu%sh@host/shop", "password=hu sh host=/nowhere",
            "password='hush", "postgresql://app:hush@host/shop?sslmode=sh", "postgresql://app:hush@host:99999/shop",
            "postgresql://app:hu#sh@/shop?host=/nowhere",
        ])
    func passwords(url: String) throws {
        let error = try #require(throws: DatabaseError.self) { try PostgresConnection(url: url) }
        #expect(error.code == .cannotOpen)
        let configuration = PostgresConfiguration(url: url, parameters: ["password": "hush"])
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(error)", "\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("hu"), "\(text)")
            #expect(!text.contains("sh@"), "\(text)")
        }
    }

    @Test("reads a URL, pairs, and the name of a database; keywords given apart take precedence")
    func addresses() {
        for (url, address) in [
            (
                "postgresql://app:hush@db.example.com:5433/shop?sslmode=require",
                "postgresql://app@db.example.com:5433/shop"
            ),
            ("postgres://db/shop", "postgresql://db/shop"), ("dbname=shop host=/run", "postgresql:///run/shop"),
            ("shop", "postgresql:///shop"), ("", "postgresql://"),
        ] {
            #expect("\(PostgresConfiguration(url: url))" == address)
        }
        let configuration = PostgresConfiguration(url: "postgresql://db/shop", parameters: ["dbname": "other"])
        #expect("\(configuration)" == "postgresql://db/other")
    }
}
