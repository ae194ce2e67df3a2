import CLibpq
import SQLSchema

extension PostgresConnection {
    /// Refuses to go on when a pooler gives each transaction another connection to the server.
    ///
    /// Told or not: behind a pooler, the process that the server names is not the one that libpq was told when it
    /// connected. A pooler that keeps one connection for each session will do. One that does not is found out by a second
    /// session, which is given the process that ours had a moment ago.
    ///
    /// - Throws: `DatabaseError` with the code `cannotOpen`.
    public func refuseTransactionPooler() throws {
        guard try handle.usesTransactionPooler || sharesItsProcess() else { return }
        throw DatabaseError(
            code: .cannotOpen, engineCode: "0A000",
            message:
                "migrations hold a lock for longer than a transaction, which a transaction pooler such as PgBouncer "
                + "does not allow; connect to the server itself to apply them", database: address)
    }

    private func sharesItsProcess() throws -> Bool {
        let ours = try currentProcess()
        guard ours != processID else { return false }
        var configuration = configuration
        // A pooler with one connection keeps the second session waiting for as long as the first one has it.
        configuration.responseTimeout = .seconds(5)
        guard let other = try? PostgresConnection(configuration), (try? other.begin()) != nil,
            let theirs = try? other.currentProcess()
        else { return false }
        defer { try? other.rollback() }
        return try theirs == ours || currentProcess() != ours
    }

    /// The process of the server that answers (pg_backend_pid), without a statement that would have to stay prepared.
    private func currentProcess() throws -> Int32 {
        let sql = "SELECT pg_catalog.pg_backend_pid()"
        let result = try handle.run(sql) { PQexec(handle.pointer, sql) }
        defer { PQclear(result) }
        guard PQntuples(result) == 1, let text = PQgetvalue(result, 0, 0), let process = Int32(String(cString: text))
        else { throw handle.misuse("the server did not say which process it is", sql: sql) }
        return process
    }
}
