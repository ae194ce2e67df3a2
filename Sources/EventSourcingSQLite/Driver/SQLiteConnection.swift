import CSQLite
import SQLSchema

/// One connection to a SQLite database: owns a `sqlite3 *` and closes it.
///
/// It is confined to whoever holds it; nothing in it is locked. See <https://sqlite.org/c3ref/sqlite3.html>.
public final class SQLiteConnection {
    /// How a database file is opened.
    public enum Mode: Sendable {
        /// Reads and writes, and creates the file when there is none.
        case create
        /// Reads and writes a file that exists.
        case write
        /// Only reads.
        case read
    }

    /// The path that was opened, or `:memory:`.
    public let path: String

    /// What it may do.
    let mode: Mode
    private let handle: OpaquePointer
    private let busyWait: BusyWait
    private let checkpoints: WALCheckpoints

    /// Opens a database and sets it up: WAL, the chosen durability read back, foreign keys and recursive triggers on.
    ///
    /// - Throws: `DatabaseError`: `cannotOpen`, `notADatabase`, `busy`, `readOnly`.
    public init(path: String, mode: Mode = .create, options: SQLiteOptions = SQLiteOptions()) throws {
        guard sqlite3_libversion_number() >= 3_037_000 else {
            throw DatabaseError(
                code: .cannotOpen, engineCode: "SQLite \(String(cString: sqlite3_libversion()))",
                message: "SQLite 3.37 or later is needed, for STRICT tables", database: path)
        }
        guard !path.isEmpty else {
            throw DatabaseError(
                code: .cannotOpen, engineCode: "SQLITE_CANTOPEN (14)",
                message: "the path is empty; give a file, or :memory:")
        }
        var handle: OpaquePointer?
        let result = sqlite3_open_v2(path, &handle, mode.flags, nil)
        guard result == SQLITE_OK, let handle else {
            let error = DatabaseError.sqlite(
                result, connection: handle, path: path, busyTimeout: options.busyTimeout)
            sqlite3_close_v2(handle)
            throw error
        }
        self.handle = handle
        self.path = path
        self.mode = mode
        sqlite3_extended_result_codes(handle, 1)
        busyWait = BusyWait(timeout: options.busyTimeout)
        busyWait.install(on: handle)
        checkpoints = WALCheckpoints(busyWait: busyWait)
        checkpoints.install(on: handle)
        do {
            try configure(mode: mode, options: options)
        } catch var error as DatabaseError {
            // The caller asked for a connection, and knows nothing of the pragma that found it out.
            error.sql = nil
            throw error
        }
    }

    deinit {
        sqlite3_close_v2(handle)
    }

    /// Sets what a connection of ours has; a migration may have changed it.
    func configure(mode: Mode, options: SQLiteOptions) throws {
        try execute("PRAGMA foreign_keys = ON")
        // Without it, INSERT OR REPLACE would delete an event and fire no trigger.
        try execute("PRAGMA recursive_triggers = ON")
        // Up to 16 megabytes: in SQLite's 2, the keys of a large file push each other out, and are read again and again.
        try execute("PRAGMA cache_size = -16000")
        if mode == .read {
            try execute("PRAGMA query_only = ON")
            return
        }
        let encoding = try prepare("PRAGMA encoding").first { row in try row.string(at: 0) }
        guard encoding == "UTF-8" else {
            throw DatabaseError(
                code: .cannotOpen, engineCode: "PRAGMA encoding",
                message: "the database is kept in \(encoding ?? "another encoding"), and must be in UTF-8",
                database: path)
        }
        // The journal mode is a property of the file: whoever only uses the file leaves it as it is.
        if mode == .create {
            let journalMode = try prepare("PRAGMA journal_mode = WAL").first { row in try row.string(at: 0) }
            // A database in memory has nothing to keep on disk.
            guard journalMode == "wal" || journalMode == "memory" else { throw refused("journal_mode = WAL") }
        }
        try execute("PRAGMA synchronous = \(options.synchronous.rawValue)")
        let synchronous = try prepare("PRAGMA synchronous").first { row in try row.int64(at: 0) }
        guard synchronous == options.synchronous.rawValue else {
            throw refused("synchronous = \(options.synchronous)")
        }
    }

    /// A pragma that SQLite ignores says nothing by itself.
    private func refused(_ pragma: String) -> DatabaseError {
        DatabaseError(
            code: .other, engineCode: "PRAGMA \(pragma)",
            message: "the database did not accept \(pragma); is it on a file system without shared memory?",
            database: path)
    }

    /// Whether a transaction is open (sqlite3_get_autocommit).
    public var isInTransaction: Bool {
        sqlite3_get_autocommit(handle) == 0
    }

    /// Refuses a commit into a file that nobody will find any more (SQLITE_FCNTL_HAS_MOVED); SQLite itself does not look.
    func checkNotMoved() throws {
        var hasMoved: Int32 = 0
        guard sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved) == SQLITE_OK, hasMoved != 0
        else { return }
        throw DatabaseError(
            code: .readOnly, engineCode: "SQLITE_READONLY_DBMOVED (1032)", message: "the file is not at its path",
            database: path, advice: SQLiteAdvice.movedFile)
    }

    /// How many rows the last INSERT, UPDATE or DELETE changed (sqlite3_changes).
    var changedRowCount: Int32 {
        sqlite3_changes(handle)
    }

    /// The rowid of the row that was inserted last (sqlite3_last_insert_rowid).
    var lastInsertedRowID: Int64 {
        sqlite3_last_insert_rowid(handle)
    }

    /// Prepares exactly one statement (sqlite3_prepare_v3).
    ///
    /// - Throws: `DatabaseError` with the offset of the mistake, also when more than one statement is given.
    public func prepare(_ sql: String) throws -> SQLiteStatement {
        var text = sql
        return try text.withUTF8 { bytes in
            try bytes.withMemoryRebound(to: CChar.self) { bytes in
                var pointer: OpaquePointer?
                var tail: UnsafePointer<CChar>?
                let result = sqlite3_prepare_v3(
                    handle, bytes.baseAddress, Int32(bytes.count), UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, &tail)
                guard result == SQLITE_OK else { throw error(result, sql: sql) }
                let consumed = tail.flatMap { tail in bytes.baseAddress.map { tail - $0 } } ?? bytes.count
                guard let pointer else { throw misuse("there is no statement in it", sql: sql, offset: 0) }
                let statement = SQLiteStatement(pointer: pointer, connection: self, sql: sql)
                guard hasOnlyBlanks(UnsafeBufferPointer(rebasing: bytes[consumed...])) else {
                    throw misuse("more than one statement was given", sql: sql, offset: consumed)
                }
                return statement
            }
        }
    }

    /// Runs one statement and ignores the rows that it returns.
    ///
    /// - Throws: `DatabaseError` with the offset of the mistake.
    public func execute(_ sql: String) throws {
        try prepare(sql).run()
    }

    func error(_ result: Int32, sql: String?) -> DatabaseError {
        .sqlite(result, connection: handle, path: path, busyTimeout: busyWait.timeout, sql: sql)
    }

    private func misuse(_ message: String, sql: String, offset: Int) -> DatabaseError {
        DatabaseError(
            code: .invalidSQL, engineCode: "SQLITE_MISUSE (21)", message: message, sql: sql, offset: offset,
            database: path)
    }

    private func hasOnlyBlanks(_ tail: UnsafeBufferPointer<CChar>) -> Bool {
        tail.allSatisfy { [0x20, 0x09, 0x0A, 0x0C, 0x0D, 0x3B].contains(UInt8(bitPattern: $0)) }
    }
}

extension SQLiteConnection.Mode {
    fileprivate var flags: Int32 {
        // Each connection is used by one thread at a time, so SQLite need not lock it.
        switch self {
        case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        case .write, .read: SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
        }
    }
}
