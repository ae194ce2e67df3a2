import EventSourcing

/// How much a transaction sees of what others commit meanwhile (SET TRANSACTION).
public enum PostgresIsolation: String, Hashable, Sendable {
    /// Each statement sees what was committed before it. After a conflict the transaction can go on.
    case readCommitted = "READ COMMITTED"
    /// All statements see the database as it was at the first of them.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after the other; any statement may fail with `transactionConflict`.
    case serializable = "SERIALIZABLE"
}

extension PostgresStore {
    /// Runs a closure in one transaction.
    ///
    /// What the closure does through the transaction commits together when it returns, and none of it when it throws.
    /// The closure runs on the queue of a connection, where it may block. It is not run again by itself when another
    /// transaction gets in the way.
    ///
    /// - Parameter isolation: how much the transaction sees of what others commit meanwhile.
    /// - Returns: what the closure returns, once the transaction is committed.
    /// - Throws: what the closure throws, `DatabaseError` when the transaction cannot be begun or committed, and
    ///   `CancellationError` when the task is cancelled before it is.
    public func withTransaction<Result: Sendable>(
        isolation: PostgresIsolation = .readCommitted,
        _ body: @escaping @Sendable (borrowing PostgresTransaction<Columns>) throws -> Result
    ) async throws -> Result {
        try await run { session in
            try session.connection.withTransaction(beginning: "BEGIN ISOLATION LEVEL \(isolation.rawValue)") {
                try body(PostgresTransaction(session))
            }
        }
    }
}
