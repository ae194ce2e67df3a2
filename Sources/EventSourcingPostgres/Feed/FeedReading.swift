import EventSourcing

/// What one reader of the feed may deliver in one call: a pure value that is told what the database shows.
///
/// Positions without a hole between them are safe at once. At a hole it wants a look at who may still commit, and then,
/// if nobody can, the rest of the page in a new snapshot, which shows what they did commit.
struct FeedReading: Hashable, Sendable {
    /// What to do next.
    enum Step: Hashable, Sendable {
        /// Look who may still commit.
        case look
        /// Deliver so many events of the page; the call ends.
        case deliver(Int)
        /// Deliver so many events of the page, and read what comes after them in a new snapshot.
        case readAgain(afterDelivering: Int)
        /// Deliver nothing: somebody may still commit the next position.
        case hold(Obstacle)
    }

    /// Why nothing can be delivered.
    struct Obstacle: Hashable, Sendable {
        /// The lowest position that may still be committed.
        let position: Int
        /// The highest position that is visible.
        let highestPosition: Int
        /// The transactions that may commit it, by their names in `pg_locks.virtualtransaction`.
        let holders: [String: FeedHorizon.Holder]
    }

    /// What is known of the store, the look of this call included.
    private(set) var horizon: FeedHorizon
    /// The position of the last event that may be delivered.
    private(set) var position: Int
    /// The positions of a page that wait for the look.
    private var page: [Int] = []
    private var hasLooked = false

    /// Begins a call.
    ///
    /// - Parameters:
    ///   - position: the position of the last event that was delivered; 0 at the start.
    ///   - horizon: what was known before the call began.
    init(after position: Int, horizon: FeedHorizon) {
        self.position = position
        self.horizon = horizon
    }

    /// Takes note of a page: the positions above ``position`` that one snapshot shows, from the lowest on.
    mutating func read(_ positions: [Int]) -> Step {
        guard hasLooked else {
            // What is known may be about another server, which only the look tells.
            guard deliverableCount(of: positions, settledPosition: 0) < positions.count else {
                return deliver(positions, count: positions.count)
            }
            page = positions
            return .look
        }
        return deliver(positions, count: deliverableCount(of: positions, settledPosition: horizon.settledPosition))
    }

    /// Takes note of the look, which comes after a page.
    mutating func look(_ observation: FeedObservation, at now: Instant) -> Step {
        // The page shows what was settled before it was read, but perhaps not what has been settled since.
        let settledPosition = horizon.isContinued(by: observation) ? horizon.settledPosition : 0
        horizon.observe(observation, at: now)
        hasLooked = true
        let count = deliverableCount(of: page, settledPosition: settledPosition)
        let step = deliver(page, count: count)
        guard count < page.count, page[count] <= horizon.settledPosition + 1 else { return step }
        return .readAgain(afterDelivering: count)
    }

    /// How many events of the page that waits for the look come before the first hole, and need no look.
    var countBeforeHole: Int { deliverableCount(of: page, settledPosition: 0) }

    /// How many events of a page come before the first hole that is not settled.
    private func deliverableCount(of positions: [Int], settledPosition: Int) -> Int {
        var last = position
        for (index, position) in positions.enumerated() {
            guard position <= max(last, settledPosition) + 1 else { return index }
            last = position
        }
        return positions.count
    }

    private mutating func deliver(_ positions: [Int], count: Int) -> Step {
        if count > 0 { position = positions[count - 1] }
        guard count == 0, let next = positions.first else { return .deliver(count) }
        let missing = max(position, horizon.settledPosition) + 1
        return .hold(
            Obstacle(
                position: missing, highestPosition: max(next, horizon.highestPosition),
                holders: horizon.holders.filter { $0.value.floor < missing }))
    }
}
