import SQLSchema

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Migrator {
    /// Runs a body again for as long as all that keeps it from its end is a lock of somebody else.
    ///
    /// - Parameters:
    ///   - migration: The migration that the body works on, once that is known.
    ///   - body: Leaves nothing behind when it throws; it is given the number of the attempt, from 1 on.
    func retryingLocks<Result>(
        of migration: () -> Migration?, _ body: (_ attempt: Int) throws -> Result
    ) throws -> Result {
        let start = ContinuousClock.now
        var attempt = 1
        while true {
            do {
                return try body(attempt)
            } catch {
                guard let wait = database.lockWait, Self.isLockFailure(error), !database.isInTransaction else {
                    throw error
                }
                switch wait.decision(attempt: attempt, elapsed: start.duration(to: .now)) {
                case .giveUp:
                    throw Self.gaveUp(error, after: attempt, holder: try? database.likelyLockHolder())
                case .retry(let pause, let isTold):
                    if isTold, let migration = migration() {
                        // Whom to name is a courtesy: that it cannot be found out is no reason to stop.
                        let holder = try? database.likelyLockHolder()
                        report(.retrying(migration, attempt: attempt, holder: holder))
                    }
                    usleep(UInt32(max(0, pause / .microseconds(1))))
                }
                attempt += 1
            }
        }
    }

    /// Whether a statement did not get a lock in time, or was the victim of a deadlock; nothing of it remains.
    private static func isLockFailure(_ error: any Error) -> Bool {
        let failure = (error as? MigrationError)?.databaseError ?? error as? DatabaseError
        return failure?.code == .busy || failure?.code == .transactionConflict
    }

    private static func gaveUp(_ error: any Error, after attempts: Int, holder: String?) -> any Error {
        let outcome = "; it was tried \(attempts) times" + (holder.map { "; \($0)" } ?? "")
        if var error = error as? MigrationError {
            error.message += outcome
            return error
        }
        if var error = error as? DatabaseError {
            error.message += outcome
            return error
        }
        return error
    }
}
