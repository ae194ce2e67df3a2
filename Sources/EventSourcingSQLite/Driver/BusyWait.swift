import CSQLite

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How a connection waits for a lock that another one holds (sqlite3_busy_handler).
///
/// SQLite's own way, sqlite3_busy_timeout, looks again every 100 milliseconds after a while. Between processes that
/// write all the time the lock is free for moments only, so that a process can miss all of them until its time is up.
/// This one looks every few milliseconds, never at the same beat as another.
final class BusyWait {
    /// How long to wait.
    let timeout: Duration
    private var limit: Duration
    private var start = ContinuousClock.now

    init(timeout: Duration) {
        self.timeout = timeout
        limit = timeout
    }

    /// Makes a connection wait like this; it must not outlive this object.
    func install(on handle: OpaquePointer) {
        sqlite3_busy_handler(
            handle,
            { context, count in
                guard let context else { return 0 }
                return Unmanaged<BusyWait>.fromOpaque(context).takeUnretainedValue().wait(count: Int(count)) ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Waits no longer than that while the closure runs.
    func limited<Result>(to duration: Duration, _ body: () -> Result) -> Result {
        limit = min(timeout, duration)
        defer { limit = timeout }
        return body()
    }

    /// Sleeps for a moment; false when the time is up.
    private func wait(count: Int) -> Bool {
        let now = ContinuousClock.now
        if count == 0 { start = now }
        guard start.duration(to: now) < limit else { return false }
        usleep(.random(in: 200...1000 * UInt32(min(count + 1, 10))))
        return true
    }
}
