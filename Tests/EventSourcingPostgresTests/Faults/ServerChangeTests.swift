import EventSourcing
import TestSupport
import Testing

@testable import EventSourcingPostgres

@Suite("A PostgreSQL store on another server than before", .timeLimit(.minutes(5)))
struct ServerChangeTests {
    private static func insert(_ stream: String) -> String {
        "INSERT INTO events (aggregate_id, version, event_id, type, source) VALUES ('\(stream)', 1, '1', 'T', '/psql')"
    }

    private func open(_ server: DurableServer) async throws -> PostgresEventStore {
        let store = PostgresEventStore(server.configuration(), pool: PostgresPoolOptions(minimum: 0, maximum: 4))
        try await store.initialize()
        return store
    }

    private func streams(_ store: PostgresEventStore, after position: Int = 0) async throws -> [String] {
        try await store.loadFeed(after: position, limit: 100).map(\.aggregateID)
    }

    @Test("waits for a transaction that was prepared before a restart", arguments: ServerCrashTests.Accident.allCases)
    func prepared(_ accident: ServerCrashTests.Accident) async throws {
        try await DurableServer.with(settings: ["max_prepared_transactions=5"]) { server in
            let store = try await open(server)
            try await store.save(events("1"), for: "first")
            try await server.execute("BEGIN", Self.insert("prepared"), "PREPARE TRANSACTION 'slow'")
            try await store.save(events("1"), for: "fast")
            #expect(try await streams(store) == ["first"])
            switch accident {
            case .crash: try await server.kill()
            case .restart: try await server.stop()
            }
            try await server.start()
            // One knows what was before the restart, and the other does not.
            let other = try await open(server)
            for store in [store, other] {
                try await store.save(events("1"), for: store === other ? "faster" : "fastest")
                #expect(try await streams(store) == ["first"])
                #expect(try await streams(store, after: 1) == [])
                let hold = try #require(try await store.feedHold(after: 1))
                #expect(hold.position == 2 && hold.holders.map(\.processID) == [nil], "\(hold)")
            }
            try await server.execute("COMMIT PREPARED 'slow'")
            for store in [store, other] {
                #expect(try await streams(store) == ["first", "prepared", "fast", "fastest", "faster"])
                await store.close()
            }
        }
    }

    private func expectReadOnly<Value: Sendable>(_ call: () async throws -> Value) async throws {
        let error = try await #require(throws: DatabaseError.self) { _ = try await call() }
        #expect(error.code == .readOnly, "\(error)")
        #expect("\(error)".contains("connect to the primary"), "\(error)")
    }

    @Test("on a standby loads, says where to save, and reads the feed up to the first hole")
    func standby() async throws {
        try await DurableServer.with { primary in
            let store = try await open(primary)
            try await store.save(events("1", "2"), for: "a")
            try await primary.execute("BEGIN", Self.insert("regretted"), "ROLLBACK")
            try await store.save(events("1"), for: "b")
            try await store.saveSnapshot(
                Snapshot(aggregateID: "a", version: 2, aggregateType: "T", state: try JSON("{}")))
            try await store.saveCheckpoint(1, of: "reader")
            try await primary.withStandby { standby in
                let replica = PostgresEventStore(
                    standby.configuration(), pool: PostgresPoolOptions(minimum: 0, maximum: 4))
                try await replica.initialize(migrations: .verify)
                // By default, too: there is nothing to apply.
                try await replica.initialize()
                #expect(try await replica.load("a").map(\.event.id) == ["1", "2"])
                #expect(try await replica.version(of: "b") == 1)
                #expect(try await replica.loadSnapshot("a")?.version == 2)
                #expect(try await replica.loadCheckpoint(of: "reader") == 1)
                #expect(try await replica.loadStreams(after: nil, limit: 10).map(\.aggregateID) == ["a", "b"])

                try await expectReadOnly { try await replica.save(events("3"), for: "a") }
                try await expectReadOnly {
                    try await replica.withTransaction { try $0.save(events("3"), for: "a").version }
                }
                try await expectReadOnly {
                    try await replica.saveTogether(["a", "b"].map { StreamAppend(events("3"), to: $0) })
                }
                try await expectReadOnly { try await replica.saveCheckpoint(2, of: "reader") }
                #expect(try await streams(replica) == ["a", "a"])
                let error = try await #require(throws: StoreError.self) { try await streams(replica, after: 2) }
                #expect(error.code == .unsupported && error.message.contains("standby"), "\(error)")
                #expect(try await streams(store) == ["a", "a", "b"])

                // What is saved on the primary arrives, and positions without a hole need nobody who knows more.
                let position = try #require(try await store.save(events("4"), for: "c").positions.first)
                while try await replica.version(of: "c") == 0 { try await Task.sleep(for: .milliseconds(10)) }
                #expect(try await streams(replica, after: position - 1) == ["c"])
                await replica.close()
            }
            await store.close()
        }
    }

    @Test("goes on from a checkpoint after a dump was restored into a new cluster, with lower transaction numbers")
    func restored() async throws {
        try await DurableServer.with { old in
            let store = try await open(old)
            // So that the new cluster draws numbers again that this one has used before.
            try await old.execute(
                "DO $$ BEGIN FOR n IN 1..3000 LOOP PERFORM txid_current(); COMMIT; END LOOP; END $$")
            for number in 1...3 { try await store.save(events("\(number)"), for: "a") }
            try await old.execute("BEGIN", Self.insert("regretted"), "ROLLBACK")
            try await store.save(events("4"), for: "a")
            #expect(try await store.readFeed(as: "reader", limit: 2) { _, _ in } == 2)
            let before = try await store.load("a")
            await store.close()
            try await old.withAnother { new in
                let place = ["--host=\(old.folder)", "--port=5432", "--username=\(ThrowawayServer.user)"]
                try await old.run("pg_dump", place + ["--file=\(old.folder)/dump.sql", "postgres"])
                try await new.run(
                    "psql",
                    [
                        "--host=\(new.folder)", "--port=5432", "--username=\(ThrowawayServer.user)", "--quiet",
                        "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--file=\(old.folder)/dump.sql", "postgres",
                    ])
                let number = "SELECT pg_current_xact_id()::text"
                let (oldNumber, newNumber) = (try await old.rows(number), try await new.rows(number))
                #expect(try #require(Int(newNumber[0])) < #require(Int(oldNumber[0])))
                let restored = try await open(new)
                #expect(try await restored.load("a") == before)
                let saved = try await restored.save(events("5"), for: "a", expectedVersion: 4)
                #expect(saved.version == 5 && saved.positions.allSatisfy { $0 > before[3].position })
                let read = Recorder<String>()
                #expect(
                    try await restored.readFeed(as: "reader") { events, _ in
                        for event in events { read.append(event.event.id) }
                    } == 3)
                #expect(read.values == ["3", "4", "5"])
                #expect(try await restored.loadFeed(after: 0, limit: 10).map(\.event.id) == ["1", "2", "3", "4", "5"])
                await restored.close()
            }
        }
    }
}
