/// Lets two batches take turns: while the database works on one of them, the savers of the other come again.
///
/// What comes for a stream of a batch that is under way waits for its end, so that its order stays.
struct BatchTurns {
    /// From how many saves on a batch is worth a commit of its own beside another one.
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

    /// Whether somebody has to begin to commit, because a save has come that nobody else will take soon.
    ///
    /// - Parameter count: how many saves wait, with this one.
    mutating func takesCommitter(for save: BatchPlanner.Save, waiting count: Int) -> Bool {
        let takesOne =
            switch committerCount {
            case 0: true
            // Without a batch under way, the one who commits is about to take all that wait.
            case 1:
                areTwo && saveCount > 0 && count >= max(saveCount, Self.smallestCount) && !streams.contains(save.stream)
            default: false
            }
        if takesOne { committerCount += 1 }
        return takesOne
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
    ///   half of everybody when two batches take turns. Saves of few streams go together, because they cannot take turns.
    mutating func end(_ batch: some Collection<BatchPlanner.Save>) -> Int {
        let takesTurns = areTwo && streams.count >= 2 * Self.smallestCount
        let nextCount = takesTurns ? (saveCount + 1) / 2 : batch.count
        for save in batch {
            streams.remove(save.stream)
            saveCount -= 1
        }
        return nextCount
    }
}
