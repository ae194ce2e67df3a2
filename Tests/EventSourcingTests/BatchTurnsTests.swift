import Testing

@testable import EventSourcing

@Suite("The turns of two batches")
struct BatchTurnsTests {
    private func saves(_ streams: String...) -> [BatchPlanner.Save] {
        streams.map { BatchPlanner.Save(StreamAppend([Event(id: "1", type: "T", source: "/")], to: $0)) }
    }

    private let many = ["1", "2", "3", "4", "5", "6", "7", "8", "9"].map { stream in
        BatchPlanner.Save(StreamAppend([Event(id: "1", type: "T", source: "/")], to: stream))
    }

    /// With a first batch under way.
    private func turns(with streams: String..., areTwo: Bool = true) -> BatchTurns {
        var turns = BatchTurns(areTwo: areTwo)
        _ = turns.takesCommitter(for: saves("first"))
        turns.begin(streams.map { saves($0)[0] })
        return turns
    }

    /// What each number of saves of different streams gets, of which one comes after the other.
    private func taken(_ counts: ClosedRange<Int>, by turns: inout BatchTurns) -> [Bool] {
        counts.map { turns.takesCommitter(for: many.prefix($0)) }
    }

    @Test("let the first save begin at once, and the next ones go with it or wait")
    func first() {
        var turns = BatchTurns(areTwo: true)
        // Nothing is under way yet when the others come.
        let taken = taken(1...9, by: &turns)
        #expect(taken == [true] + Array(repeating: false, count: 8))
        #expect(turns.committerCount == 1)
    }

    @Test("begin a second batch when it is worth a commit and has as many saves as the first, and never a third")
    func second() {
        var behindOne = turns(with: "a")
        let behindOneTaken = taken(1...5, by: &behindOne)
        #expect(behindOneTaken == [false, false, false, true, false])
        var behindFive = turns(with: "a", "b", "c", "d", "e")
        let behindFiveTaken = taken(3...7, by: &behindFive)
        #expect(behindFiveTaken == [false, false, true, false, false])
        behindFive.committerEnds()
        let again = behindFive.takesCommitter(for: many.prefix(5))
        #expect(again && behindFive.committerCount == 2)
    }

    @Test("let what comes for a stream that is under way wait, and count only the others")
    func sameStream() {
        var turns = turns(with: "a", "a", "a", "a")
        let waiting = Array(repeating: saves("a")[0], count: 16)
        let same = turns.takesCommitter(for: waiting)
        let one = turns.takesCommitter(for: waiting + many.prefix(1))
        #expect(!same && !one && turns.streams == [UTF8Key("a")])
        let four = turns.takesCommitter(for: waiting + many.prefix(4))
        #expect(four)
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
        #expect([few, all, half, rest] == [3, 4, 4, 5])
    }

    @Test("begin for any number of savers from eight on, when one batch has had them all", arguments: 8...21)
    func beginning(savers: Int) {
        let everybody = (1...savers).map { saves("\($0)")[0] }
        var turns = turns(with: "first")
        _ = turns.end(saves("first"))
        turns.begin(everybody)
        let nextCount = turns.end(everybody)
        turns.begin(everybody.prefix(nextCount))
        let others = everybody.dropFirst(nextCount)
        let taken = others.indices.map { turns.takesCommitter(for: others[...$0]) }
        #expect(taken.count { $0 } == 1)
    }

    @Test("are none when there can be one batch only")
    func one() {
        var turns = turns(areTwo: false)
        turns.begin(many)
        let taken = turns.takesCommitter(for: saves("x", "y", "z", "0", "a", "b", "c", "d", "e", "f"))
        let nextCount = turns.end(many)
        #expect(!taken && nextCount == 9)
    }
}
