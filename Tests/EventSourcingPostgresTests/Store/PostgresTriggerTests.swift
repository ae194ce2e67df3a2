import EventSourcingPostgres
import TestSupport
import Testing

/// A team may put triggers on its events table; whatever they do, the contract holds.
@Suite("A PostgreSQL store whose table has triggers of its own")
struct PostgresTriggerTests {
    private let database: PostgresTestDatabase
    private let store: PostgresEventStore

    init() async throws {
        database = try await PostgresTestDatabase()
        store = PostgresEventStore(database.configuration, pool: PostgresPoolOptions(minimum: 0, maximum: 4))
        try await store.initialize()
    }

    private func addTrigger(_ time: String, _ body: String) async throws {
        let connection = try await PostgresAsyncConnection.connect(database.configuration)
        try await connection.run { connection in
            try connection.execute(
                "CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \(body); RETURN NULL; END $$")
            try connection.execute(
                "CREATE TRIGGER t \(time) INSERT ON events FOR EACH ROW WHEN (NEW.type = 'bad') EXECUTE FUNCTION t()")
        }
        await connection.close()
    }

    private func append(
        _ types: String..., to stream: String, expectedVersion: ExpectedVersion = .any
    ) -> StreamAppend<StandardColumns> {
        StreamAppend(types.map { Event(type: $0, source: "/") }, to: stream, expectedVersion: expectedVersion)
    }

    private func streams() async throws -> [String] {
        try await store.loadStreams(after: nil, limit: 10).map { "\($0.aggregateID) v\($0.version)" }
    }

    @Test(
        "reports an event that a trigger drops without an error, and keeps no part of its save",
        arguments: [["bad"], ["good", "bad", "good"], ["bad", "bad"]])
    func ignored(types: [String]) async throws {
        try await addTrigger("BEFORE", "NULL")
        let events = types.map { Event(type: $0, source: "/") }
        for expectedVersion in [ExpectedVersion.any, .noStream] {
            let error = await #expect(throws: DatabaseError.self) {
                try await store.save(events, for: "a", expectedVersion: expectedVersion)
            }
            #expect(error?.code == .refusedByTrigger)
            #expect(error?.message == "a trigger of the table dropped an event without an error")
        }
        await #expect(throws: DatabaseError.self) {
            try await store.withTransaction { transaction in
                try transaction.save([Event(type: "good", source: "/")], for: "b", expectedVersion: .any)
                try transaction.save(events, for: "a", expectedVersion: .any)
            }
        }
        #expect(try await streams() == [])
        await store.close()
    }

    @Test(
        "lets no neighbour pay for a save that a trigger refuses, however it does so",
        arguments: ["NULL", "RAISE EXCEPTION 'no'", "PERFORM 1 / 0"],
        [ExpectedVersion.any, .noStream])
    func neighbours(body: String, expectedVersion: ExpectedVersion) async throws {
        try await addTrigger("BEFORE", body)
        func outcomes(_ appends: StreamAppend<StandardColumns>...) async throws -> [Bool] {
            try await store.saveEach(appends).map { (try? $0.get()) != nil }
        }
        #expect(
            try await outcomes(
                append("good", to: "a", expectedVersion: expectedVersion),
                append("bad", to: "b", expectedVersion: expectedVersion),
                append("good", to: "c", expectedVersion: expectedVersion)) == [true, false, true])
        #expect(
            try await outcomes(
                append("good", "bad", to: "d", expectedVersion: expectedVersion),
                append("good", "good", to: "e", expectedVersion: expectedVersion),
                append("bad", "bad", to: "f", expectedVersion: expectedVersion)) == [false, true, false])
        #expect(try await streams() == ["a v1", "c v1", "e v2"])
        await store.close()
    }

    @Test("saves what a trigger does not drop, and gives the positions that it has")
    func after() async throws {
        try await addTrigger("AFTER", "NULL")
        let result = try await store.save(append("good", "bad", to: "a").events, for: "a")
        #expect(try await store.load("a").map(\.position) == result.positions)
        await store.close()
    }
}
