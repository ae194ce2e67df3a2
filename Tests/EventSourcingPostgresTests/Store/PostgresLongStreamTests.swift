import EventSourcingPostgres
import TestSupport
import Testing

/// A long stream is asked for in pages of 256, 512, … events, the next one while the last is read; nobody is to notice.
@Suite("Long streams of a PostgreSQL store")
struct PostgresLongStreamTests {
    private let database: PostgresTestDatabase
    private let store: PostgresEventStore

    init() async throws {
        database = try await PostgresTestDatabase()
        store = PostgresEventStore(database.configuration, pool: PostgresPoolOptions(minimum: 0, maximum: 1))
        try await store.initialize()
    }

    /// Saves `long` and two neighbours, which would show.
    private func saveStream(of count: Int) async throws {
        for stream in ["lone", "long", "longer"] {
            let events = (1...count).map { Event(type: "\(stream) \($0)", source: "/") }
            try await store.save(events, for: stream, expectedVersion: .noStream)
        }
    }

    @Test("are loaded whole, whatever their length", arguments: [255, 256, 257, 767, 768, 769, 1_793])
    func whole(count: Int) async throws {
        try await saveStream(of: count)
        let ascending = try await store.load("long")
        #expect(ascending.map(\.version) == Array(1...count))
        #expect(ascending.map(\.type) == (1...count).map { "long \($0)" })
        #expect(try await store.load("long", order: .descending) == ascending.reversed())
        let inTransaction = try await store.withTransaction { transaction in try transaction.load("long") }
        #expect(inTransaction == ascending)
        await store.close()
    }

    @Test("are loaded between versions and up to a limit, from either end")
    func parts() async throws {
        try await saveStream(of: 800)
        let all = try await store.load("long")
        for fromVersion in [0, 1, 2, 257, 545, 800, 801] {
            for toVersion in [nil, 0, 1, 256, 512, 800, 900] {
                for limit in [nil, 0, 1, 255, 256, 257, 767, 768, 769, 1_000] {
                    let wanted = all.filter { $0.version >= fromVersion && $0.version <= toVersion ?? .max }
                    let found = try await store.load(
                        "long", fromVersion: fromVersion, toVersion: toVersion, limit: limit)
                    let backwards = try await store.load(
                        "long", fromVersion: fromVersion, toVersion: toVersion, limit: limit, order: .descending)
                    #expect(found == Array(wanted.prefix(limit ?? .max)))
                    #expect(backwards == Array(wanted.reversed().prefix(limit ?? .max)))
                }
            }
        }
        await store.close()
    }

    @Test("with an event that cannot be read are an error, and the connection goes on", arguments: [1, 300, 600])
    func unreadable(version: Int) async throws {
        try await saveStream(of: 600)
        let connection = try await PostgresAsyncConnection.connect(database.configuration)
        try await connection.run { connection in
            try connection.execute("ALTER TABLE events DISABLE TRIGGER USER")
            try connection.execute(
                "UPDATE events SET occurred_at = 'infinity' WHERE aggregate_id = 'long' AND version = \(version)")
        }
        await connection.close()
        for _ in 0..<2 {
            let error = await #expect(throws: DatabaseError.self) { try await store.load("long") }
            #expect(error?.code == .unexpectedValue)
            #expect(try await store.load("lone").count == 600)
        }
        await store.close()
    }
}
