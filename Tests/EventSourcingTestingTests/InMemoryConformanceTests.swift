import EventSourcing
import EventSourcingTesting
import Testing

@Suite("The in-memory stores keep the contract")
struct InMemoryConformanceTests {
    @Test("Synchronous, standard columns", arguments: EventStoreConformance { InMemoryEventStore() }.checks)
    func synchronousStore(check: ConformanceCheck) async throws {
        try await check.run()
    }

    @Test("Asynchronous, standard columns", arguments: EventStoreConformance { InMemoryAsyncEventStore() }.checks)
    func asynchronousStore(check: ConformanceCheck) async throws {
        try await check.run()
    }

    @Test("Synchronous, own columns, all snapshots kept")
    func synchronousStoreWithOwnColumns() async throws {
        let suite = EventStoreConformance(retention: .all, makeColumns: TenantColumns.init(number:)) {
            InMemoryStore<TenantColumns>(snapshotRetention: .all)
        }
        try await suite.run()
    }

    @Test("Asynchronous, own columns, one snapshot kept")
    func asynchronousStoreWithOwnColumns() async throws {
        let suite = EventStoreConformance(retention: .newest(1), makeColumns: TenantColumns.init(number:)) {
            InMemoryAsyncStore<TenantColumns>(snapshotRetention: .newest(1))
        }
        try await suite.run()
    }

    @Test("Columns with more than one value are compared in retries")
    func ownColumnsAddACheck() {
        let standard = EventStoreConformance { InMemoryEventStore() }
        let own = EventStoreConformance(makeColumns: TenantColumns.init(number:)) { InMemoryStore<TenantColumns>() }
        #expect(own.checks.count == standard.checks.count + 1)
        #expect(Set(own.checks.map(\.name)).count == own.checks.count)
    }
}

/// Columns as a team might have them.
struct TenantColumns: EventColumns {
    var tenant: String
    var priority: Int32?

    init(number: Int) {
        tenant = "tenant-\(number % 3)"
        priority = number % 2 == 0 ? nil : Int32(number % 100)
    }
}
