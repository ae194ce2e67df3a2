import EventSourcingPostgres
import Foundation
import OrdersCode
import TestSupport
import Testing

/// A program on a database that is one migration ahead of it.
@Suite("An old program on a new database")
struct RolloutTests {
    // The case `team`, which is compiled into these tests, has tables of the same names.
    private typealias OrderEventsTable = OrdersCode.OrderEventsTable
    private typealias OrderEventsColumns = OrdersCode.OrderEventsColumns
    private typealias OrderSnapshotsTable = OrdersCode.OrderSnapshotsTable

    private static let events = "orders.order_events"
    private static let event = Event(
        type: "Placed", source: "/shop", columns: OrderEventsColumns(tenantID: UUID(), region: .us))

    private static func store(_ configuration: PostgresConfiguration) -> PostgresStore<OrderEventsColumns> {
        PostgresStore(
            configuration, events: OrderEventsTable.self, snapshots: OrderSnapshotsTable.self,
            pool: PostgresPoolOptions(minimum: 0, maximum: 2))
    }

    /// A database of the program's schema, and what a later migration does to it.
    private static func database(after statements: [String], in databases: TestDatabaseBox) async throws
        -> PostgresConfiguration
    {
        let configuration = try await databases.make()
        let first = store(configuration)
        try await first.initialize()
        await first.close()
        let connection = try await PostgresAsyncConnection.connect(configuration)
        try await connection.run { connection in
            for statement in statements { try connection.execute(statement) }
        }
        return configuration
    }

    @Test("It goes on working when there is more than it knows and nothing that it would have to fill")
    func ahead() async throws {
        let databases = TestDatabaseBox()
        let configuration = try await Self.database(
            after: [
                "ALTER TABLE \(Self.events) ADD COLUMN remark text",
                "ALTER TABLE \(Self.events) ADD COLUMN priority integer NOT NULL DEFAULT 3",
                "ALTER TABLE \(Self.events) ADD COLUMN length integer NOT NULL GENERATED ALWAYS AS (length(type)) STORED",
                "ALTER TYPE orders.region ADD VALUE 'africa' BEFORE 'eu'",
                "CREATE TABLE orders.refunds (id uuid PRIMARY KEY)",
                "CREATE INDEX ON \(Self.events) (tenant_id)",
                "CREATE TEMP TABLE later AS SELECT * FROM public.schema_history ORDER BY sequence DESC LIMIT 1",
                "UPDATE later SET version = 20990101000000, sequence = sequence + 1, name = '20990101000000_later.sql'",
                "INSERT INTO public.schema_history SELECT * FROM later",
            ], in: databases)
        let store = Self.store(configuration)
        try await store.initialize(migrations: .verify)
        try await store.save([Self.event], for: "1", expectedVersion: .noStream)
        #expect(try await store.load("1").map(\.event.columns) == [Self.event.columns])
        await store.close()
    }

    private static let refused: [([String], String)] = [
        (
            ["ALTER TABLE \(events) ADD COLUMN channel text NOT NULL"],
            "orders.order_events.channel: unknown, and NOT NULL without a default"
        ),
        (
            ["ALTER TABLE \(events) DROP COLUMN due_at"],
            "orders.order_events.due_at: expected timestamp with time zone, there is no such column"
        ),
        (
            ["ALTER TABLE \(events) RENAME COLUMN region TO area"],
            "orders.order_events.region: expected orders.region, there is no such column"
        ),
        (
            ["ALTER TABLE \(events) ALTER COLUMN address TYPE text"],
            "orders.order_events.address: expected jsonb, found text"
        ),
        (
            ["ALTER TABLE \(events) ALTER COLUMN tenant_id DROP NOT NULL"],
            "orders.order_events.tenant_id: expected NOT NULL, found a column that allows NULL"
        ),
        (
            ["ALTER TABLE \(events) ALTER COLUMN due_at SET NOT NULL"],
            "orders.order_events.due_at: expected a column that allows NULL, found NOT NULL"
        ),
        (
            [
                "ALTER TABLE \(events) DROP COLUMN due_at",
                "ALTER TABLE \(events) ADD COLUMN due_at timestamptz GENERATED ALWAYS AS (recorded_at) STORED",
            ], "orders.order_events.due_at: expected a column that can be written, found one that the database computes"
        ),
        (
            ["ALTER TABLE orders.order_snapshots DROP CONSTRAINT order_snapshots_aggregate_id_version_key"],
            "orders.order_snapshots: expected UNIQUE (aggregate_id, version), there is no such key"
        ),
        (["DROP TABLE orders.order_snapshots"], "orders.order_snapshots: there is no such table"),
    ]

    @Test("It is refused, with the column, where it would fail", arguments: refused)
    func refuses(_ statements: [String], _ difference: String) async throws {
        let databases = TestDatabaseBox()
        let store = Self.store(try await Self.database(after: statements, in: databases))
        let error = await #expect(throws: SchemaMismatchError.self) { try await store.initialize(migrations: .verify) }
        let found = error?.differences.filter { !$0.contains("unknown") || $0 == difference } ?? []
        #expect(found == [difference])
        #expect(error?.pendingMigrations == [])
        await store.close()
    }
}
