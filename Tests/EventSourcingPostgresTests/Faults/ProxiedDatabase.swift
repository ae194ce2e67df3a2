import EventSourcing
import Foundation
import TestSupport

@testable import EventSourcingPostgres

/// A new database with the standard tables, and a proxy on the way to it.
struct ProxiedDatabase: Sendable {
    private static let server = Task { try await ThrowawayServer.start() }

    let proxy: TestProxy
    /// The way through the proxy.
    private(set) var configuration: PostgresConfiguration
    /// A connection past the proxy.
    let observer: PostgresAsyncConnection

    init(overTCP: Bool = false, bufferSize: Int32? = nil) async throws {
        let server = try await Self.server.value
        let name = "proxied_\(UUID().uuidString.lowercased().filter { $0 != "-" })"
        let administration = try await PostgresAsyncConnection.connect(PostgresConfiguration(url: server.url()))
        try await administration.run { try $0.execute("CREATE DATABASE \(name)") }
        await administration.close()
        let direct = PostgresConfiguration(url: server.url(database: name))
        observer = try await PostgresAsyncConnection.connect(direct)
        proxy = try TestProxy(to: server.folder, overTCP: overTCP, bufferSize: bufferSize)
        configuration = direct
        configuration.parameters = proxy.parameters
    }

    /// A store that goes through the proxy.
    func makeStore(
        pool: PostgresPoolOptions = PostgresPoolOptions(minimum: 0, maximum: 8, timeout: .seconds(30)),
        responseTimeout: Duration? = nil
    ) async throws -> PostgresEventStore {
        var configuration = configuration
        configuration.responseTimeout = responseTimeout
        let store = PostgresEventStore(configuration, pool: pool)
        try await store.initialize()
        return store
    }

    /// The events that are there, as `stream/version id`.
    func events() async throws -> [String] {
        try await observer.run { connection in
            try connection.prepare("SELECT aggregate_id || '/' || version || ' ' || event_id FROM events ORDER BY 1")
                .all { try $0.string(at: 0) }
        }
    }
}

/// Events with ids that say which they are.
func events(_ ids: String...) -> [Event<StandardColumns>] {
    ids.map { Event(id: $0, type: "T", source: "/tests") }
}
