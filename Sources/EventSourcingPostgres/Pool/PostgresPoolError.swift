/// A pool cannot lend a connection.
public struct PostgresPoolError: Error, Hashable, Sendable {
    /// What stands in the way.
    public enum Code: String, Hashable, Sendable {
        /// No connection became free in time.
        case timeout
        /// `start()` has not been called.
        case notStarted
        /// `close()` has been called.
        case closed
        /// The options contradict themselves.
        case invalidOptions
    }

    /// What stands in the way.
    public let code: Code
    /// What is wrong and what to do, in words.
    public let message: String
    /// What the pool was doing, when the time ran out.
    public let status: PostgresPoolStatus?

    init(_ code: Code, _ message: String, status: PostgresPoolStatus? = nil) {
        self.code = code
        self.message = message
        self.status = status
    }

    static let notStarted = PostgresPoolError(.notStarted, "call start() before using the pool")
    static let closed = PostgresPoolError(.closed, "the pool has been closed")

    static func timeout(
        after timeout: Duration, _ status: PostgresPoolStatus, lastFailure: String?
    ) -> PostgresPoolError {
        var message =
            "no connection became free within \(timeout): \(status.lent) are in use, \(status.opening) are being opened, "
            + "and \(status.waiting) others wait"
        if let lastFailure {
            message += "; the last attempt to connect failed: \(lastFailure)"
        } else if status.lent == 0 {
            message += "; the server takes long to accept connections"
        } else {
            message += "; raise the maximum of the pool, or hold connections for a shorter time"
        }
        return PostgresPoolError(.timeout, message, status: status)
    }
}

extension PostgresPoolError: CustomStringConvertible {
    /// What is wrong and what to do.
    public var description: String { message }
}
