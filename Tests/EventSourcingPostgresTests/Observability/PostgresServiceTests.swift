import EventSourcingPostgres
import InMemoryLogging
import Logging
import ServiceLifecycle
import ServiceLifecycleTestKit
import TestSupport
import Testing

@Suite("A PostgreSQL store as a service")
struct PostgresServiceTests {
    private func waitUntil(_ condition: () throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while try !condition() {
            try #require(ContinuousClock.now < deadline, "it does not happen")
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test("opens itself, and closes after what was under way when it is shut down")
    func shutdown() async throws {
        let observed = try await ObservedStore(isInitialized: false)
        let store = observed.store
        try await testGracefulShutdown { trigger in
            let running = Task { try await store.run() }
            try await waitUntil { observed.logged(from: .debug).contains { $0.message == "the store is open" } }
            try await store.save(ObservedStore.events(), for: "a")
            try await observed.execute("BEGIN", "LOCK TABLE events IN SHARE MODE")
            let save = Task { try await store.save(ObservedStore.events(), for: "a") }
            try await waitUntil { store.poolStatus.lent == 1 }
            trigger.triggerGracefulShutdown()
            let closed = ContinuousClock.now + .seconds(30)
            while (try? await store.load("a")) != nil { try #require(ContinuousClock.now < closed) }
            #expect(store.poolStatus.lent == 1)
            try await observed.execute("ROLLBACK")
            #expect(try await save.value.version == 2)
            try await running.value
        }
        #expect(store.poolStatus.lent == 0 && store.poolStatus.idle == 0)
        let error = await #expect(throws: StoreError.self) { try await store.load("a") }
        #expect(error?.code == .closed)
    }

    @Test("does not apply migrations when it was verified before, and stops with its service group")
    func group() async throws {
        let observed = try await ObservedStore()
        let store = observed.store
        let logger = PostgresObservability.silent.logger
        let group = ServiceGroup(services: [store, Caller(store: store)], logger: logger)
        let running = Task { try await group.run() }
        try await waitUntil { try observed.counter("saves_total", ("outcome", "saved")) == 1 }
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(observed.spans("initialize").count == 1)
        // The caller saved once more when it was told to stop, before the store was.
        #expect(try observed.counter("events_total") == 2)
        #expect(observed.logged(from: .info) == [])
    }

    @Test("is closed when it cannot be opened, and when its task is cancelled")
    func failure() async throws {
        let store = PostgresEventStore(
            url: "postgresql:///x?host=/nowhere", observability: .silent)
        await #expect(throws: DatabaseError.self) { try await store.run() }
        await #expect(throws: StoreError.self) { try await store.initialize() }

        let observed = try await ObservedStore()
        let running = Task { try await observed.store.run() }
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
        let error = await #expect(throws: StoreError.self) { try await observed.store.load("a") }
        #expect(error?.code == .closed)
    }
}

/// Uses a store, also when it is told to stop.
private struct Caller: Service {
    let store: PostgresEventStore

    func run() async throws {
        try await store.save(ObservedStore.events(), for: "caller")
        try await gracefulShutdown()
        try await store.save(ObservedStore.events(), for: "caller")
    }
}
