import EventSourcingPostgres
import EventSourcingTesting
import TestSupport
import Testing

@Suite("The PostgreSQL store keeps the contract")
struct PostgresConformanceTests {
    /// Each check has a database of its own, and a server has only so many connections.
    private static let limit = ConcurrencyLimit(8)

    @Test("On the standard tables", arguments: EventStoreConformance { try await makeStore() }.checks)
    func standard(check: ConformanceCheck) async throws {
        try await run(check)
    }

    @Test("On an events table in partitions", arguments: EventStoreConformance { try await makeStore() }.checks)
    func partitioned(check: ConformanceCheck) async throws {
        let suite = EventStoreConformance { try await Self.makePartitionedStore() }
        let check = try #require(suite.checks.first { $0.id == check.id })
        try await run(check)
    }

    @Test("With all snapshots kept")
    func allSnapshots() async throws {
        let suite = EventStoreConformance(retention: .all) { try await Self.makeStore(snapshotRetention: .all) }
        for check in suite.checks where check.id.lowercased().contains("snapshot") { try await run(check) }
    }

    private func run(_ check: ConformanceCheck) async throws {
        try await Self.limit.run {
            try await TestDatabases.$current.withValue(TestDatabases()) { try await check.run() }
        }
    }

    private static func makeStore(snapshotRetention: SnapshotRetention = .newest(3)) async throws -> PostgresEventStore
    {
        PostgresEventStore(
            try await TestDatabases.current.make().configuration, pool: PostgresPoolOptions(minimum: 0, maximum: 8),
            snapshotRetention: snapshotRetention)
    }

    private static func makePartitionedStore() async throws -> PostgresEventStore {
        let configuration = try await TestDatabases.current.make().configuration
        try await PartitionedTable.create(in: configuration, withEvents: false)
        return PostgresEventStore(configuration, pool: PostgresPoolOptions(minimum: 0, maximum: 8))
    }
}
