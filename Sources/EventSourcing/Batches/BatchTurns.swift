/// Lets two batches take turns: while the database works on one of them, the savers of the other come again.
///
/// What comes for a stream of a batch that is under way waits for the end of that batch, so that its order stays.
struct BatchTurns {
    /// From how many saves on a second batch is worth a commit of its own.
    static let smallestCount = 4

    /// Whether a second batch may begin beside the first.
    let areTwo: Bool
    /// How many commit batches, or wait for the means to.
    private(set) var committerCount = 0
    /// The streams of the batches that are under way.
    private(set) var streams: Set<UTF8Key> = []
    private var saveCount = 0

    /// - Parameter areTwo: false lets one batch wait for the end of the other.
    init(areTwo: Bool) {
        self.areTwo = areTwo
    }

    /// Whether somebody else has to begin to commit, now that a save has come.
    ///
    /// - Parameter waiting: the saves that wait, of which the last has just come.
    mutating func takesCommitter(for waiting: some BidirectionalCollection<BatchPlanner.Save>) -> Bool {
        let takesOne =
            switch committerCount {
            case 0: true
            case 1: areTwo && isSecondBatch(waiting)
            default: false
            }
        if takesOne { committerCount += 1 }
        return takesOne
    }

    /// Whether saves that wait are a batch beside the one that is under way: as many as that has, or more.
    private func isSecondBatch(_ waiting: some BidirectionalCollection<BatchPlanner.Save>) -> Bool {
        // Without a batch under way, the one who commits has still to take his, and takes these.
        guard saveCount > 0, let last = waiting.last, !streams.contains(last.stream) else { return false }
        let count = max(saveCount, Self.smallestCount)
        return waiting.count >= count && waiting.count { !streams.contains($0.stream) } >= count
    }

    /// Notes that somebody commits no more.
    mutating func committerEnds() {
        committerCount -= 1
    }

    /// Notes that a batch is under way.
    mutating func begin(_ batch: some Sequence<BatchPlanner.Save>) {
        for save in batch {
            streams.insert(save.stream)
            saveCount += 1
        }
    }

    /// Notes that a batch has ended.
    ///
    /// - Returns: how many saves the next one waits for, if that takes only a moment: all that were answered together, or
    ///   half of everybody when two batches take turns. The smaller half, so that the other one is a second batch. Saves
    ///   of few streams go together, because they cannot take turns.
    mutating func end(_ batch: some Collection<BatchPlanner.Save>) -> Int {
        let takesTurns = areTwo && streams.count >= 2 * Self.smallestCount
        let nextCount = takesTurns ? saveCount / 2 : batch.count
        for save in batch {
            streams.remove(save.stream)
            saveCount -= 1
        }
        return nextCount
    }
}
