import EventSourcing

/// Up to which position nobody can commit an event any more, as far as it is known: a pure value.
///
/// An appending transaction takes the feed's lock, draws a position, commits, and only then gives the lock up. So a
/// position below a visible one was drawn by a transaction that held the lock by then. When the holders are listed after
/// that, it is among them, or it has ended. A transaction that was not listed the last time can therefore have drawn
/// only positions above those that were visible then: that is its floor, and the lowest floor of those that hold the
/// lock now is the horizon. Whatever a later snapshot does not show below it never comes.
///
/// Time decides nothing. Every holder ends some day, and those that come after it have higher floors, so that the
/// horizon follows however busy the store is.
struct FeedHorizon: Hashable, Sendable {
    /// A transaction that may still commit events.
    struct Holder: Hashable, Sendable {
        /// It has drawn no position up to this one that it could still commit.
        let floor: Int
        /// When it was first seen.
        let since: Instant
    }

    /// The server that all this is about; nil when nothing is known.
    private(set) var server: Instant?
    /// Every position up to it is settled: a snapshot taken from now on shows all that will ever be there.
    private(set) var settledPosition = 0
    /// The highest position that was visible at the last look.
    private(set) var highestPosition = 0
    /// Who held the lock at the last look.
    private(set) var holders: [String: Holder] = [:]

    /// Whether a look is at the server that everything is known of, with all that it had.
    ///
    /// After a failover to a standby that had not received everything, positions are drawn again; nothing that was known
    /// before counts then.
    func isContinued(by observation: FeedObservation) -> Bool {
        server == observation.server && highestPosition <= observation.highestPosition
    }

    /// Takes note of a look that began after all that is known had been learned.
    mutating func observe(_ observation: FeedObservation, at now: Instant) {
        if !isContinued(by: observation) {
            self = FeedHorizon()
            server = observation.server
        }
        var present: [String: Holder] = [:]
        for name in observation.holders where Self.isRunning(name) {
            let floor = Self.mayHaveChangedItsName(name) ? settledPosition : highestPosition
            present[name] = holders[name] ?? Holder(floor: floor, since: now)
        }
        holders = present
        highestPosition = observation.highestPosition
        settledPosition = max(settledPosition, present.values.map(\.floor).min() ?? highestPosition)
    }

    /// A transaction that ends becomes visible and loses its number at once (`5/0`), and the lock a moment later.
    private static func isRunning(_ name: String) -> Bool {
        !name.hasSuffix("/0")
    }

    /// A prepared transaction is `-1/…` after a restart, and in early minor versions from the moment it is prepared; it
    /// may be as old as any that was seen under another name.
    private static func mayHaveChangedItsName(_ name: String) -> Bool {
        name.hasPrefix("-1/")
    }
}
