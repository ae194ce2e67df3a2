import EventSourcing
import Testing

@Suite("A trace as a tree")
struct TraceTreeTests {
    private func events(_ causes: [(id: String, cause: String?)]) -> [RecordedEvent<StandardColumns>] {
        causes.enumerated().map { index, item in
            RecordedEvent(
                aggregateID: "a", version: index + 1, position: index + 1, recordedAt: .now(),
                event: Event(id: item.id, type: "T", source: "/", causationID: item.cause))
        }
    }

    private func text(_ tree: TraceTree<StandardColumns>) -> String {
        tree.rows.map { row in
            String(repeating: "-", count: row.depth) + row.event.event.id + (row.isLast ? "." : "")
        }.joined(separator: " ")
    }

    @Test("puts each event under the one that led to it, in the order of positions")
    func tree() {
        let tree = TraceTree(events([("1", nil), ("2", "1"), ("3", "1"), ("4", "2"), ("5", "x"), ("6", "1")]))
        #expect(text(tree) == "1 -2 --4. -3 -6. 5.")
    }

    @Test("loses no event in a circle, nor one that is its own cause")
    func circles() {
        #expect(text(TraceTree(events([("1", "2"), ("2", "1"), ("3", "3")]))) == "1 -2. 3.")
    }

    @Test("takes a chain of 100,000 events")
    func chain() {
        let tree = TraceTree(events((1...100_000).map { ("\($0)", $0 == 1 ? nil : "\($0 - 1)") }))
        #expect(tree.rows.map(\.depth) == Array(0..<100_000))
    }
}
