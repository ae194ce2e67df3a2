import Billing
import EventSourcingSQLite
import EventSourcingTesting
import Foundation
import Orders

// Two contexts, each with events of its own, in one process and one database; the migrations come with the generated code.
let folder = FileManager.default.temporaryDirectory.appendingPathComponent("TeamStore-\(UUID().uuidString)").path
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: folder) }

let orders = SQLiteStore(
    path: "\(folder)/team.db", events: OrderEventsTable.self, snapshots: OrderSnapshotsTable.self)
let invoices = SQLiteStore(
    path: "\(folder)/team.db", events: InvoiceEventsTable.self, snapshots: InvoiceSnapshotsTable.self)
try orders.initialize()
try invoices.initialize()

let tenant = UUID()
let placed = Event(
    type: "OrderPlaced", source: "/shop", data: .json(try JSON(#"{"total": 20.00}"#)),
    columns: OrderEventsColumns(
        tenantID: tenant, region: .us, address: Address(street: "Long Street 1", city: "Ghent")))
try orders.save([placed], for: "order-123", expectedVersion: 0)
let issued = Event(type: "InvoiceIssued", source: "/billing", columns: InvoiceEventsColumns(customerNumber: 7))
try invoices.save([issued], for: "order-123", expectedVersion: 0)

for event in try orders.load("order-123") {
    let isOurs = event.tenantID == tenant
    let city = event.address?.city ?? "nowhere"
    print("order-123 v\(event.version) \(event.type) in \(event.region.rawValue) to \(city), our tenant: \(isOurs)")
}
try orders.withTransaction { transaction in
    for row in try transaction.ordersIn(region: .us) {
        let due = row.dueAt.map { "\($0)" } ?? "never"
        let isPlaced = row.occurredAt <= .now()
        print("\(row.aggregateID) v\(row.version) in \(row.address?.city ?? "nowhere") is due \(due): \(isPlaced)")
    }
}
for event in try invoices.load("order-123") {
    print("order-123 v\(event.version) \(event.type) for customer \(event.customerNumber), final: \(event.isFinal)")
}

let names = OrderEventsTable.names[.sqlite]?.description ?? "nothing"
let migrations = OrderEventsTable.schema.migrations[.sqlite]?.count ?? 0
print("\(names) from \(migrations) migrations")
orders.close()
invoices.close()

// The contract holds for the team's own columns, too.
let regions = Region.knownLabels
let suites = [
    EventStoreConformance(
        makeColumns: { number in
            OrderEventsColumns(
                tenantID: tenant, region: regions[number % regions.count],
                dueAt: number % 2 == 0 ? nil : Instant(microsecondsSince1970: Int64(number)),
                address: Address(street: "Street \(number)", city: "Ghent"))
        },
        makeStore: {
            SQLiteStore(
                path: "\(folder)/\(UUID().uuidString).db", events: OrderEventsTable.self,
                snapshots: OrderSnapshotsTable.self)
        }),
    EventStoreConformance(
        makeColumns: { number in InvoiceEventsColumns(customerNumber: Int64(number), isFinal: number % 2 == 0) },
        makeStore: {
            SQLiteStore(
                path: "\(folder)/\(UUID().uuidString).db", events: InvoiceEventsTable.self,
                snapshots: InvoiceSnapshotsTable.self)
        }),
]
for suite in suites { try await suite.run() }
print("\(suites.map(\.checks.count).reduce(0, +)) checks of the contract hold")
