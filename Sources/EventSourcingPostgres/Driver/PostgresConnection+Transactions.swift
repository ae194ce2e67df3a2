import CLibpq
import SQLSchema

extension PostgresConnection {
    /// Begins a transaction with the isolation that the server has as its default.
    public func begin() throws { try execute("BEGIN") }

    /// Commits the transaction.
    ///
    /// - Throws: `DatabaseError`; also when the transaction had failed before, so that the server rolled it back instead.
    public func commit() throws {
        let result = try handle.run("COMMIT") { PQexec(handle.pointer, "COMMIT") }
        defer { PQclear(result) }
        guard PQcmdStatus(result).map({ String(cString: $0) }) == "COMMIT" else {
            throw DatabaseError(
                code: .other, engineCode: "25P02",
                message: "a statement of the transaction had failed, and it was rolled back", sql: "COMMIT",
                database: address)
        }
    }

    /// Rolls the transaction back.
    public func rollback() throws { try execute("ROLLBACK") }

    /// Runs a closure in a transaction, and rolls back when it throws.
    ///
    /// - Throws: `DatabaseError` or what the closure throws.
    public func withTransaction<Result>(_ body: () throws -> Result) throws -> Result {
        try withTransaction(beginning: "BEGIN", body)
    }

    /// - Parameter statement: a BEGIN, and what else goes to the server with it (PQexec).
    func withTransaction<Result>(beginning statement: String, _ body: () throws -> Result) throws -> Result {
        PQclear(try handle.run(statement) { PQexec(handle.pointer, statement) })
        return try finishing(body, with: commit, otherwise: rollback)
    }

    /// Runs a closure so that nothing of it stays when it throws, within a transaction that goes on.
    ///
    /// - Throws: `DatabaseError` or what the closure throws.
    public func withSavepoint<Result>(_ body: () throws -> Result) throws -> Result {
        // Inner savepoints may have the name of outer ones: the innermost counts.
        try execute("SAVEPOINT here")
        return try finishing(body) {
            try execute("RELEASE SAVEPOINT here")
        } otherwise: {
            try execute("ROLLBACK TO SAVEPOINT here")
            try execute("RELEASE SAVEPOINT here")
        }
    }

    private func finishing<Result>(
        _ body: () throws -> Result, with commit: () throws -> Void, otherwise undo: () throws -> Void
    ) throws -> Result {
        do {
            let result = try body()
            try commit()
            return result
        } catch {
            do {
                if isInTransaction { try undo() }
            } catch {
                // The first error is the one to tell; nobody else must get this connection.
                handle.doubt()
            }
            throw error
        }
    }
}
