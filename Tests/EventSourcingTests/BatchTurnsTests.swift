import Testing

@testable import EventSourcing

@Suite("The turns of two batches")
struct BatchTurnsTests {
    private func saves(_ streams: String...) -> [BatchPlanner.Save] {
        streams.map { BatchPlanner.Save(StreamAppend([Event(id: "1", type: "T", source: "/")], to: $0)) }
    }

    private func save(_ stream: String) -> BatchPlanner.Save { saves(stream)[0] }

    private let many = ["1", "2", "3", "4", "5", "6", "7", "8", "9"].map { stream in
        BatchPlanner.Save(StreamAppend([Event(id: "1", type: "T", source: "/")], to: stream))
    }

    /// With a first batch under way.
    private func turns(with streams: String..., areTwo: Bool = true) -> BatchTurns {
        var turns = BatchTurns(areTwo: areTwo)
        _ = turns.takesCommitter(for: save("first"), waiting: 1)
        turns.begin(streams.map(save))
        return turns
    }

    @Test("let the first save begin at once, and the next ones go with it or wait")
    func first() {
        var turns = BatchTurns(areTwo: true)
        // Nothing is under way yet when the others come.
        let taken = (1...9).map { turns.takesCommitter(for: save("a"), waiting: $0) }
        #expect(taken == [true] + Array(repeating: false, count: 8))
        #expect(turns.committerCount == 1)
    }

    @Test("begin a second batch when it is worth a commit and has as many saves as the first, and never a third")
    func second() {
        var behindOne = turns(with: "a")
        let behindOneTaken = (1...5).map { behindOne.takesCommitter(for: save("x"), waiting: $0) }
        #expect(behindOneTaken == [false, false, false, true, false])
        var behindFive = turns(with: "a", "b", "c", "d", "e")
        let behindFiveTaken = (3...7).map { behindFive.takesCommitter(for: save("x"), waiting: $0) }
        #expect(behindFiveTaken == [false, false, true, false, false])
        behindFive.committerEnds()
        let again = behindFive.takesCommitter(for: save("x"), waiting: 5)
        #expect(again && behindFive.committerCount == 2)
    }

    @Test("let what comes for a stream that is under way wait")
    func sameStream() {
        var turns = turns(with: "a", "a", "a", "a")
        let taken = turns.takesCommitter(for: save("a"), waiting: 16)
        #expect(!taken && turns.streams == [UTF8Key("a")])
        // As many as before, because the other half of them could not begin beside these.
        let nextCount = turns.end(saves("a", "a", "a", "a"))
        #expect(nextCount == 4 && turns.streams.isEmpty)
    }

    @Test("have half of all savers each, when those are many")
    func halves() {
        var turns = turns(with: "a", "b", "c")
        let few = turns.end(saves("a", "b", "c"))
        turns.begin(many)
        let all = turns.end(many)
        turns.begin(saves("a", "b", "c"))
        turns.begin(saves("1", "2", "3", "4", "5"))
        let half = turns.end(saves("a", "b", "c"))
        let rest = turns.end(saves("1", "2", "3", "4", "5"))
        #expect([few, all, half, rest] == [3, 5, 4, 5])
    }

    @Test("are none when there can be one batch only")
    func one() {
        var turns = turns(areTwo: false)
        turns.begin(many)
        let taken = turns.takesCommitter(for: save("x"), waiting: 100)
        let nextCount = turns.end(many)
        #expect(!taken && nextCount == 9)
    }
}
