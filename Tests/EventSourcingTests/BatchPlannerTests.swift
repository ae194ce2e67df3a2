import Testing

@testable import EventSourcing

@Suite("The batch planner")
struct BatchPlannerTests {
    private let placed = Event(id: "1", type: "T", source: "/")

    private func batch(
        _ saves: [(stream: String, expectedVersion: ExpectedVersion, count: Int)], maximumCount: Int = 100
    ) -> [Int] {
        let waiting = saves.map { save in
            let events = Array(repeating: placed, count: save.count)
            return BatchPlanner.Save(StreamAppend(events, to: save.stream, expectedVersion: save.expectedVersion))
        }
        return BatchPlanner(maximumCount: maximumCount).batch(of: waiting)
    }

    @Test("takes one save of each stream, in the order in which they came")
    func streams() {
        #expect(batch([]) == [])
        #expect(batch([("a", 1, 1), ("b", .noStream, 1), ("c", .any, 1), ("d", .exists, 1)]) == [0, 1, 2, 3])
        #expect(batch([("a", 1, 1), ("a", 1, 1), ("b", 1, 1)]) == [0, 2])
    }

    @Test("leaves the streams alone that it is told to")
    func excluding() {
        let saves = ["a", "b", "a", "c"].map { stream in BatchPlanner.Save(StreamAppend([placed], to: stream)) }
        #expect(BatchPlanner().batch(of: saves, excluding: [UTF8Key("a")]) == [1, 3])
        var waiting = Array(saves.prefix(1))
        let none = BatchPlanner().takeBatch(from: &waiting, excluding: [UTF8Key("a")]) { $0 }
        #expect(none.isEmpty && waiting.count == 1)
        let one = BatchPlanner().takeBatch(from: &waiting) { $0 }
        #expect(one.count == 1 && waiting.isEmpty)
        waiting = saves
        let batch = BatchPlanner().takeBatch(from: &waiting, excluding: [UTF8Key("b")]) { $0 }
        #expect(batch.map(\.stream.text) == ["a", "a", "c"] && waiting.map(\.stream.text) == ["b"])
    }

    @Test("takes a run of saves that expect any version")
    func anyRun() {
        #expect(batch([("a", .any, 1), ("a", .any, 2), ("a", .any, 3)]) == [0, 1, 2])
        #expect(batch([("a", .any, 1), ("a", 1, 1), ("a", .any, 1)]) == [0])
        #expect(batch([("a", 1, 1), ("a", .any, 1)]) == [0])
        #expect(batch([("a", .exists, 1), ("a", .any, 1)]) == [0])
    }

    @Test("takes exact versions that follow from each other")
    func exactRun() {
        #expect(batch([("a", 5, 2), ("a", 7, 1), ("a", 8, 1)]) == [0, 1, 2])
        #expect(batch([("a", .noStream, 2), ("a", 2, 1)]) == [0, 1])
        #expect(batch([("a", 5, 2), ("a", 6, 1)]) == [0])
        #expect(batch([("a", 0, 0), ("a", .noStream, 1), ("a", 1, 1)]) == [0, 1, 2])
        #expect(batch([("a", .exact(.max), 1), ("a", 1, 1)]) == [0])
    }

    @Test("never lets a later save of a stream overtake one that is left out")
    func order() {
        #expect(batch([("a", 5, 1), ("a", 9, 1), ("a", 6, 1)]) == [0])
        #expect(batch([("a", .any, 1), ("a", .exists, 1), ("a", .any, 1), ("b", .any, 1)]) == [0, 3])
        #expect(batch([("a", .any, 60), ("b", .any, 60), ("b", .any, 1), ("c", .any, 1)]) == [0, 3])
    }

    @Test("stays below its limit, unless one save alone is above it")
    func limit() {
        #expect(batch([("a", .any, 500), ("b", .any, 1)]) == [0])
        #expect(batch([("a", .any, 99), ("b", .any, 2), ("c", .any, 1)]) == [0, 2])
    }

    @Test("tells streams apart by their bytes")
    func bytes() {
        #expect(batch([("caf\u{E9}", 1, 1), ("cafe\u{301}", 1, 1)]) == [0, 1])
    }
}
