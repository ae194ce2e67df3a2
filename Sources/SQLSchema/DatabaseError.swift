/// What a database answered when it refused or failed, with everything it said about it.
///
/// The bound values are not in it, so that it can be logged.
///
/// ```swift
/// do {
///     try store.initialize()
/// } catch let error as DatabaseError where error.code == .busy {
///     // somebody else holds the lock longer than the busy timeout
/// }
/// ```
public struct DatabaseError: Error, Hashable, Sendable {
    /// The kind of failure, the same for every database.
    public enum Code: String, Hashable, Sendable {
        /// The database could not be opened or reached.
        case cannotOpen
        /// The file is not a database, or a damaged one.
        case notADatabase
        /// Somebody else holds a lock, longer than we were told to wait.
        case busy
        /// The database may only be read.
        case readOnly
        /// The disk is full, or a limit on the size is reached.
        case full
        /// A UNIQUE or PRIMARY KEY constraint was broken.
        case uniqueViolation
        /// Another constraint was broken: NOT NULL, CHECK, FOREIGN KEY or a type.
        case constraintViolation
        /// A trigger refused, as the append-only guard does.
        case refusedByTrigger
        /// A value is larger than the database allows.
        case tooLarge
        /// The SQL is wrong, or names something that is not there.
        case invalidSQL
        /// A value read does not have the type of its column.
        case unexpectedValue
        /// Reading or writing the disk failed.
        case inputOutput
        /// The call was interrupted.
        case interrupted
        /// Anything else; `engineCode` tells.
        case other
    }

    /// The kind of failure.
    public var code: Code
    /// What the database calls it: `SQLITE_BUSY_SNAPSHOT (517)`, or an SQLSTATE.
    public var engineCode: String
    /// The database's own words.
    public var message: String
    /// The statement, or nil when the failure had none.
    public var sql: String?
    /// How many UTF-8 bytes of the statement stand before the offending place; nil when the database did not say.
    public var offset: Int?
    /// The database file or server, without any password; nil when it is not known here.
    public var database: String?
    /// What to do about it; nil when the message says all there is to say.
    public var advice: String?
    /// Whether the change may have been made all the same, because it is the answer to the commit that was lost.
    ///
    /// Saving the same events again, with the same ids, is safe then: what is in the stream already is not added again.
    public var isOutcomeUnknown = false

    /// Creates an error from what a database said.
    ///
    /// - Parameter advice: what to do about it, for whoever knows more than the code does.
    public init(
        code: Code, engineCode: String, message: String, sql: String? = nil, offset: Int? = nil,
        database: String? = nil, advice: String? = nil
    ) {
        self.code = code
        self.engineCode = engineCode
        self.message = message
        self.sql = sql
        self.offset = offset
        self.database = database
        self.advice = advice ?? code.advice
    }
}

extension DatabaseError: CustomStringConvertible {
    /// The message, the engine's code, where it happened and what to do about it.
    public var description: String {
        var text = "\(message) (\(engineCode))"
        if let database { text = "\(database): \(text)" }
        if let advice { text += "; \(advice)" }
        if isOutcomeUnknown {
            text += "; whether it was committed is not known: load the stream, or save again with the same event ids"
        }
        if let sql, code.concernsStatement { text += "\n  in: \(sql.split(separator: "\n").joined(separator: " ").prefix(400))" }
        return text
    }
}

extension DatabaseError.Code {
    /// What helps in most cases.
    fileprivate var advice: String? {
        switch self {
        case .busy: "another process is writing: try again, or raise the busy timeout"
        case .readOnly: "check the permissions of the file and of its folder"
        case .full: "free some disk space; nothing of this save was kept"
        case .notADatabase: "check the path: the file is not a database, or it is damaged"
        default: nil
        }
    }

    /// Whether the statement may be to blame, and not the file, the disk or somebody else.
    fileprivate var concernsStatement: Bool {
        switch self {
        case .cannotOpen, .notADatabase, .busy, .readOnly, .full, .inputOutput, .interrupted: false
        default: true
        }
    }
}
