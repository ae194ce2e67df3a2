import TestSupport
import Testing

@testable import EventSourcingPostgres

@Suite("The PostgreSQL store")
struct PostgresStoreTests {
    private let database: PostgresTestDatabase
    private let store: PostgresEventStore
    private let observer: PostgresAsyncConnection

    init() async throws {
        database = try await PostgresTestDatabase()
        store = PostgresEventStore(database.configuration, pool: PostgresPoolOptions(minimum: 0, maximum: 10))
        try await store.initialize()
        observer = try await PostgresAsyncConnection.connect(database.configuration)
    }

    private func events(_ count: Int = 1, type: String = "T") -> [Event<StandardColumns>] {
        (0..<count).map { _ in Event(type: type, source: "/tests") }
    }

    private func execute(_ sql: String) async throws {
        try await observer.run { try $0.execute(sql) }
    }

    private func number(_ sql: String) async throws -> Int {
        try await observer.run { try $0.prepare(sql).first { try $0.value(Int?.self, at: 0) ?? 0 } ?? 0 }
    }

    private func expectDenseVersions() async throws {
        let gaps = try await number(
            "SELECT count(*) FROM (SELECT FROM events GROUP BY aggregate_id HAVING max(version) <> count(*)) AS s")
        #expect(gaps == 0)
    }

    // MARK: Races

    @Test("saves to one stream from many tasks and two stores, none of which fails")
    func hotStream() async throws {
        let other = PostgresEventStore(database.configuration, pool: PostgresPoolOptions(minimum: 0, maximum: 10))
        try await other.initialize()
        try await withThrowingTaskGroup { group in
            for task in 0..<16 {
                group.addTask {
                    for _ in 0..<15 { try await (task % 2 == 0 ? store : other).save(events(), for: "hot") }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.version(of: "hot") == 240)
        try await expectDenseVersions()
        await other.close()
    }

    @Test("lets exactly one of many win who expect the same version, and tells the others the true one")
    func oneWinner() async throws {
        let outcomes = await withTaskGroup { group in
            for _ in 0..<16 {
                group.addTask {
                    do {
                        return "saved v\(try await store.save(events(2), for: "a", expectedVersion: 0).version)"
                    } catch {
                        return "\(error)"
                    }
                }
            }
            return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == ["saved v2": 1, "a: expected v0, got v2": 15])
    }

    @Test("never deadlocks when many save to the same streams in opposite orders")
    func oppositeOrders() async throws {
        let stores = [store, PostgresEventStore(database.configuration, pool: PostgresPoolOptions(minimum: 0))]
        try await stores[1].initialize()
        let streams = (0..<20).map { "s\($0)" }
        try await withThrowingTaskGroup { group in
            for (index, store) in stores.enumerated() {
                group.addTask {
                    for _ in 0..<15 {
                        let order = index == 0 ? streams : streams.reversed()
                        let outcomes = try await store.saveEach(order.map { StreamAppend(events(), to: $0) })
                        for outcome in outcomes { _ = try outcome.get() }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await number("SELECT count(*) FROM events") == 600)
        #expect(try await number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == 0)
        try await expectDenseVersions()
        await stores[1].close()
    }

    // MARK: Neighbours

    @Test("leaves the neighbours of a refused event alone, whatever refuses it")
    func poison() async throws {
        try await execute("ALTER TABLE events ADD CONSTRAINT no_poison CHECK (type <> 'poison')")
        let lock = try await PostgresAsyncConnection.connect(database.configuration)
        // The first save waits for this lock, and the others gather behind it.
        try await lock.run { try $0.execute("BEGIN") }
        try await lock.run { try $0.execute("LOCK TABLE events IN SHARE MODE") }
        let saves = (0..<8).map { number in
            Task { try await store.save(events(2, type: number == 3 ? "poison" : "T"), for: "s\(number)") }
        }
        try await Task.sleep(for: .milliseconds(100))
        try await lock.run { try $0.execute("ROLLBACK") }
        for (number, save) in saves.enumerated() {
            let outcome = await save.result
            if number == 3 {
                #expect { try outcome.get() } throws: { ($0 as? DatabaseError)?.constraint == "no_poison" }
            } else {
                #expect(try outcome.get().version == 2)
            }
        }
        #expect(try await number("SELECT count(*) FROM events") == 14)
        await lock.close()
    }

    @Test("gives each of several saves with exact versions its own outcome, in one trip", arguments: [1, 2])
    func exactVersions(count: Int) async throws {
        try await store.save(events(2), for: "late")
        let saves = [
            StreamAppend(events(count), to: "b", expectedVersion: 0),
            StreamAppend(events(count), to: "late", expectedVersion: 1),
            StreamAppend(events(count), to: "ä", expectedVersion: .noStream),
            StreamAppend(events(count), to: "a", expectedVersion: 1),
            StreamAppend(events(count), to: "c", expectedVersion: 0),
        ]
        try await expectOutcomes(of: saves, [count, nil, count, nil, count])
    }

    @Test("gives each of several saves of a stream, with exact versions, its own outcome")
    func exactVersionsInTurn() async throws {
        try await store.save(events(2), for: "late")
        let saves = [
            StreamAppend(events(2), to: "b", expectedVersion: 0),
            StreamAppend(events(), to: "late", expectedVersion: 1),
            StreamAppend(events(3), to: "b", expectedVersion: 2),
            StreamAppend(events(), to: "ä", expectedVersion: .noStream),
            StreamAppend(events(2), to: "a", expectedVersion: 1),
            StreamAppend(events(), to: "late", expectedVersion: 2),
        ]
        try await expectOutcomes(of: saves, [2, nil, 5, 1, nil, 3])
    }

    /// Saves with a stream `late` at version 2, and none called `a`; nil stands for a conflict.
    private func expectOutcomes(of saves: [StreamAppend<StandardColumns>], _ versions: [Int?]) async throws {
        let outcomes = try await store.saveEach(saves)
        #expect(outcomes.map { try? $0.get().version } == versions)
        for (save, outcome) in zip(saves, outcomes) {
            guard let result = try? outcome.get() else {
                #expect { try outcome.get() } throws: {
                    ($0 as? ConcurrencyError)?.actual == (save.aggregateID == "late" ? 2 : 0)
                }
                continue
            }
            let stored = try await store.load(save.aggregateID).filter { result.positions.contains($0.position) }
            #expect(stored.map(\.event.id) == save.events.map(\.id) && stored.last?.version == result.version)
            #expect(stored.map(\.position) == result.positions.sorted() && stored.map(\.position) == result.positions)
            #expect(stored.allSatisfy { $0.time == $0.recordedAt })
        }
        try await expectDenseVersions()
    }

    @Test("does not keep others waiting for a save that waits for a stranger's transaction")
    func stranger() async throws {
        let stranger = try await PostgresAsyncConnection.connect(database.configuration)
        try await stranger.run { try $0.execute("BEGIN") }
        try await stranger.run {
            try $0.execute(
                """
                INSERT INTO events (aggregate_id, version, event_id, type, source) VALUES ('held', 1, 'x', 'T', '/psql')
                """)
        }
        let held = Task { try await store.save(events(), for: "held") }
        try await withThrowingTaskGroup { group in
            for number in 0..<20 { group.addTask { try await store.save(events(), for: "free-\(number)") } }
            try await group.waitForAll()
        }
        try await stranger.run { try $0.execute("COMMIT") }
        #expect(try await held.value.version == 2)
        await stranger.close()
    }

    @Test("answers the same save again with the original versions, alone and among others")
    func retries() async throws {
        let first = events(3)
        let saved = try await store.save(first, for: "a")
        let again = try await store.save(first, for: "a")
        #expect(again.wasAlreadySaved && again.version == 3 && again.positions == saved.positions)
        let outcomes = try await store.saveEach([
            StreamAppend(events(), to: "b"), StreamAppend(first, to: "a", expectedVersion: 0),
            StreamAppend(events(), to: "a"), StreamAppend([first[2], first[0]], to: "a"),
        ])
        #expect(try outcomes.prefix(3).map { try $0.get().version } == [1, 3, 4])
        #expect { try outcomes[3].get() } throws: { ($0 as? DuplicateEventError)?.code == .differentOrder }
    }

    // MARK: Transactions of the caller

    @Test("commits events and the caller's own rows together, or neither")
    func transaction() async throws {
        struct Regret: Error {}
        try await execute("CREATE TABLE totals (amount bigint)")
        let saved = try await store.withTransaction { transaction in
            let saved = try transaction.save([Event(type: "T", source: "/")], for: "a", expectedVersion: .noStream)
            try transaction.execute("INSERT INTO totals VALUES (20)")
            #expect(try transaction.version(of: "a") == 1)
            return saved
        }
        #expect(saved.version == 1)
        await #expect(throws: Regret.self) {
            try await store.withTransaction { transaction in
                try transaction.save([Event(type: "T", source: "/")], for: "a")
                try transaction.execute("INSERT INTO totals VALUES (30)")
                throw Regret()
            }
        }
        #expect(try await store.version(of: "a") == 1)
        #expect(try await number("SELECT sum(amount)::bigint FROM totals") == 20)
    }

    @Test("keeps a READ COMMITTED transaction usable after a conflict")
    func conflictInTransaction() async throws {
        try await store.save(events(), for: "a")
        let version = try await store.withTransaction { transaction in
            let error = try #require(throws: ConcurrencyError.self) {
                try transaction.save([Event(type: "T", source: "/")], for: "a", expectedVersion: 0)
            }
            #expect(error.actual == 1)
            return try transaction.save([Event(type: "T", source: "/")], for: "a", expectedVersion: 1).version
        }
        #expect(version == 2)
    }

    @Test(
        "tells a transaction that cannot see who was faster to begin again",
        arguments: [
            PostgresIsolation.repeatableRead, .serializable,
        ])
    func isolated(isolation: PostgresIsolation) async throws {
        try await store.save(events(), for: "a")
        let (configuration, event) = (database.configuration, events()[0])
        let error = try await #require(throws: DatabaseError.self) {
            try await store.withTransaction(isolation: isolation) { transaction in
                #expect(try transaction.version(of: "a") == 1)
                // Somebody else, meanwhile.
                try PostgresConnection(configuration).execute(
                    """
                    INSERT INTO events (aggregate_id, version, event_id, type, source) VALUES ('a', 2, 'x', 'T', '/psql')
                    """)
                try transaction.save([event], for: "a")
            }
        }
        #expect(error.code == .transactionConflict)
        #expect(try await store.version(of: "a") == 2)
    }

    // MARK: Several streams

    @Test("reads one moment, whatever others save meanwhile, and cannot write while it does")
    func reading() async throws {
        try await store.save(events(), for: "a")
        let configuration = database.configuration
        let versions = try await store.read { transaction in
            let before = try transaction.version(of: "a")
            try PostgresConnection(configuration).execute(
                """
                INSERT INTO events (aggregate_id, version, event_id, type, source) VALUES ('a', 2, 'x', 'T', '/psql')
                """)
            return [before, try transaction.version(of: "a")]
        }
        #expect(versions == [1, 1])
        #expect(try await store.version(of: "a") == 2)
        let event = events()[0]
        let error = try await #require(throws: DatabaseError.self) {
            try await store.read { _ = try $0.save([event], for: "b") }
        }
        #expect(error.engineCode == "25006" && error.code == .readOnly, "\(error)")
    }

    @Test("saves to several streams, each with its expectation, or to none of them")
    func together() async throws {
        try await store.save(events(2), for: "a")
        let appends = [
            StreamAppend(events(1), to: "b", expectedVersion: .noStream),
            StreamAppend(events(2), to: "a", expectedVersion: 2),
            StreamAppend(events(1), to: "a", expectedVersion: .any),
        ]
        let results = try await store.saveTogether(appends)
        #expect(results.map(\.version) == [1, 4, 5])
        #expect(
            try await store.saveTogether(appends)
                == results.map { SaveResult(version: $0.version, positions: $0.positions, wasAlreadySaved: true) })
        let error = try await #require(throws: ConcurrencyError.self) {
            try await store.saveTogether([
                StreamAppend(events(), to: "c"), StreamAppend(events(), to: "b", expectedVersion: 7),
            ])
        }
        #expect(error.aggregateID == "b" && error.actual == 1)
        #expect(try await store.version(of: "c") == 0)
        // A refused event takes the others with it.
        try await execute("ALTER TABLE events ADD CHECK (type <> 'poison')")
        await #expect(throws: DatabaseError.self) {
            try await store.saveTogether([
                StreamAppend(events(), to: "c"), StreamAppend(events(type: "poison"), to: "d"),
            ])
        }
        #expect(try await store.version(of: "c") == 0)
    }

    @Test("saves together in opposite orders without a deadlock, and loses no race for any version")
    func togetherInOppositeOrders() async throws {
        try await withThrowingTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for _ in 0..<10 {
                        let streams = task % 2 == 0 ? ["a", "b", "c"] : ["c", "b", "a"]
                        try await store.saveTogether(streams.map { StreamAppend(events(), to: $0) })
                    }
                }
            }
            try await group.waitForAll()
        }
        for stream in ["a", "b", "c"] { #expect(try await store.version(of: stream) == 80) }
        #expect(try await number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == 0)
    }

    // MARK: Plans

    @Test("reads a long stream along its index, and leaves the caller's own statements as they are planned elsewhere")
    func plans() async throws {
        try await execute(
            """
            INSERT INTO events (aggregate_id, version, event_id, type, source)
            SELECT 's' || n % 3, n / 3 + 1, 'e' || n, 'T', '/tests' FROM generate_series(0, 29999) AS n
            """)
        try await execute("ANALYZE events")
        let settings = "SELECT current_setting('plan_cache_mode') || ' ' || current_setting('enable_bitmapscan')"
        let (own, plans) = try await store.lend { session in
            let own = try session.connection.prepare(settings).first { try $0.string(at: 0) }
            let loads = [
                (session.sql.loadFirstPage, "first('s1')"),
                (session.sql.loadAscending, "ascending('s1', 0, 9223372036854775807, NULL)"),
            ]
            let plans = try loads.map { sql, call in
                try session.connection.execute("PREPARE \(call.prefix { $0 != "(" }) AS \(sql)")
                return try session.connection.prepare("EXPLAIN EXECUTE \(call)").all { try $0.string(at: 0) }
                    .joined(separator: "\n")
            }
            return (own, plans)
        }
        #expect(own == "force_generic_plan off")
        for plan in plans {
            #expect(
                plan.contains("Index Scan using events_aggregate_id_version_key") && !plan.contains("Sort"), "\(plan)")
        }
        let callers = try await store.withTransaction { transaction in
            try transaction.prepare(settings).first { try $0.string(at: 0) }
        }
        #expect(callers == "auto on")
        try await store.readFeed(as: "reader", limit: 1) { _, transaction in
            #expect(try transaction.prepare(settings).first { try $0.string(at: 0) } == "auto on")
            try transaction.execute("CREATE TABLE reader_was_here ()")
        }
        #expect(try await number("SELECT count(*) FROM pg_class WHERE relname = 'reader_was_here'") == 1)
    }

    // MARK: Connections

    @Test("loses nothing and says nothing when its connections are cut while it saves")
    func cutConnections() async throws {
        let saved = Recorder<Int>()
        try await withThrowingTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for _ in 0..<20 { saved.append(try await store.save(events(), for: "s\(task)").version) }
                }
            }
            group.addTask {
                for _ in 0..<5 {
                    try await Task.sleep(for: .milliseconds(20))
                    try await execute(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()
                        """)
                }
            }
            try await group.waitForAll()
        }
        #expect(saved.values.count == 160)
        #expect(try await number("SELECT count(*) FROM events") == 160)
        try await expectDenseVersions()
    }

    @Test("ends what is under way when it is closed, and refuses what comes later")
    func closing() async throws {
        let saves = (0..<20).map { number in Task { try await store.save(events(), for: "s\(number)") } }
        await store.close()
        let outcomes = await saves.asyncMap { await $0.result }
        let stored = try await number("SELECT count(*) FROM events")
        #expect(outcomes.count { (try? $0.get()) != nil } == stored)
        for case .failure(let error) in outcomes { #expect((error as? StoreError)?.code == .closed) }
        await #expect(throws: StoreError.self) { try await store.load("s0") }
        await #expect(throws: StoreError.self) { try await store.initialize() }
    }

    @Test("says what it needs before it is initialized, and when the database is not the one it was built for")
    func initializing() async throws {
        let empty = try await PostgresTestDatabase()
        let store = PostgresEventStore(empty.configuration)
        await #expect { try await store.save(events(), for: "a") } throws: {
            ($0 as? StoreError)?.code == .notInitialized
        }
        let error = try await #require(throws: SchemaMismatchError.self) {
            try await store.initialize(migrations: .verify)
        }
        #expect(error.pendingMigrations.count == 3 && "\(error)".contains("public.events: there is no such table"))
        await store.close()
    }

    @Test("verifies without any right to change the schema")
    func verifying() async throws {
        let role = "reader_\(database.name)"
        try await execute("CREATE ROLE \(role) LOGIN")
        try await execute("GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO \(role)")
        var configuration = database.configuration
        configuration.parameters["user"] = role
        let store = PostgresEventStore(configuration, pool: PostgresPoolOptions(minimum: 0))
        try await store.initialize(migrations: .verify)
        #expect(try await store.save(events(), for: "a").version == 1)
        await store.close()
        try await execute("DROP OWNED BY \(role)")
        try await execute("DROP ROLE \(role)")
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ transform: (Element) async -> Value) async -> [Value] {
        var values: [Value] = []
        for element in self { values.append(await transform(element)) }
        return values
    }
}
