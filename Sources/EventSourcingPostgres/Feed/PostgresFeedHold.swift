public import EventSourcing

/// Why a reader of the feed is given nothing although events are visible: somebody may still commit one before them.
public struct PostgresFeedHold: Hashable, Sendable, CustomStringConvertible {
    /// A transaction that has drawn a position, or may have, and has not ended.
    public struct Holder: Hashable, Sendable {
        /// The name of the transaction (`pg_locks.virtualtransaction`).
        public let transaction: String
        /// The process of the server, for `pg_terminate_backend`; nil for a prepared transaction.
        public let processID: Int?
        /// What the client calls itself (`application_name`); empty when it does not say.
        public let application: String
        /// When the transaction began, as far as the server tells.
        public let since: Instant
    }

    /// The lowest position that may still be committed.
    public let position: Int
    /// The highest position that is visible.
    public let lastPosition: Int
    /// Who may commit it; empty when the transaction has ended by now.
    public let holders: [Holder]

    /// What a person can act on: the processes to look after.
    public var description: String {
        let names = holders.map { holder in
            let client = holder.application.isEmpty ? "" : " (\(holder.application))"
            return
                (holder.processID.map { "process \($0)\(client)" } ?? "the prepared transaction \(holder.transaction)")
                + ", since \(holder.since)"
        }
        return "the feed waits for position \(position), with \(lastPosition) the last: "
            + (names.isEmpty ? "who had it has just ended" : "held by \(names.joined(separator: "; "))")
    }
}
