import EventSourcing

/// How large a batch becomes, and when it is sent: a pure value.
///
/// BigQuery allows 1,500 changes of a table by load jobs a day, failed ones included, which is one a minute. So a batch that
/// is not full waits until its oldest event has some age, and then at least a minute passes between two.
package struct BatchLimits: Hashable, Sendable {
    /// How many events a batch has at most.
    package var events = 50_000
    /// How many bytes a batch has at most, unless a single event has more.
    package var bytes = 64 << 20
    /// How old the oldest event becomes before a batch that is not full is sent.
    package var age = Duration.seconds(300)
    /// How much time passes at least between two batches that are not full.
    package var interval = Duration.seconds(60)
    /// How many jobs there are in a day at most.
    package var jobsPerDay = 1400

    package init() {}

    /// How long to wait before the next batch is made; nil when it can be made now.
    ///
    /// - Parameters:
    ///   - waiting: how many events there are, as far as one has counted; above 0.
    ///   - oldest: when the first of them was recorded.
    ///   - last: when the last batch was done; nil when there was none.
    ///   - jobsToday: how many jobs there were within a day.
    func pause(waiting: Int, oldest: Instant, last: Instant?, jobsToday: Int, now: Instant) -> Duration? {
        if jobsToday >= jobsPerDay { return .seconds(60) }
        if waiting >= events { return nil }
        let ready = oldest.microsecondsSince1970 + Self.microseconds(age)
        let apart = last.map { $0.microsecondsSince1970 + Self.microseconds(interval) } ?? .min
        let wait = max(ready, apart) - now.microsecondsSince1970
        return wait > 0 ? .microseconds(wait) : nil
    }

    private static func microseconds(_ duration: Duration) -> Int64 {
        duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
    }
}
