import EventSourcing
import Testing

@Suite("A synchronous store read page by page")
struct EventCursorTests {
    private let store = InMemoryEventStore()

    private func versions(fromVersion: Int = 0, order: ReadOrder = .ascending, pageSize: Int) throws -> [Int] {
        var versions: [Int] = []
        var cursor = try store.events(of: "a", fromVersion: fromVersion, order: order, pageSize: pageSize)
        try cursor.forEach { versions.append($0.version) }
        return versions
    }

    @Test("gives every event once, in both orders, whatever the page's size", arguments: [1, 2, 3, 9, 10, 11, 512])
    func pages(size: Int) throws {
        try store.save((1...10).map { Event(id: "\($0)", type: "T", source: "/") }, for: "a")
        #expect(try versions(pageSize: size) == Array(1...10))
        #expect(try versions(fromVersion: 4, pageSize: size) == Array(4...10))
        #expect(try versions(order: .descending, pageSize: size) == (1...10).reversed())
        #expect(try versions(fromVersion: 4, order: .descending, pageSize: size) == (4...10).reversed())
        #expect(try versions(fromVersion: 11, pageSize: size).isEmpty)
    }

    @Test("refuses a negative version and a page of nothing")
    func arguments() {
        #expect(throws: InvalidArgumentError.self) { try versions(fromVersion: -1, pageSize: 1) }
        #expect(throws: InvalidArgumentError.self) { try versions(pageSize: 0) }
    }
}
