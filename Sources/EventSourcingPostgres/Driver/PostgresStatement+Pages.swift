import CLibpq
import SQLSchema

extension PostgresStatement {
    /// Runs the statement for one page after the other, and reads each while the server works on the next.
    ///
    /// Long results are read sooner so, and the memory of a page serves those after it, where a result of many megabytes
    /// would be taken from the system and given back each time.
    ///
    /// - Parameters:
    ///   - first: the first page, when another statement has given it; nil runs this one with the parameters that it has.
    ///   - advance: writes the parameters of the page after a result; false when the result is the last one.
    ///   - read: reads the rows of a result.
    /// - Throws: `DatabaseError`, what the closures throw, and `CancellationError` when the task is cancelled between two
    ///   pages, where the server has nothing to cancel.
    func readPages(
        startingWith first: consuming PostgresResult? = nil, advancing advance: (PostgresResult) throws -> Bool,
        reading read: (PostgresResult) throws -> Void
    ) throws {
        var page = try (consume first) ?? execute()
        while try advance(page) {
            try Task.checkCancellation()
            let isInTransaction = handle.isInTransaction
            // Otherwise `send()` would prepare it as well, and two results would come.
            try prepareAgain()
            guard try send() != nil else { throw handle.connectionLost(sql, inTransaction: isInTransaction) }
            let outcome = Result { try read(page) }
            // The answer is taken in any case: until then the connection is of no use.
            let next = try receive(inTransaction: isInTransaction)
            try outcome.get()
            page = next
        }
        try read(page)
    }

    /// Waits for the answer to the statement, which was sent (PQgetResult).
    private func receive(inTransaction isInTransaction: Bool) throws -> PostgresResult {
        let connection = handle.pointer
        let answer = handle.waiting {
            let answer = PQgetResult(connection)
            while let another = PQgetResult(connection) { PQclear(another) }
            return answer
        }
        guard let answer else { throw handle.connectionLost(sql, inTransaction: isInTransaction) }
        do {
            return try result(ofSent: try handle.checked(answer, sql: sql, inTransaction: isInTransaction))
        } catch let error where canRepeat(after: error) {
            return try execute()
        }
    }
}
