/// A lock of a table in PostgreSQL, from the weakest to the strongest.
///
/// See <https://www.postgresql.org/docs/current/explicit-locking.html>.
public enum TableLock: String, CaseIterable, Hashable, Sendable, Comparable {
    case accessShare = "ACCESS SHARE"
    case rowShare = "ROW SHARE"
    case rowExclusive = "ROW EXCLUSIVE"
    case shareUpdateExclusive = "SHARE UPDATE EXCLUSIVE"
    case share = "SHARE"
    case shareRowExclusive = "SHARE ROW EXCLUSIVE"
    case exclusive = "EXCLUSIVE"
    case accessExclusive = "ACCESS EXCLUSIVE"

    /// Reads `pg_locks.mode`: `AccessExclusiveLock`.
    package init?(mode: String) {
        let lock = Self.allCases.first { lock in
            lock.rawValue.split(separator: " ").map { $0.prefix(1) + $0.dropFirst().lowercased() }.joined() + "Lock"
                == mode
        }
        guard let lock else { return nil }
        self = lock
    }

    /// Whether others have to wait with INSERT, UPDATE and DELETE.
    package var blocksWrites: Bool { self >= .share }

    /// Whom it keeps waiting.
    public var keepsWaiting: String {
        switch self {
        case .accessShare, .rowShare, .rowExclusive, .shareUpdateExclusive: "nobody who reads or writes rows"
        case .share, .shareRowExclusive, .exclusive: "whoever writes"
        case .accessExclusive: "whoever reads or writes"
        }
    }

    /// Orders the locks by how much they keep out.
    public static func < (left: TableLock, right: TableLock) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}
