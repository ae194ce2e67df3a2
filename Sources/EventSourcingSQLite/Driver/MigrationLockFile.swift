import SQLSchema

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The lock of one process that applies migrations: a file beside the database, gone when the lock is.
///
/// The system lets go of it when the process ends, however that happens. It is a file of its own because closing the
/// database file a second time would take SQLite's own locks away (<https://sqlite.org/howtocorrupt.html>, 2.2).
final class MigrationLockFile {
    private let path: String
    private let file: Int32

    /// Waits, for minutes if need be, until no other process holds the lock.
    ///
    /// - Throws: `DatabaseError` with the code `busy` when another one holds it for longer.
    init(database: String) throws {
        path = "\(Self.resolved(database))-migrating"
        let deadline = ContinuousClock.now + .seconds(300)
        var pause: UInt32 = 1000
        while true {
            // Reading is enough to lock, so that a file left behind by another user is no obstacle.
            let file = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0o644)
            guard file >= 0 else { throw Self.failure(path, database) }
            if flock(file, LOCK_EX | LOCK_NB) == 0, Self.isStill(file, at: path) {
                self.file = file
                return
            }
            // Somebody has the lock, or had it and has removed this file; the next one may exist already.
            _ = close(file)
            guard ContinuousClock.now < deadline else {
                throw DatabaseError(
                    code: .busy, engineCode: "flock",
                    message: "another process has been applying migrations for 5 minutes; it has locked \(path)",
                    database: database)
            }
            usleep(pause)
            pause = min(pause * 2, 200_000)
        }
    }

    deinit {
        unlink(path)
        close(file)
    }

    /// The path without symbolic links, so that every name of a database has one lock.
    private static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func isStill(_ file: Int32, at path: String) -> Bool {
        var held = stat()
        var found = stat()
        return fstat(file, &held) == 0 && stat(path, &found) == 0 && held.st_ino == found.st_ino
            && held.st_dev == found.st_dev
    }

    private static func failure(_ path: String, _ database: String) -> DatabaseError {
        DatabaseError(
            code: .cannotOpen, engineCode: "errno \(errno)",
            message: "cannot lock \(path): \(String(cString: strerror(errno)))", database: database)
    }
}
