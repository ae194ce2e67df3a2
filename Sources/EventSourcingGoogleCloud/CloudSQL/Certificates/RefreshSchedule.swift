/// When a certificate is replaced, as Google's connectors do it.
enum RefreshSchedule {
    /// What must be left of a certificate for it to be used without asking for another one.
    static let margin = Duration.seconds(4 * 60)

    /// How long to wait with the next refresh, by what is left of the certificate.
    ///
    /// Half of it when that is an hour or more, otherwise until four minutes are left.
    static func delay(remaining: Duration) -> Duration {
        if remaining >= .seconds(3600) { return remaining / 2 }
        return max(.zero, remaining - margin)
    }

    /// Whether a connection of a lazy connector asks for another certificate first.
    static func isDue(remaining: Duration) -> Bool { remaining < margin }
}

/// Keeps the requests for certificates below what the Admin API takes: some at once, and then one in a while.
struct RefreshLimiter: Sendable {
    let burst: Int
    let interval: Duration
    /// When the requests before may count as forgotten.
    private var emptyAt: ContinuousClock.Instant?

    init(burst: Int = 2, interval: Duration = .seconds(30)) {
        self.burst = burst
        self.interval = interval
    }

    /// How long whoever asks now has to wait.
    func delay(at now: ContinuousClock.Instant) -> Duration {
        max(.zero, now.duration(to: max(emptyAt ?? now, now)) - interval * (burst - 1))
    }

    /// Takes the next place, and says how long to wait for it.
    mutating func reserve(at now: ContinuousClock.Instant) -> Duration {
        defer { emptyAt = max(emptyAt ?? now, now) + interval }
        return delay(at: now)
    }
}
