import BillingCode
import EventSourcingPostgres
import EventSourcingTesting
import Foundation
import OrdersCode
import SQLSchema
import TestSupport
import Testing

/// Two targets of one package that have events tables of their own in one schema; `Tests/Packages/TeamStore` is built
/// from the same files by the plugin.
@Suite("Two contexts in one database")
struct TwoContextsTests {
    // The case `team`, which is compiled into these tests, has tables of the same names.
    private typealias OrderEventsTable = OrdersCode.OrderEventsTable
    private typealias OrderEventsColumns = OrdersCode.OrderEventsColumns
    private typealias OrderSnapshotsTable = OrdersCode.OrderSnapshotsTable

    private static let limit = ConcurrencyLimit(4)
    private static let tenant = UUID()

    // MARK: The contract

    private static func orderColumns(_ number: Int) -> OrderEventsColumns {
        OrderEventsColumns(
            tenantID: tenant, region: Region.knownLabels[number % 3],
            currency: Currency(rawValue: number % 2 == 0 ? "EUR" : "USD"),
            dueAt: number % 2 == 0 ? nil : Instant(microsecondsSince1970: Int64(number)),
            address: number % 5 == 0 ? nil : Address(street: "Street \(number) ✓", city: "Ghent"))
    }

    private static func invoiceColumns(_ number: Int) -> InvoiceEventsColumns {
        InvoiceEventsColumns(
            customerNumber: Int64(number), isFinal: number % 2 == 0, remark: number % 3 == 0 ? nil : "remark \(number)")
    }

    @Test("The orders keep the contract on PostgreSQL", arguments: postgresOrders(in: TestDatabaseBox()).checks)
    func ordersOnPostgres(check: ConformanceCheck) async throws {
        try await Self.run(check) { Self.postgresOrders(in: $0) }
    }

    @Test("The invoices keep the contract on PostgreSQL", arguments: postgresInvoices(in: TestDatabaseBox()).checks)
    func invoicesOnPostgres(check: ConformanceCheck) async throws {
        try await Self.run(check) { Self.postgresInvoices(in: $0) }
    }

    /// On SQLite the package `TeamStore` runs the suite of both.
    @Test("Both keep the contract in memory")
    func inMemory() async throws {
        try await EventStoreConformance(
            makeColumns: Self.orderColumns, makeStore: { InMemoryStore<OrderEventsColumns>() }
        ).run()
        try await EventStoreConformance(
            makeColumns: Self.invoiceColumns, makeStore: { InMemoryAsyncStore<InvoiceEventsColumns>() }
        ).run()
    }

    private static func run(
        _ check: ConformanceCheck, _ suite: (TestDatabaseBox) -> EventStoreConformance
    ) async throws {
        let databases = TestDatabaseBox()
        let check = try #require(suite(databases).checks.first { $0.id == check.id })
        try await limit.run { try await check.run() }
    }

    private static func postgresOrders(in databases: TestDatabaseBox) -> EventStoreConformance {
        EventStoreConformance(
            makeColumns: orderColumns,
            makeStore: {
                PostgresStore(
                    try await databases.make(), events: OrderEventsTable.self, snapshots: OrderSnapshotsTable.self,
                    pool: PostgresPoolOptions(minimum: 0, maximum: 8))
            })
    }

    private static func postgresInvoices(in databases: TestDatabaseBox) -> EventStoreConformance {
        EventStoreConformance(
            makeColumns: invoiceColumns,
            makeStore: {
                PostgresStore(
                    try await databases.make(), events: InvoiceEventsTable.self, snapshots: InvoiceSnapshotsTable.self,
                    pool: PostgresPoolOptions(minimum: 0, maximum: 8))
            })
    }

    // MARK: Side by side

    @Test("Both stores work in one process and one PostgreSQL database")
    func sideBySide() async throws {
        let databases = TestDatabaseBox()
        let configuration = try await databases.make()
        let orders = PostgresStore(
            configuration, events: OrderEventsTable.self, snapshots: OrderSnapshotsTable.self,
            pool: PostgresPoolOptions(minimum: 0, maximum: 4))
        let invoices = PostgresStore(
            configuration, events: InvoiceEventsTable.self, snapshots: InvoiceSnapshotsTable.self,
            pool: PostgresPoolOptions(minimum: 0, maximum: 4))
        async let first: Void = orders.initialize()
        async let second: Void = invoices.initialize()
        _ = try await (first, second)
        for number in 0..<10 {
            async let order = orders.save(
                [Event(type: "Placed", source: "/shop", columns: Self.orderColumns(number))], for: "1",
                expectedVersion: .exact(number))
            async let invoice = invoices.save(
                [Event(type: "Issued", source: "/billing", columns: Self.invoiceColumns(number))], for: "1",
                expectedVersion: .exact(number))
            _ = try await (order, invoice)
        }
        #expect(try await orders.load("1").map(\.event.columns) == (0..<10).map(Self.orderColumns))
        #expect(try await invoices.load("1").map(\.event.columns) == (0..<10).map(Self.invoiceColumns))
        // The readers of both may have the same name.
        try await orders.saveCheckpoint(3, of: "reports")
        #expect(try await invoices.loadCheckpoint(of: "reports") == 0)
        await orders.close()
        await invoices.close()
    }

    @Test("An old program replays events with a label that was added to the enum after it was built")
    func unknownLabel() async throws {
        let databases = TestDatabaseBox()
        let configuration = try await databases.make()
        let store = PostgresStore(
            configuration, events: OrderEventsTable.self, snapshots: OrderSnapshotsTable.self,
            pool: PostgresPoolOptions(minimum: 0, maximum: 2))
        try await store.initialize()
        let connection = try await PostgresAsyncConnection.connect(configuration)
        try await connection.run { connection in
            try connection.execute("ALTER TYPE orders.region ADD VALUE 'antarctica'")
        }
        let antarctica = Region(rawValue: "antarctica")
        let columns = OrderEventsColumns(tenantID: Self.tenant, region: antarctica)
        try await store.save([Event(type: "Placed", source: "/shop", columns: columns)], for: "1")
        #expect(try await store.load("1").map(\.region) == [antarctica])
        #expect(!Region.knownLabels.contains(antarctica))
        let unknown = OrderEventsColumns(tenantID: Self.tenant, region: Region(rawValue: "atlantis"))
        await #expect(throws: DatabaseError.self) {
            try await store.save([Event(type: "Placed", source: "/shop", columns: unknown)], for: "1")
        }
        await store.close()
    }
}

/// Makes databases, and keeps them as long as it is kept itself.
final class TestDatabaseBox: Sendable {
    private let databases = Recorder<PostgresTestDatabase>()

    func make() async throws -> PostgresConfiguration {
        let database = try await PostgresTestDatabase()
        databases.append(database)
        return database.configuration
    }
}
