/// A lock on a table of PostgreSQL, the weakest first: <https://www.postgresql.org/docs/current/explicit-locking.html>.
package enum TableLock: Int, Hashable, Sendable, Comparable {
    case accessShare = 1, rowShare, rowExclusive, shareUpdateExclusive, share, shareRowExclusive, exclusive
    case accessExclusive

    /// Reads `pg_locks.mode`: `AccessExclusiveLock`.
    package init?(mode: String) {
        let modes = [
            "AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock", "ShareLock",
            "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock",
        ]
        guard let index = modes.firstIndex(of: mode) else { return nil }
        self.init(rawValue: index + 1)
    }

    /// Whether others have to wait with INSERT, UPDATE and DELETE.
    package var blocksWrites: Bool { self >= .share }

    /// What PostgreSQL's documentation calls it.
    package var name: String {
        switch self {
        case .accessShare: "ACCESS SHARE"
        case .rowShare: "ROW SHARE"
        case .rowExclusive: "ROW EXCLUSIVE"
        case .shareUpdateExclusive: "SHARE UPDATE EXCLUSIVE"
        case .share: "SHARE"
        case .shareRowExclusive: "SHARE ROW EXCLUSIVE"
        case .exclusive: "EXCLUSIVE"
        case .accessExclusive: "ACCESS EXCLUSIVE"
        }
    }

    package static func < (left: TableLock, right: TableLock) -> Bool { left.rawValue < right.rawValue }
}
