#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Gives savers who were answered together the moment that they need to come again, so that they go together once more.
///
/// Without it the first of them would go alone and the others wait for it, and every other batch were one save. A lone
/// saver never waits.
struct BatchPace {
    /// A batch that took long has waited for somebody else, and says nothing about how soon its savers come again.
    static let longestPatience = Duration.milliseconds(1)

    private var count = 0
    private(set) var patience = Duration.zero

    /// Takes note of a batch that has ended.
    ///
    /// - Parameter nextCount: how many saves the next one waits for; nil means as many as this one had.
    mutating func end(ofBatchOf count: Int, nextCount: Int? = nil, after duration: Duration) {
        self.count = nextCount ?? count
        patience = count > 1 ? min(duration / 4, Self.longestPatience) : .zero
    }

    /// Waits until as many as it takes wait again, but not longer than a quarter of what their batch took.
    ///
    /// It does not sleep, which would take longer, and lets others run.
    func gather(_ waitingCount: () -> Int) {
        guard patience > .zero else { return }
        let end = ContinuousClock.now + patience
        while waitingCount() < count, ContinuousClock.now < end { sched_yield() }
    }
}
