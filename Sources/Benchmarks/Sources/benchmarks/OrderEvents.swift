import EventSourcing

/// Makes the events of the workloads: each with an id and a document of its own.
struct OrderEvents<Columns: EventColumns>: Sendable {
    /// The own columns of the event of a number.
    let makeColumns: @Sendable (Int) -> Columns

    func event(_ number: Int) throws -> Event<Columns> {
        Event(
            type: "OrderPlaced", source: "bench", time: .now(), data: .json(try JSON(Self.document(number))),
            columns: makeColumns(number))
    }

    func events(_ numbers: Range<Int>) throws -> [Event<Columns>] {
        try numbers.map(event)
    }

    /// An order of about 290 bytes, different for every number; it is written here, and nothing is encoded.
    private static func document(_ number: Int) -> String {
        """
        {"orderId":"order-\(100_000 + number % 900_000)","customerId":"customer-00001234","currency":"EUR",\
        "total":\(12_999 + number % 1000),"items":[{"sku":"sku-000111","qty":2,"price":1999},\
        {"sku":"sku-000222","qty":1,"price":9001}],\
        "note":"Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut."}
        """
    }
}

extension OrderEvents<StandardColumns> {
    static let standard = OrderEvents { _ in StandardColumns() }
}

extension Array {
    /// Refuses what was loaded unless it is a whole stream of so many orders.
    func checkStream<Columns>(_ name: String, count: Int) throws where Element == RecordedEvent<Columns> {
        guard self.count == count else {
            throw BenchmarkError("\(name): \(self.count) events were loaded, and \(count) were saved")
        }
        for index in indices {
            guard self[index].version == index + 1, case .json(let json) = self[index].event.data,
                json.withBytes({ $0.first }) == UInt8(ascii: "{")
            else { throw BenchmarkError("\(name): event \(index + 1) is not the one that was saved") }
        }
    }
}
