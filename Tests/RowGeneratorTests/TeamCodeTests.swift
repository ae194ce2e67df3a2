import EventSourcingSQL
import Foundation
import Testing

/// The generated code of the case `team`, which is compiled into these tests, at work.
@Suite struct TeamCodeTests {
    @Test func readsAnEventBackAsItWasWritten() throws {
        let columns = OrderEventsColumns(
            tenantID: UUID(), region: "nord", dueAt: Instant(microsecondsSince1970: -1), priority: -7, in: true,
            itself: 1.5, lineIDs: try JSON("[1]"), signature: [0, 255])
        let event = Event(
            id: "e1", type: "Placed", source: "/shop", subject: "s", time: Instant(microsecondsSince1970: 5),
            data: .json(try JSON("{}")), dataContentType: "application/json", dataSchema: "urn:x",
            extensions: ["n": .integer(1)], correlationID: "c", causationID: "d", columns: columns)
        let row = try row(of: event)
        let recorded = try OrderEventsTable.read(row)
        #expect(recorded.event == event)
        #expect(recorded.aggregateID == "order-1" && recorded.version == 2 && recorded.position == 7)
        #expect(recorded.recordedAt == Instant(microsecondsSince1970: 9))
        #expect(recorded.tenantID == columns.tenantID && recorded.region == "nord" && recorded.in)
    }

    @Test func absentValuesAreNull() throws {
        let event = Event(
            type: "Placed", source: "/shop", time: .now(), data: .binary([1]),
            columns: OrderEventsColumns(tenantID: UUID()))
        let row = try row(of: event)
        #expect(try OrderEventsTable.read(row).event == event)
        let nulls = OrderEventsTable.selectedColumns.indices.filter { row.isNull(at: $0) }
        #expect(
            nulls.map { OrderEventsTable.selectedColumns[$0] } == [
                "subject", "data", "datacontenttype", "dataschema", "extensions", "correlation_id", "causation_id",
                "region", "due_at", "default", "inout", "self", "callback_url", "line_ids", "signature",
            ])
    }

    @Test func literalDefaultsOfTheDatabaseAreThoseOfTheInitializer() {
        let columns = OrderEventsColumns(tenantID: UUID())
        #expect(columns.priority == 3 && columns.channel == "it's \"web\"" && !columns.in && columns.region == nil)
    }

    @Test func textIsComparedByItsBytes() {
        let tenant = UUID()
        let composed = OrderEventsColumns(tenantID: tenant, region: "\u{E9}")
        let decomposed = OrderEventsColumns(tenantID: tenant, region: "e\u{301}")
        #expect(composed.region == decomposed.region)
        #expect(composed != decomposed)
        #expect(composed == composed)
    }

    @Test func rowsOfOtherTablesAreReadAndWritten() throws {
        let customer = CustomersRow(
            id: UUID(), name: "Ada", isActive: false, discount: 0.5, secondFactorKey: [1, 2], init: 3,
            createdAt: Instant(microsecondsSince1970: 1))
        var row = TestRow(count: CustomersRow.insertedColumns.count)
        try customer.write(to: &row)
        #expect(try CustomersRow(row: row) == customer)
        #expect(ActiveCustomersRow.insertedColumns.isEmpty)
    }

    @Test func snapshotsAreReadAndWritten() throws {
        let snapshot = Snapshot(aggregateID: "a", version: 3, aggregateType: "Order", state: try JSON("[ ]"))
        var row = TestRow(count: OrderSnapshotsTable.insertedColumns.count)
        try OrderSnapshotsTable.write(snapshot, to: &row)
        #expect(try OrderSnapshotsTable.read(row) == snapshot)
    }

    @Test func embeddedMigrationsAndColumnsAreThoseOfTheSnapshot() throws {
        let file = try GoldenCase(name: "team").snapshot()
        let migrations = try #require(file.snapshot.dialects[.sqlite]?.migrations)
        let table = try #require(file.snapshot.dialects[.sqlite]?.catalog.table(RelationName("order_events")))
        let embedded = try #require(Schema.embedded.migrations[.sqlite])
        #expect(embedded.map { Array($0.text.utf8) } == migrations.map { Array($0.text.utf8) })
        #expect(embedded == migrations)
        #expect(OrderEventsTable.columns[.sqlite] == table.columns)
    }

    /// What a store would read: the written values, with those that it decides itself in between.
    private func row(of event: Event<OrderEventsColumns>) throws -> TestRow {
        var written = TestRow(count: OrderEventsTable.insertedColumns.count)
        try OrderEventsTable.write(event, to: &written)
        var values: [String: TestRow.Value] = [
            "position": .int64(7), "aggregate_id": .string("order-1"), "version": .int64(2), "recorded_at": .int64(9),
        ]
        for (name, value) in zip(OrderEventsTable.insertedColumns, written.values) { values[name] = value }
        return TestRow(values: OrderEventsTable.selectedColumns.map { values[$0] ?? .null })
    }
}
