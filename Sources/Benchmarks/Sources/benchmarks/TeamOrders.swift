import EventSourcing
import Foundation
import OrderSchema

extension OrderEvents<OrderEventsColumns> {
    /// Orders of a few tenants in a few regions; every other one is due.
    static let team = OrderEvents { [tenants = (0..<16).map { _ in UUID() }] number in
        OrderEventsColumns(
            tenantID: tenants[number % tenants.count], region: ["eu", "us", "apac"][number % 3],
            dueAt: number % 2 == 0 ? Instant(microsecondsSince1970: 1_800_000_000_000_000 + Int64(number)) : nil)
    }
}
