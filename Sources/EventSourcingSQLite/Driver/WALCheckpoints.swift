import CSQLite

/// Moves what is committed from the WAL into the database file, and keeps the WAL from growing without end.
///
/// SQLite's own way, the first of the two here, waits for nobody (SQLITE_CHECKPOINT_PASSIVE), and the WAL begins anew
/// only when all of it has been moved. While several processes write there is always somebody who has just added to it:
/// it was seen to grow by 50 megabytes a second. So from a certain size on, writers and readers are made to wait for a
/// moment (SQLITE_CHECKPOINT_TRUNCATE). See <https://sqlite.org/wal.html#avoiding_excessively_large_wal_files>.
final class WALCheckpoints {
    /// From how many pages on what is committed is moved; SQLite's default.
    private static let pageCount: Int32 = 1000
    /// From how many pages on everybody waits for it: 40 megabytes with pages of 4 kilobytes.
    private static let largePageCount: Int32 = 10_000
    /// How long writers wait for readers: a backup may read for minutes, and must not stop them.
    private static let patience: Duration = .milliseconds(100)

    private let busyWait: BusyWait
    /// After an attempt that has waited in vain, the WAL grows a little before the next one.
    private var nextLargePageCount = WALCheckpoints.largePageCount

    init(busyWait: BusyWait) {
        self.busyWait = busyWait
    }

    /// Makes a connection call this after its commits (sqlite3_wal_hook); it must not outlive this object.
    func install(on handle: OpaquePointer) {
        sqlite3_wal_hook(
            handle,
            { context, handle, name, pageCount in
                guard let context else { return SQLITE_OK }
                Unmanaged<WALCheckpoints>.fromOpaque(context).takeUnretainedValue()
                    .committed(on: handle, name, pageCount)
                // The commit is done; a checkpoint that fails is made up for by the next one.
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func committed(on handle: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ pageCount: Int32) {
        if pageCount < Self.largePageCount {
            nextLargePageCount = Self.largePageCount
            if pageCount >= Self.pageCount {
                sqlite3_wal_checkpoint_v2(handle, name, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
            }
        } else if pageCount >= nextLargePageCount {
            let start = ContinuousClock.now
            let result = busyWait.limited(to: Self.patience) {
                sqlite3_wal_checkpoint_v2(handle, name, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
            }
            let hasWaited = start.duration(to: .now) >= Self.patience
            nextLargePageCount = result != SQLITE_OK && hasWaited ? pageCount + Self.pageCount : Self.largePageCount
        }
    }
}
