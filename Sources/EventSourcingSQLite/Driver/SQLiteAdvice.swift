import CSQLite

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a person can do about a failure of SQLite, from its code, what the system said, and what is found at the path.
///
/// SQLite's own words are short: "unable to open database file" is all it says about a folder that does not exist.
struct SQLiteAdvice {
    /// The extended result code (<https://sqlite.org/rescode.html>).
    let code: Int32
    /// What the system said last (sqlite3_system_errno); 0 when it said nothing.
    let systemError: Int32
    /// The database file, or `:memory:`.
    let path: String
    /// How long a connection waits for a lock.
    let busyTimeout: Duration

    /// Whether there is no room, which SQLite itself says of a full disk only, and not of a quota or a limit.
    var meansFull: Bool {
        code & 0xFF == SQLITE_IOERR && [ENOSPC, EDQUOT, EFBIG].contains(systemError)
    }

    /// What the system said about a failure.
    ///
    /// SQLite does not keep it for a commit that fails, so that the thread's own errno is asked for the codes that stand
    /// for a call of the system.
    ///
    /// - Parameters:
    ///   - kept: what SQLite has kept; 0 when nothing.
    ///   - last: the thread's errno.
    static func systemError(of code: Int32, _ kept: Int32, last: Int32) -> Int32 {
        kept == 0 && codesOfSystemCalls.contains(code) ? last : kept
    }

    /// SQLITE_IOERR_READ, _WRITE, _FSYNC, _DIR_FSYNC, _TRUNCATE, _SHMSIZE.
    private static let codesOfSystemCalls: Set<Int32> = [266, 778, 1034, 1290, 1546, 4874]

    /// The advice; nil when SQLite's message says all there is to say.
    var text: String? {
        if meansFull { return full }
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
            return "another connection has kept it locked for longer than the busy timeout of \(busyTimeout); nothing "
                + "was written: try again, or set a longer SQLiteOptions.busyTimeout"
        case SQLITE_FULL: return full
        case SQLITE_READONLY, SQLITE_PERM: return readOnly
        case SQLITE_CANTOPEN, SQLITE_AUTH: return DatabasePath(path).obstacle(systemError: systemError)
        case SQLITE_IOERR:
            return "the system could not read or write the file\(reason): check the disk, and the system's log"
        case SQLITE_CORRUPT:
            return
                "the file is damaged: keep a copy of it with its -wal, and restore a backup, or save what can be read "
                + "with: sqlite3 FILE .recover"
        case SQLITE_NOTADB: return "check the path: the file is not a SQLite database, or its beginning is damaged"
        case SQLITE_NOMEM: return "there was not enough memory; nothing was written"
        case SQLITE_TOOBIG: return "make the value smaller: SQLite keeps up to 1,000,000,000 bytes in a row"
        default: return nil
        }
    }

    private var full: String {
        let cause =
            switch systemError {
            case EDQUOT: "the disk quota of this user is used up: free some space"
            case EFBIG: "the file may not grow any more: raise the limit on the size of files (ulimit -f)"
            default: "free some space on the file system of \(DatabasePath(path).folder)"
            }
        return "\(cause); nothing of what failed was kept, and saving works again when there is room"
    }

    private var readOnly: String {
        switch code {
        case Self.movedFileCode: Self.movedFile
        case Self.readOnlyFolder: DatabasePath(path).folderRefusal
        default: DatabasePath(path).refusal
        }
    }

    /// SQLITE_READONLY_DBMOVED.
    private static let movedFileCode: Int32 = 1032
    static let movedFile =
        "the file was moved, replaced or deleted while it was open; nothing was written: open the store again"
    /// SQLITE_READONLY_DIRECTORY.
    private static let readOnlyFolder: Int32 = 1544

    private var reason: String {
        systemError == 0 ? "" : " (\(String(cString: strerror(systemError))))"
    }
}
