/// How connections to a SQLite file behave.
public struct SQLiteOptions: Hashable, Sendable {
    /// What a commit waits for (`PRAGMA synchronous`).
    public enum Synchronous: Int64, Sendable {
        /// Nothing is synced on commit: a power cut may lose the newest commits, but not damage the file.
        case normal = 1
        /// Every commit is on disk before it returns.
        case full = 2
    }

    /// What a commit waits for; full unless told otherwise.
    public var synchronous: Synchronous
    /// How long to wait for another process that holds the write lock.
    public var busyTimeout: Duration
    /// How many connections may read at the same time, each with up to 16 MB of the file in memory; 1 or more.
    public var maximumReaders: Int {
        didSet { maximumReaders = max(1, maximumReaders) }
    }

    /// Creates options; the defaults lose no acknowledged event.
    public init(
        synchronous: Synchronous = .full, busyTimeout: Duration = .seconds(5), maximumReaders: Int = 4
    ) {
        self.synchronous = synchronous
        self.busyTimeout = busyTimeout
        self.maximumReaders = max(1, maximumReaders)
    }
}
