import ArgumentParser
import EventSourcingSQLite
import Foundation

/// The whole story on an embedded database, or on the one that is given: save, conflict, replay, snapshot, trace, feed.
struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Show the whole story: save, conflict, retry, replay, snapshot, trace, feed.",
        discussion: """
            Without --database a temporary SQLite file is used and removed. DATABASE_URL in the environment does not \
            count here: the demo saves events.

            Example:
              event-store demo --database postgresql:///playground
            """)

    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("event-store-\(UUID().uuidString)")
        let interruption = try Interruption(
            grace: .seconds(1), cleanUp: { try? FileManager.default.removeItem(at: folder) })
        if database.text != nil {
            return try database.withStore(mayCreate: true) { try tell($0, until: interruption) }
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = SQLiteEventStore(path: folder.appendingPathComponent("demo.db").path)
        defer { store.close() }
        try store.initialize()
        try tell(store, until: interruption)
    }

    private func tell(_ store: some ToolStore, until interruption: Interruption) throws {
        func begin(_ chapter: String) throws {
            try interruption.check()
            print(chapter)
            // Whoever reads it through a pipe follows the story, too.
            fflush(nil)
        }
        let order = "order-\(UUID().uuidString.lowercased().prefix(8))"
        let invoice = "invoice-\(order.dropFirst(6))"

        try begin("1. Save two events for \(order), which must not exist yet")
        let placed = try Event(
            type: "OrderPlaced", source: "/shop", encoding: OrderPlaced(customer: "Ada", total: 20),
            correlationID: order)
        let paid = try Event(
            type: "OrderPaid", source: "/shop", encoding: OrderPaid(amount: 20), correlationID: order,
            causationID: placed.id)
        let result = try store.save([placed, paid], for: order, expectedVersion: .noStream)
        print("   now at v\(result.version)\n")

        try begin("2. Somebody else believes that it is still at v1")
        do {
            try store.save([Event(type: "OrderCancelled", source: "/shop")], for: order, expectedVersion: 1)
        } catch let error as ConcurrencyError {
            print("   refused: \(error)\n")
        }

        try begin("3. The same save again, as after a lost answer")
        let again = try store.save([placed, paid], for: order, expectedVersion: .noStream)
        print("   recognised: \(again.wasAlreadySaved), still at v\(again.version)\n")

        try begin("4. Replay")
        var state = Order()
        for event in try store.load(order) {
            try state.apply(event)
            print("   \(event.line)")
        }
        print("   \(state)\n")

        try begin("5. Keep a snapshot, and resume from it")
        try store.saveSnapshot(
            Snapshot(aggregateID: order, version: result.version, aggregateType: "Order", encoding: state))
        try store.save(
            [
                Event(type: "OrderShipped", source: "/warehouse", correlationID: order, causationID: paid.id)
            ], for: order, expectedVersion: result.version)
        if let snapshot = try store.loadSnapshot(order) {
            var resumed = try snapshot.decode(Order.self)
            let later = try store.load(order, fromVersion: snapshot.version + 1)
            for event in later { try resumed.apply(event) }
            print("   snapshot of v\(snapshot.version) and \(later.count) event later: \(resumed)\n")
        }

        try begin("6. The trace across streams")
        try store.save(
            [Event(type: "InvoiceSent", source: "/billing", correlationID: order, causationID: paid.id)], for: invoice)
        for line in TraceText.lines(of: TraceTree(try store.loadTrace(correlationID: order))) { print("   \(line)") }

        try begin("\n7. The feed: every event of the store, in order")
        var position = 0
        var count = 0
        while true {
            let page = try store.loadFeed(after: position, limit: 1000)
            guard let last = page.last else { break }
            count += page.count
            position = last.position
        }
        print("   \(count) events up to position \(position)")
    }
}

private struct OrderPlaced: Codable {
    var customer: String
    var total: Int
}

private struct OrderPaid: Codable {
    var amount: Int
}

/// The state that the demo folds its events into.
private struct Order: Codable, CustomStringConvertible {
    var customer = ""
    var due = 0
    var isShipped = false

    mutating func apply(_ event: RecordedEvent<StandardColumns>) throws {
        switch event.type {
        case "OrderPlaced":
            let placed = try event.decode(OrderPlaced.self)
            customer = placed.customer
            due = placed.total
        case "OrderPaid": due -= try event.decode(OrderPaid.self).amount
        case "OrderShipped": isShipped = true
        default: break
        }
    }

    var description: String {
        "order of \(customer): \(due) due, \(isShipped ? "shipped" : "not shipped")"
    }
}
