import EventSourcing
import Testing

@Suite("Events")
struct EventTests {
    private struct OrderColumns: EventColumns {
        var tenant: String
        var priority: Int?
    }

    private struct Placed: Codable, Equatable {
        var total: Int
    }

    @Test("A team's own columns read like attributes, before and after recording")
    func columns() {
        var event = Event(type: "T", source: "/", columns: OrderColumns(tenant: "t", priority: nil))
        event.priority = 3
        #expect(event.tenant == "t" && event.columns.priority == 3)
        let recorded = RecordedEvent(aggregateID: "a", version: 1, position: 1, recordedAt: .now(), event: event)
        #expect(recorded.tenant == "t" && recorded.priority == 3 && recorded.type == "T")
    }

    @Test("Data comes from and goes to any Codable value")
    func codable() throws {
        let event = try Event(type: "OrderPlaced", source: "/shop", encoding: Placed(total: 20))
        #expect(try event.decode(Placed.self) == Placed(total: 20))
        #expect(event.data?.json?.text == #"{"total":20}"#)
        #expect(throws: InvalidEventError.self) { try Event(type: "T", source: "/").decode(Placed.self) }
        #expect(throws: InvalidEventError.self) {
            try Event(type: "T", source: "/", data: .binary([1])).decode(Placed.self)
        }
    }

    @Test("Equality is that of bytes, not of canonically equivalent texts")
    func equality() {
        let composed = Event(id: "1", type: "caf\u{E9}", source: "/")
        let decomposed = Event(id: "1", type: "cafe\u{301}", source: "/")
        #expect(composed.type == decomposed.type)
        #expect(composed != decomposed)
        #expect(ExtensionValue.string("\u{E9}") != .string("e\u{301}"))
    }

    @Test("A conflict says what was expected and what was found")
    func conflict() {
        let error = ConcurrencyError(aggregateID: "order-123", expected: 5, actual: 7)
        #expect("\(error)" == "order-123: expected v5, got v7")
        #expect("\(ConcurrencyError(aggregateID: "a", expected: .noStream, actual: 1))" == "a: expected v0, got v1")
        #expect(
            "\(ConcurrencyError(aggregateID: "a", expected: .exists, actual: 0))"
                == "a: expected an existing stream, got v0")
    }

    @Test("JSON is refused with the place of the mistake")
    func invalidJSON() {
        #expect { try JSON(#"{"a": 01}"#) } throws: { ($0 as? InvalidJSONError)?.offset == 7 }
        #expect(throws: InvalidJSONError.self) { try JSON("") }
        #expect(throws: InvalidJSONError.self) { try JSON([0xFF]) }
    }

    @Test("Ids are UUIDs in lower case, and differ")
    func ids() {
        let ids = (0..<100).map { _ in Event(type: "T", source: "/").id }
        #expect(Set(ids).count == 100)
        #expect(ids.allSatisfy { $0.count == 36 && $0 == $0.lowercased() })
    }
}
