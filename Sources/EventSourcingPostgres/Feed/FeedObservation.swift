import EventSourcing

/// One look at the transactions that may still commit events: what a single statement of the server tells.
///
/// Its order matters: the highest position is that of a snapshot, and the holders are listed after it was taken.
struct FeedObservation: Hashable, Sendable {
    /// When the server was started (`pg_postmaster_start_time`): another server has other transactions.
    var server: Instant
    /// The highest position that is visible; 0 when there is none.
    var highestPosition: Int
    /// The transactions that hold the lock of the feed (`pg_locks.virtualtransaction`).
    var holders: Set<String>
}
