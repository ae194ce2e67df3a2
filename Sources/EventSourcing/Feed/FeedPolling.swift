/// How long a reader that follows the feed waits before it looks again: longer and longer while nothing comes.
public struct FeedPolling: Hashable, Sendable {
    /// The pause after the first look that found nothing.
    public var shortest: Duration
    /// The pause that is never exceeded, however long nothing comes.
    public var longest: Duration

    /// Creates a rule; a pause below a millisecond, or one above the longest, becomes that.
    public init(shortest: Duration = .milliseconds(10), longest: Duration = .milliseconds(500)) {
        self.longest = max(longest, .milliseconds(1))
        self.shortest = min(max(shortest, .milliseconds(1)), self.longest)
    }

    /// The pause after so many looks in a row that found nothing; it doubles with each.
    ///
    /// - Parameter count: 1 or more.
    func pause(afterEmptyPages count: Int) -> Duration {
        var pause = shortest
        for _ in 1..<max(count, 1) where pause < longest { pause *= 2 }
        return min(pause, longest)
    }
}
