package import EventSourcingPostgres
import Foundation
import Synchronization

/// The PostgreSQL server of the tests: started when the first one needs it, or the one that `POSTGRES_TEST_URL` names.
package actor PostgresTestServer {
    package static let shared = PostgresTestServer()
    /// One of its own for what stands behind a proxy, and takes many connections.
    package static let behindProxy = PostgresTestServer()

    private var server: Task<ThrowawayServer, any Error>?

    /// The URL of a database where others can be created.
    package func url() async throws -> String {
        if let url = ProcessInfo.processInfo.environment["POSTGRES_TEST_URL"] { return url }
        return try await started().url()
    }

    /// The folder of a Unix socket that the server listens at, and the URL of one of its databases.
    package func socket(database: String) async throws -> (folder: String, url: String) {
        let server = try await started()
        return (server.folder, server.url(database: database))
    }

    private func started() async throws -> ThrowawayServer {
        let task = server ?? Task { try await ThrowawayServer.start() }
        server = task
        return try await task.value
    }
}

/// A new and empty database of one test, which goes away with its last user.
package final class PostgresTestDatabase: Sendable {
    package let name: String
    /// Where the database is.
    package let configuration: PostgresConfiguration
    private let administration: Administration

    package init() async throws {
        let administration = Administration(url: try await PostgresTestServer.shared.url())
        let name = "test_\(UUID().uuidString.lowercased().prefix(18).filter { $0 != "-" })"
        try await administration.execute("CREATE DATABASE \(name)")
        self.administration = administration
        self.name = name
        configuration = PostgresConfiguration(url: administration.url, parameters: ["dbname": name])
    }

    deinit {
        administration.drop(name)
    }

    /// Runs a statement on the server, outside of the database.
    package func executeOutside(_ sql: String) async throws {
        try await administration.execute(sql)
    }
}

/// Creates and drops databases, on a queue of its own: calls into libpq block.
private final class Administration: Sendable {
    let url: String
    private static let queue = DispatchQueue(label: "test-databases")
    /// What is left to drop when the process ends.
    private static let atExit: Void = {
        atexit { Administration.queue.sync {} }
    }()

    init(url: String) {
        self.url = url
        Self.atExit
    }

    func execute(_ sql: String) async throws {
        try await withCheckedThrowingContinuation { continuation in
            Self.queue.async { [url] in
                continuation.resume(with: Result { try PostgresConnection(url: url).execute(sql) })
            }
        }
    }

    func drop(_ name: String) {
        Self.queue.async { [url] in
            try? PostgresConnection(url: url).execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
        }
    }
}
