import EventSourcingPostgres
import EventSourcingSQL
import EventSourcingSQLite
import Foundation
import PostgresOnlyCode
import SQLMigrations
import SQLSchema
import TeamPostgresCode
import TestSupport
import Testing

/// The code that was generated for both dialects, on real databases of both.
@Suite("Row mappers of a schema in two dialects")
actor TeamPostgresCodeTests {
    // The case `team`, which is compiled into these tests, has tables of the same names.
    private typealias OrderEventsTable = TeamPostgresCode.OrderEventsTable
    private typealias OrderEventsColumns = TeamPostgresCode.OrderEventsColumns
    private typealias CustomersRow = TeamPostgresCode.CustomersRow

    /// The calls block, which no thread of the cooperative pool must do.
    private let executor = QueueExecutor(label: "tests")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let database: PostgresTestDatabase
    private let postgres: PostgresConnection
    private let sqlite: SQLiteConnection

    init() async throws {
        database = try await PostgresTestDatabase()
        postgres = try PostgresConnection(database.configuration)
        sqlite = try SQLiteConnection(path: ":memory:")
    }

    private func migrate(_ schema: EmbeddedSchema) throws {
        func migrations(_ dialect: Dialect) throws -> [Migration] {
            try Migration.all(embedded: schema.migrations[dialect] ?? [], dialect: dialect)
        }
        try Migrator(database: postgres, migrations: migrations(.postgres), tool: "test").up()
        try Migrator(database: sqlite, migrations: migrations(.sqlite), tool: "test").up()
    }

    private static func insertion(_ table: (some GeneratedTable).Type, in dialect: Dialect, _ extra: [String] = [])
        -> String
    {
        let columns = table.insertedColumns + extra
        let places = columns.indices.map { dialect == .postgres ? "$\($0 + 1)" : "?\($0 + 1)" }
        let names = columns.map(SQLIdentifier.quoted).joined(separator: ", ")
        return "INSERT INTO \(table.names[dialect]?.quoted ?? "") (\(names)) "
            + "VALUES (\(places.joined(separator: ", ")))"
    }

    private static func selection(_ table: (some GeneratedTable).Type, in dialect: Dialect) -> String {
        "SELECT \(table.selectedColumns.map(SQLIdentifier.quoted).joined(separator: ", ")) "
            + "FROM \(table.names[dialect]?.quoted ?? "")"
    }

    private static let columns = OrderEventsColumns(
        tenantID: UUID(), country: "DE", channel: .itSOther, dueAt: Instant(microsecondsSince1970: -1),
        priority: -7,
        weight: 0.1, isGift: true, note: "", region: nil, lineIDs: nil, signature: [0, 255])

    private static let event = Event(
        id: "e1", type: "Placed", source: "/shop", time: Instant(microsecondsSince1970: 5),
        extensions: ["n": .integer(1)],
        columns: columns)

    /// What the store decides itself, behind the values of the event.
    private static let decided = ["aggregate_id", "version", "recorded_at"]

    private static func writeDecided<Row: RowWriter & ~Copyable>(to row: inout Row, from index: Int) throws {
        try row.set("order-1", at: index)
        try row.set(1 as Int64, at: index + 1)
        try row.set(Instant(microsecondsSince1970: 9), at: index + 2)
    }

    @Test("An event is the same in PostgreSQL and in SQLite, with the columns of its own")
    func event() throws {
        try migrate(OrderEventsTable.schema)
        let count = OrderEventsTable.insertedColumns.count
        let inPostgres = try postgres.prepare(Self.insertion(OrderEventsTable.self, in: .postgres, Self.decided))
        var parameters = inPostgres.parameters()
        try OrderEventsTable.write(Self.event, to: &parameters)
        try Self.writeDecided(to: &parameters, from: count)
        try inPostgres.run()
        let inSQLite = try sqlite.prepare(Self.insertion(OrderEventsTable.self, in: .sqlite, Self.decided))
        var others = inSQLite.parameters()
        try OrderEventsTable.write(Self.event, to: &others)
        try Self.writeDecided(to: &others, from: count)
        try inSQLite.run()

        let first = try postgres.prepare(Self.selection(OrderEventsTable.self, in: .postgres))
            .first { row in try OrderEventsTable.read(row) }
        let second = try sqlite.prepare(Self.selection(OrderEventsTable.self, in: .sqlite))
            .first { row in try OrderEventsTable.read(row) }
        #expect(first?.event == Self.event && second?.event == Self.event)
        #expect(first == second)
    }

    @Test("A row gets its number from either database, and is read with it")
    func counted() throws {
        try migrate(CustomersRow.schema)
        let customer = CustomersRow(name: "Ada", createdAt: Instant(microsecondsSince1970: 1))
        #expect(customer.id == nil && !CustomersRow.insertedColumns.contains("id"))
        let inPostgres = try postgres.prepare(Self.insertion(CustomersRow.self, in: .postgres))
        var parameters = inPostgres.parameters()
        try customer.write(to: &parameters)
        try inPostgres.run()
        let inSQLite = try sqlite.prepare(Self.insertion(CustomersRow.self, in: .sqlite))
        var others = inSQLite.parameters()
        try customer.write(to: &others)
        try inSQLite.run()
        var stored = customer
        stored.id = 1
        #expect(
            try postgres.prepare(Self.selection(CustomersRow.self, in: .postgres))
                .first { row in try CustomersRow(row: row) } == stored)
        #expect(
            try sqlite.prepare(Self.selection(CustomersRow.self, in: .sqlite))
                .first { row in try CustomersRow(row: row) } == stored)
    }

    @Test("The types that only PostgreSQL has come back as they were: citext, char, real, serial, a domain")
    func postgresOnly() throws {
        try migrate(DeliveriesRow.schema)
        #expect(DeliveriesRow.names == [.postgres: RelationName(schema: "shop", "deliveries")])
        var delivery = DeliveriesRow(orderID: "o", leftAt: Instant(microsecondsSince1970: 3))
        let insertion = try postgres.prepare(Self.insertion(DeliveriesRow.self, in: .postgres))
        var parameters = insertion.parameters()
        try delivery.write(to: &parameters)
        try insertion.run()
        delivery.id = 1
        let selection = try postgres.prepare(Self.selection(DeliveriesRow.self, in: .postgres))
        #expect(try selection.first { row in try DeliveriesRow(row: row) } == delivery)
        #expect(delivery.row == 9_000_000_000)

        let columns = EventsColumns(email: "Ada@Example.org", code: "abcd", amount: 0.5)
        let event = Event(
            id: "e1", type: "Placed", source: "/shop", time: Instant(microsecondsSince1970: 5), columns: columns)
        let saving = try postgres.prepare(Self.insertion(EventsTable.self, in: .postgres, Self.decided))
        var values = saving.parameters()
        try EventsTable.write(event, to: &values)
        try Self.writeDecided(to: &values, from: EventsTable.insertedColumns.count)
        try saving.run()
        let loading = try postgres.prepare(Self.selection(EventsTable.self, in: .postgres))
        #expect(try loading.first { row in try EventsTable.read(row) }?.event == event)
    }
}
