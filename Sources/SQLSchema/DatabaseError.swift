/// What a database answered when it refused or failed, with everything it said about it.
///
/// Its description can be logged: the bound values are not in it, and neither are ``detail`` and passwords.
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
        /// The user of the database may not do that.
        case notPermitted
        /// Another transaction got in the way: a deadlock, or a failure to serialize. Nothing was kept, and the same work
        /// can succeed when it is done again.
        case transactionConflict
        /// The connection broke; ``DatabaseError/isOutcomeUnknown`` says whether something may have happened unseen.
        case connectionLost
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
    /// Whether the change may have been made all the same, because the answer to it was lost.
    ///
    /// Saving the same events again, with the same ids, is safe then: what is in the stream already is not added again.
    public var isOutcomeUnknown = false
    /// How bad a server says it is: `ERROR`, or `FATAL` when it closed the connection. Nil without a server.
    public var severity: String?
    /// What a server adds to the message; it may quote values of rows, so it is no part of the description.
    public var detail: String?
    /// What a server suggests to do.
    public var hint: String?
    /// The table that a server names, with its schema.
    public var table: String?
    /// The column that a server names.
    public var column: String?
    /// The constraint that a server names.
    public var constraint: String?

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
        if let advice = hint ?? advice { text += "; \(advice)" }
        if isOutcomeUnknown {
            text += "; whether it was carried out is not known: look, or save again with the same event ids"
        } else if code == .connectionLost {
            text += "; nothing was carried out: try again"
        }
        if let sql, code.concernsStatement {
            text += "\n  in: \(sql.split(separator: "\n").joined(separator: " ").prefix(400))"
        }
        return text
    }
}

extension DatabaseError.Code {
    /// What helps in most cases.
    fileprivate var advice: String? {
        switch self {
        case .busy: "somebody else holds the lock: try again"
        case .readOnly: "check the permissions"
        case .full: "free some disk space; nothing of this save was kept"
        case .notADatabase: "check the path: the file is not a database, or it is damaged"
        case .transactionConflict: "nothing was kept: try again"
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
