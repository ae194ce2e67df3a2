import EventSourcingSQLite
import EventSourcingTesting
import Foundation

// A typed event, stored and replayed on the team's own tables; the migrations come with the generated code.
let folder = FileManager.default.temporaryDirectory.appendingPathComponent("TeamStore-\(UUID().uuidString)").path
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: folder) }

let store = SQLiteStore(
    path: "\(folder)/team.db", events: OrderEventsTable.self, snapshots: OrderSnapshotsTable.self)
try store.initialize()

let tenant = UUID()
let placed = Event(
    type: "OrderPlaced", source: "/shop", data: .json(try JSON(#"{"total": 20.00}"#)),
    columns: OrderEventsColumns(tenantID: tenant, region: "us"))
try store.save([placed], for: "order-123", expectedVersion: 0)

for event in try store.load("order-123") {
    let isOurs = event.tenantID == tenant
    print("order-123 v\(event.version) \(event.type) in \(event.region), our tenant: \(isOurs)")
}

let names = OrderEventsTable.names[.sqlite]?.description ?? "nothing"
let migrations = OrderEventsTable.schema.migrations[.sqlite]?.count ?? 0
print("\(names) from \(migrations) migrations")
store.close()

// The contract holds for the team's own columns, too.
let suite = EventStoreConformance(
    makeColumns: { number in
        OrderEventsColumns(
            tenantID: tenant, region: "region-\(number)",
            dueAt: number % 2 == 0 ? nil : Instant(microsecondsSince1970: Int64(number)))
    },
    makeStore: {
        SQLiteStore(
            path: "\(folder)/\(UUID().uuidString).db", events: OrderEventsTable.self,
            snapshots: OrderSnapshotsTable.self)
    })
try await suite.run()
print("\(suite.checks.count) checks of the contract hold")
