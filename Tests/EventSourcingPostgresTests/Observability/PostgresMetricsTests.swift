import EventSourcingPostgres
import InMemoryLogging
import Logging
import MetricsTestKit
import TestSupport
import Testing

@Suite("The metrics of a PostgreSQL store")
struct PostgresMetricsTests {
    private func expectOutcomes(_ observed: ObservedStore, _ expected: [String: Int64]) throws {
        for outcome in ["saved", "conflict", "duplicate", "invalid", "cancelled", "unknown", "failed"] {
            #expect(try observed.counter("saves_total", ("outcome", outcome)) == expected[outcome] ?? 0, "\(outcome)")
        }
    }

    @Test("count what becomes of saves, and how long they take")
    func outcomes() async throws {
        let observed = try await ObservedStore()
        let store = observed.store
        let first = ObservedStore.events(3)
        try await store.save(first, for: "a", expectedVersion: 0)
        await #expect(throws: ConcurrencyError.self) {
            try await store.save(ObservedStore.events(), for: "a", expectedVersion: 0)
        }
        let other = Event(id: first[0].id, type: "Other", source: "/tests")
        await #expect(throws: DuplicateEventError.self) { try await store.save([other], for: "a") }
        await #expect(throws: InvalidEventError.self) {
            try await store.save([Event(type: "", source: "/tests")], for: "a")
        }
        try await observed.execute("ALTER TABLE events ADD CONSTRAINT no_poison CHECK (type <> 'poison')")
        await #expect(throws: DatabaseError.self) {
            try await store.save(ObservedStore.events(type: "poison"), for: "b")
        }
        try expectOutcomes(observed, ["saved": 1, "conflict": 1, "duplicate": 1, "invalid": 1, "failed": 1])
        #expect(try observed.counter("events_total") == 3)
        #expect(try observed.timed("save_duration_seconds").count == 5)
        #expect(try observed.timed("save_duration_seconds").allSatisfy { $0 > 0 })
        await store.close()
    }

    @Test("count each of several saves in one call")
    func several() async throws {
        let observed = try await ObservedStore()
        let appends = [
            StreamAppend(ObservedStore.events(2), to: "a", expectedVersion: 0),
            StreamAppend(ObservedStore.events(), to: "b", expectedVersion: 5),
        ]
        _ = try await observed.store.saveEach(appends)
        try expectOutcomes(observed, ["saved": 1, "conflict": 1])
        #expect(try observed.counter("save_retries_total", ("reason", "batch")) == 1)
        #expect(try observed.recorded("batch_saves") == [2])
        #expect(try observed.counter("events_total") == 2)
        try await observed.store.saveTogether([
            StreamAppend(ObservedStore.events(), to: "c"), StreamAppend(ObservedStore.events(), to: "d"),
        ])
        try expectOutcomes(observed, ["saved": 3, "conflict": 1])
        #expect(try observed.counter("events_total") == 4)
        await observed.store.close()
    }

    @Test("tell how many saves share a commit")
    func batches() async throws {
        let observed = try await ObservedStore()
        try await observed.store.save(ObservedStore.events(), for: "alone")
        #expect(try observed.recorded("batch_saves") == [1])
        // The first save waits for this lock, and the others gather behind it.
        try await observed.execute("BEGIN", "LOCK TABLE events IN SHARE MODE")
        let saves = (0..<6).map { number in
            Task { try await observed.store.save(ObservedStore.events(), for: "s\(number)") }
        }
        try await Task.sleep(for: .milliseconds(100))
        try await observed.execute("ROLLBACK")
        for save in saves { _ = try await save.value }
        let batches = try observed.recorded("batch_saves")
        #expect(batches.reduce(0, +) == 7 && batches.contains { $0 > 1 }, "\(batches)")
        await observed.store.close()
    }

    @Test("count retries by their reason, and lost connections")
    func retries() async throws {
        let observed = try await ObservedStore()
        try await observed.store.save(ObservedStore.events(), for: "a")
        // The connection ends within the save.
        try await observed.execute(
            """
            CREATE FUNCTION die_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF nextval('deaths') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
                RETURN NEW;
            END $$
            """, "CREATE SEQUENCE deaths",
            "CREATE TRIGGER die_once BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION die_once()")
        try await observed.store.save(ObservedStore.events(), for: "a")
        #expect(try observed.counter("save_retries_total", ("reason", "connection_lost")) == 1)
        #expect(try observed.counter("connections_lost_total") == 1)
        try expectOutcomes(observed, ["saved": 2])
        let warnings = observed.logged(from: .info)
        #expect(warnings.map(\.level) == [.warning] && warnings[0].message == "a connection was lost and is replaced")
        #expect(observed.logged(from: .debug).contains { $0.message == "a save is tried again" })
        await observed.store.close()
    }

    @Test("count a save that lost a race and was tried again")
    func race() async throws {
        let observed = try await ObservedStore()
        try await observed.execute(
            "BEGIN",
            "INSERT INTO events (aggregate_id, version, event_id, type, source) VALUES ('hot', 1, '1', 'T', '/')")
        let save = Task { try await observed.store.save(ObservedStore.events(), for: "hot") }
        // The save waits for the other transaction, which holds the version that it wants.
        let deadline = ContinuousClock.now + .seconds(30)
        while !(try await isSomebodyBlocked(observed)) {
            try #require(ContinuousClock.now < deadline)
            try await Task.sleep(for: .milliseconds(5))
        }
        try await observed.execute("COMMIT")
        #expect(try await save.value.version == 2)
        // On a slow machine the first attempt may have given up waiting, and the second one lost the race.
        #expect(try observed.counter("save_retries_total", ("reason", "race")) == 1)
        try expectOutcomes(observed, ["saved": 1])
        await observed.store.close()
    }

    private func isSomebodyBlocked(_ observed: ObservedStore) async throws -> Bool {
        try await observed.stranger.run { connection in
            try connection.prepare(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
            )
            .first { row in try row.bool(at: 0) } ?? false
        }
    }

    @Test("notice a free connection that the server has closed")
    func idleLoss() async throws {
        let observed = try await ObservedStore()
        try await observed.store.save(ObservedStore.events(), for: "a")
        try await observed.loseConnections()
        try await observed.store.save(ObservedStore.events(), for: "a")
        #expect(try observed.counter("connections_lost_total") == 1)
        #expect(try observed.counter("save_retries_total", ("reason", "connection_lost")) == 0)
        await observed.store.close()
    }

    @Test("show the pool: what is used, free and waited for, and who waited too long")
    func pool() async throws {
        let observed = try await ObservedStore(
            pool: PostgresPoolOptions(minimum: 0, maximum: 1, timeout: .milliseconds(500)))
        _ = try await observed.store.load("a")
        #expect(try observed.recorded("pool_connections", ("state", "idle")).last == 1)
        #expect(try observed.recorded("pool_connections", ("state", "used")).last == 0)
        #expect(try observed.recorded("pool_connections", ("state", "opening")).contains(1))
        #expect(try observed.timed("pool_wait_duration_seconds").count == 1)

        try await observed.execute("BEGIN", "LOCK TABLE events IN ACCESS EXCLUSIVE MODE")
        let blocked = Task { try await observed.store.load("a") }
        let deadline = ContinuousClock.now + .seconds(10)
        while observed.store.poolStatus.lent == 0, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(5))
        }
        let error = await #expect(throws: PostgresPoolError.self) { try await observed.store.load("b") }
        #expect(error?.code == .timeout)
        #expect(try observed.counter("pool_timeouts_total") == 1)
        #expect(try observed.recorded("pool_connections", ("state", "used")).last == 1)
        #expect(try observed.recorded("pool_waiting").contains(1))
        #expect(try observed.recorded("pool_waiting").last == 0)
        try await observed.execute("ROLLBACK")
        _ = try await blocked.value
        await observed.store.close()
        #expect(try observed.recorded("pool_connections", ("state", "idle")).last == 0)
        #expect(try observed.recorded("pool_connections", ("state", "used")).last == 0)
    }

    @Test("count attempts to connect that failed")
    func unreachable() async throws {
        let metrics = TestMetrics()
        let pool = PostgresPool(
            PostgresConfiguration(url: "postgresql:///x?host=/nowhere"),
            observability: PostgresObservability(logger: PostgresObservability.silent.logger, metrics: metrics))
        try pool.start()
        await #expect(throws: DatabaseError.self) { try await pool.run { _ in } }
        #expect(try metrics.expectCounter("event_store_postgres_connect_failures_total").totalValue == 1)
        await pool.close()
    }

    @Test("tell how old events are that a reader of the feed is given, and when it waits for somebody")
    func feed() async throws {
        let observed = try await ObservedStore()
        try await observed.store.save(ObservedStore.events(2), for: "a")
        #expect(try await observed.store.loadFeed(after: 0, limit: 10).count == 2)
        #expect(try observed.counter("feed_events_total") == 2)
        #expect(try observed.timed("feed_lag_seconds").count == 1)

        try await observed.execute(
            "BEGIN", "INSERT INTO events (aggregate_id, version, event_id, type, source) VALUES ('s', 1, '1', 'T', '/')"
        )
        try await observed.store.save(ObservedStore.events(), for: "a")
        #expect(try await observed.store.loadFeed(after: 2, limit: 10).isEmpty)
        try await Task.sleep(for: .milliseconds(20))
        #expect(try await observed.store.loadFeed(after: 2, limit: 10).isEmpty)
        #expect(try observed.counter("feed_holds_total") == 2)
        #expect(try #require(try observed.recorded("feed_hold_seconds").last) >= 0.02)
        #expect(observed.logged(from: .debug).count { $0.message.description.hasPrefix("the feed waits") } == 1)
        // A reader that is far behind does not say that the hole is gone.
        #expect(try await observed.store.loadFeed(after: 0, limit: 1).count == 1)
        #expect(try #require(try observed.recorded("feed_hold_seconds").last) > 0)

        try await observed.execute("COMMIT")
        #expect(try await observed.store.readFeed(as: "reader") { _, _ in } == 4)
        #expect(try observed.recorded("feed_hold_seconds").last == 0)
        #expect(try observed.counter("feed_events_total") == 7)
        await observed.store.close()
    }

    @Test("are each there, under one prefix and with the labels of the store, before anything happens")
    func names() async throws {
        let observed = try await ObservedStore(isInitialized: false)
        let metrics = observed.metrics
        let made = metrics.counters.map(\.label) + metrics.recorders.map(\.label) + metrics.timers.map(\.label)
        let documented = try Checkout.read("Sources/EventSourcingPostgres/Documentation.docc/Observability.md")
            .matches(of: /(?m)^\| `(\w+)` \| (?:counter|gauge|recorder|timer) \|/)
            .map { "event_store_postgres_\($0.output.1)" }
        #expect(Set(made) == Set(documented))
        let dimensions = metrics.counters.map(\.dimensions) + metrics.recorders.map(\.dimensions)
        #expect(dimensions.allSatisfy { $0.contains { $0 == ("store", "tests") } })
    }
}
