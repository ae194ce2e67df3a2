/// Decides whether a file that did not get a lock in time is tried again, after what pause, and whether that is told.
///
/// A statement that waits for the lock of a table keeps everybody behind it waiting, too. So it waits for a moment only,
/// gives way, and comes back.
public struct LockWait: Hashable, Sendable {
    /// What to do after an attempt that failed.
    public enum Decision: Hashable, Sendable {
        /// Try again after a pause.
        case retry(after: Duration, isTold: Bool)
        /// Let the failure be one.
        case giveUp
    }

    /// For how long to go on trying.
    public var patience: Duration

    /// The first pause; each one is twice as long as the one before, up to the longest.
    static let shortestPause = Duration.milliseconds(50)
    static let longestPause = Duration.seconds(1)

    /// Creates a rule.
    ///
    /// - Parameter patience: For how long to go on trying.
    public init(patience: Duration) {
        self.patience = patience
    }

    /// Decides after an attempt that failed.
    ///
    /// - Parameters:
    ///   - attempt: The number of the attempt; the first is 1.
    ///   - elapsed: The time since the first one began.
    public func decision(attempt: Int, elapsed: Duration) -> Decision {
        guard elapsed < patience else { return .giveUp }
        let factor = 1 << min(max(attempt - 1, 0), 10)
        let pause = min(Self.shortestPause * factor, Self.longestPause, patience - elapsed)
        // The attempts 1, 2, 4, 8 and so on: enough to see that it is alive.
        return .retry(after: pause, isTold: attempt & (attempt - 1) == 0)
    }
}
