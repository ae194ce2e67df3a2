/// What the readers of one store know together: a pure value, to be kept behind a lock.
///
/// A look only counts on top of what was known before it began. Each call therefore takes what is known with it, and
/// what it learned is kept if nobody else was faster.
struct SharedFeedHorizon: Hashable, Sendable {
    private(set) var horizon = FeedHorizon()
    private var version = 0

    /// What a call begins with.
    struct Loan: Hashable, Sendable {
        let horizon: FeedHorizon
        fileprivate let version: Int
    }

    func lend() -> Loan { Loan(horizon: horizon, version: version) }

    /// Keeps what a call has learned, unless another that began later or ended earlier has been here since.
    mutating func keep(_ horizon: FeedHorizon, from loan: Loan) {
        guard loan.version == version, horizon != self.horizon else { return }
        self.horizon = horizon
        version += 1
    }
}
