import CSQLite
import Synchronization

/// Puts itself between SQLite and the system (sqlite3_vfs_register), and refuses to sync files when it is told to.
enum BrokenDisk {
    static let isBroken = Atomic(false)

    /// What SQLite would use; written once, before the first database is opened.
    nonisolated(unsafe) private static var system: UnsafeMutablePointer<sqlite3_vfs>?

    struct Unavailable: Error {}

    /// Makes every database opened later in this process one on the broken disk.
    static func install() throws {
        guard let system = sqlite3_vfs_find(nil) else { throw Unavailable() }
        Self.system = system
        let own = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        own.initialize(to: system.pointee)
        own.pointee.pNext = nil
        own.pointee.xOpen = { _, name, file, flags, outFlags in
            guard let system = BrokenDisk.system, let open = system.pointee.xOpen else { return SQLITE_MISUSE }
            let result = open(system, name, file, flags, outFlags)
            if let file, let methods = file.pointee.pMethods { file.pointee.pMethods = BrokenDisk.replaced(methods) }
            return result
        }
        guard sqlite3_vfs_register(own, 1) == SQLITE_OK else { throw Unavailable() }
    }

    /// The same methods, but for xSync. A database and its WAL have different ones; a handful of copies is never freed.
    private static func replaced(_ found: UnsafePointer<sqlite3_io_methods>) -> UnsafePointer<sqlite3_io_methods> {
        let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        methods.initialize(to: found.pointee)
        methods.pointee.xSync = { _, _ in
            // The system's own sync would prove nothing: this machine does not crash.
            BrokenDisk.isBroken.load(ordering: .sequentiallyConsistent) ? sqliteSyncFailure : SQLITE_OK
        }
        return UnsafePointer(methods)
    }
}

/// SQLITE_IOERR_FSYNC, a macro that Swift does not import.
private let sqliteSyncFailure: Int32 = 1034
