import CSQLite
import SQLSchema

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension DatabaseError {
    /// What a connection says about the call that has just failed (sqlite3_extended_errcode, sqlite3_errmsg).
    static func sqlite(
        _ resultCode: Int32, connection: OpaquePointer?, path: String, busyTimeout: Duration, sql: String? = nil
    ) -> DatabaseError {
        // Taken first, because any other call may change it.
        let lastSystemError = errno
        let code = connection.map { sqlite3_extended_errcode($0) } ?? resultCode
        let advice = SQLiteAdvice(
            code: code,
            systemError: SQLiteAdvice.systemError(
                of: code, connection.map { sqlite3_system_errno($0) } ?? 0, last: lastSystemError),
            path: path, busyTimeout: busyTimeout)
        let message =
            connection.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
            ?? String(cString: sqlite3_errstr(code))
        let offset = sql == nil ? -1 : connection.map { csqlite_error_offset($0) } ?? -1
        var error = DatabaseError(
            code: advice.meansFull ? .full : Code(sqlite: code), engineCode: engineCode(code), message: message,
            sql: sql, offset: offset < 0 ? nil : Int(offset), database: path, advice: advice.text)
        error.isOutcomeUnknown = code == syncFailure && sql == "COMMIT"
        return error
    }

    /// SQLITE_IOERR_FSYNC. The commit is in the WAL by then: what is recovered after a crash may have it or not.
    private static let syncFailure: Int32 = 1034

    /// `SQLITE_CONSTRAINT_UNIQUE (2067)`; only the number of what is rare.
    private static func engineCode(_ code: Int32) -> String {
        let primary = primaryNames[code & 0xFF].map { "SQLITE_\($0)" } ?? "SQLite"
        return "\(extendedNames[code].map { "\(primary)_\($0)" } ?? primary) (\(code))"
    }

    private static let primaryNames: [Int32: String] = [
        SQLITE_ERROR: "ERROR", SQLITE_INTERNAL: "INTERNAL", SQLITE_PERM: "PERM", SQLITE_ABORT: "ABORT",
        SQLITE_BUSY: "BUSY", SQLITE_LOCKED: "LOCKED", SQLITE_NOMEM: "NOMEM", SQLITE_READONLY: "READONLY",
        SQLITE_INTERRUPT: "INTERRUPT", SQLITE_IOERR: "IOERR", SQLITE_CORRUPT: "CORRUPT", SQLITE_FULL: "FULL",
        SQLITE_CANTOPEN: "CANTOPEN", SQLITE_SCHEMA: "SCHEMA", SQLITE_TOOBIG: "TOOBIG",
        SQLITE_CONSTRAINT: "CONSTRAINT", SQLITE_MISMATCH: "MISMATCH", SQLITE_MISUSE: "MISUSE", SQLITE_AUTH: "AUTH",
        SQLITE_RANGE: "RANGE", SQLITE_NOTADB: "NOTADB", SQLITE_PROTOCOL: "PROTOCOL",
    ]

    /// The extended codes that people meet; the header defines them with macros that Swift does not import.
    private static let extendedNames: [Int32: String] = [
        275: "CHECK", 787: "FOREIGNKEY", 1299: "NOTNULL", 1555: "PRIMARYKEY", 1811: "TRIGGER", 2067: "UNIQUE",
        2579: "ROWID", 3091: "DATATYPE", 261: "RECOVERY", 517: "SNAPSHOT", 773: "TIMEOUT", 264: "RECOVERY",
        520: "CANTLOCK", 1032: "DBMOVED", 1288: "CANTINIT", 1544: "DIRECTORY", 526: "ISDIR", 266: "READ",
        522: "SHORT_READ", 778: "WRITE", 1034: "FSYNC", 1546: "TRUNCATE", 4618: "SHMOPEN", 4874: "SHMSIZE",
        5386: "SHMMAP",
    ]
}

extension DatabaseError.Code {
    fileprivate init(sqlite code: Int32) {
        switch code & 0xFF {
        case SQLITE_ERROR, SQLITE_SCHEMA, SQLITE_RANGE: self = .invalidSQL
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: self = .busy
        case SQLITE_READONLY, SQLITE_PERM: self = .readOnly
        case SQLITE_INTERRUPT: self = .interrupted
        case SQLITE_IOERR: self = .inputOutput
        case SQLITE_CORRUPT, SQLITE_NOTADB: self = .notADatabase
        case SQLITE_FULL: self = .full
        case SQLITE_CANTOPEN: self = .cannotOpen
        case SQLITE_TOOBIG: self = .tooLarge
        case SQLITE_CONSTRAINT:
            switch code {
            case 1555, 2067, 2579: self = .uniqueViolation
            case 1811: self = .refusedByTrigger
            default: self = .constraintViolation
            }
        default: self = .other
        }
    }
}
