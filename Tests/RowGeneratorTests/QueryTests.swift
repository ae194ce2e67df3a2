import EventSourcingPostgres
import EventSourcingSQL
import EventSourcingSQLite
import Foundation
import QueriesCode
import SQLMigrations
import SQLSchema
import TestSupport
import Testing

/// The functions that were generated for named queries, on real databases of both dialects.
@Suite("Named queries")
actor QueryTests {
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

    private func migrate() throws {
        func migrations(_ dialect: Dialect) throws -> [Migration] {
            try Migration.all(embedded: QueriesCode.Schema.embedded.migrations[dialect] ?? [], dialect: dialect)
        }
        try Migrator(database: postgres, migrations: migrations(.postgres), tool: "test").up()
        try Migrator(database: sqlite, migrations: migrations(.sqlite), tool: "test").up()
    }

    private static let day = Instant(microsecondsSince1970: 1_795_000_000_000_000)

    private static let twenty = ExactDecimal("20.00")

    private static func fill(_ database: some RowDatabase) throws -> Int64 {
        let ada = try database.addCustomer(name: "Ada", email: Email(rawValue: "ada@example.org"))
        _ = try database.addCustomer(name: "Grace", email: nil)
        let total = try #require(twenty)
        for (region, customer) in [(Region.eu, ada.id), (.us, nil), (.eu, nil)] as [(Region, Int64?)] {
            try database.insert(
                OrdersRow(
                    customerID: customer, total: total, region: region, placedAt: day, priority: 1))
        }
        return ada.id
    }

    private func onBoth(_ check: (any RowDatabase) throws -> Void) throws {
        try migrate()
        try check(postgres)
        try check(sqlite)
    }

    @Test("Rows are read with the types of their tables, and NULL where an outer join makes it")
    func many() throws {
        func check(_ database: some RowDatabase) throws {
            let ada = try Self.fill(database)
            let earlier = Instant(microsecondsSince1970: 0)
            let rows = try database.openOrders(region: .eu, placedAfter: earlier)
            #expect(rows.count == 2)
            #expect(
                rows.allSatisfy { $0.total == Self.twenty && $0.placedAt == Self.day && $0.priority == 1 }
            )
            #expect(Set(rows.map(\.customer)) == ["Ada", nil])
            #expect(try database.openOrders(region: .eu, placedAfter: Self.day).isEmpty)
            let named = try database.customersWithOrders(after: 0)
            // Not an optional: the condition keeps missing customers out.
            let names: [String] = named.map(\.name)
            #expect(names == ["Ada"])
            #expect(try database.customersWithOrders(after: ada).isEmpty)
            let ids: [Int64?] = try database.everyID()
            #expect(ids.count == 3 && ids.contains(nil))
            let counts = try database.regionCounts().map { [$0.region: $0.orders] }
            #expect(counts == [[.eu: 2], [.us: 1]])
            #expect(try database.ordersPerDay().map(\.orders) == [3])
        }
        try onBoth { try check($0) }
    }

    @Test("One row is one: none and two are errors that say so")
    func one() throws {
        func check(_ database: some RowDatabase) throws {
            let ada = try Self.fill(database)
            let count: Int64 = try database.orderCount(region: .us)
            #expect(count == 1)
            #expect(try database.customerName(id: ada) == "Ada")
            #expect(try database.customerName(id: 99) == nil)
            _ = try database.addCustomer(name: "Ada", email: nil)
            let error = #expect(throws: DatabaseError.self) { try database.customersByName(name: "Ada") }
            #expect(
                error?.message
                    == "the query CustomersByName returned 2 rows, and must return one at most; add LIMIT 1 to it")
        }
        try onBoth { try check($0) }
    }

    @Test("A change tells how many rows it has changed; a parameter that stands twice is given once")
    func exec() throws {
        func check(_ database: some RowDatabase) throws {
            _ = try Self.fill(database)
            let id = try #require(try database.all(OrdersRow.self).first?.id)
            let total = try #require(ExactDecimal("9.50"))
            #expect(try database.changeTotal(total: total, id: id) == 1)
            #expect(try database.changeTotal(total: total, id: id) == 0)
            #expect(try database.find(OrdersRow.self, key: id)?.total == ExactDecimal("9.50"))
        }
        try onBoth { try check($0) }
    }

    @Test("A stream gives row after row, lets other statements run between them, and ends with the closure's error")
    func stream() throws {
        struct Enough: Error {}
        func check(_ database: some RowDatabase) throws {
            _ = try Self.fill(database)
            let total = try #require(Self.twenty)
            // More than are fetched at once.
            for _ in 0..<600 {
                try database.insert(
                    OrdersRow(total: total, region: .us, placedAt: Self.day, priority: 1))
            }
            var ids: [Int64] = []
            try database.allOrders { order in
                ids.append(order.id)
                let others = try database.orderCount(region: .eu)
                #expect(others == 2)
            }
            #expect(ids.count == 603 && ids == ids.sorted())
            var seen = 0
            #expect(throws: Enough.self) {
                try database.allOrders { _ in
                    seen += 1
                    if seen == 550 { throw Enough() }
                }
            }
            #expect(seen == 550)
            #expect(try database.orderCount(region: .us) == 601, "the connection works as before")
        }
        try onBoth { try check($0) }
    }

    @Test("What only one database can do is a function that the other refuses")
    func oneDialect() throws {
        try migrate()
        _ = try Self.fill(postgres)
        let ids = try postgres.all(OrdersRow.self).compactMap(\.id)
        // The age goes back to before the orders, which lie in the future.
        let report = try postgres.report(age: CalendarInterval(months: 12, days: 0, microseconds: 0), ids: ids)
        #expect(report.map(\.region) == [.eu, .us])
        #expect(report.first?.total == ExactDecimal("40.00"))
        #expect(report.first?.email == "ada@example.org")
        #expect(report.first?.ids?.count == 2)
        #expect(try postgres.totals().map(\.total) == [ExactDecimal("40.00"), ExactDecimal("20.00")])
        #expect(try postgres.regionsAndAll().map(\.region) == [.eu, .us, nil])
        let slice = try postgres.sliceOf()
        #expect(slice.slice == [1, 2] && slice.text == ":not a parameter" && slice.seven == 7)

        let id = UUID()
        try sqlite.insert(NotesRow(id: id, text: "a note"))
        #expect(try sqlite.notesLike(pattern: "%note", id: UUID()).map(\.id) == [id])
        #expect(try sqlite.notesLike(pattern: "no%", id: id).map(\.length) == [6])
        let longest = try sqlite.longestNote()
        #expect(longest.id == id && longest.length == 6)
        try sqlite.delete(NotesRow.self, key: id)
        #expect(try sqlite.longestNote().id == nil)

        let error = #expect(throws: DatabaseError.self) { try sqlite.totals() }
        #expect(error?.message == "the query Totals was not written for SQLite")
    }

    @Test("In a transaction of a store a statement stays prepared, and may run while its own rows are read")
    func nested() throws {
        let store = SQLiteEventStore(path: ":memory:")
        try store.initialize()
        defer { store.close() }
        let total = try #require(Self.twenty)
        try store.withTransaction { transaction in
            try transaction.execute(
                "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, total TEXT, region TEXT, "
                    + "placed_at INTEGER, priority INTEGER) STRICT")
            for _ in 0..<3 {
                try transaction.insert(OrdersRow(total: total, region: .eu, placedAt: Self.day, priority: 1))
            }
        }
        try store.withTransaction { transaction in
            var pairs: [[Int64]] = []
            try transaction.allOrders { outer in
                try transaction.allOrders { inner in pairs.append([outer.id, inner.id]) }
            }
            #expect(pairs.count == 9 && Set(pairs).count == 9)
            // What was given to it before is forgotten.
            #expect(try transaction.orderCount(region: .us) == 0)
            #expect(try transaction.orderCount(region: .eu) == 3)
            #expect(throws: DatabaseError.self) { try transaction.addCustomer(name: "Ada", email: nil) }
            #expect(try transaction.changeTotal(total: ExactDecimal(1), id: 1) == 1)
        }
    }
}
