import CLibpq
import SQLSchema

/// Takes the statements of a pipeline, one after the other.
///
/// Nothing else can be done with the connection meanwhile; prepare the statements before.
public struct PostgresPipeline {
    fileprivate let handle: PostgresHandle
    /// Whether each statement is a unit of its own, and does not fail with the others.
    fileprivate let isSeparate: Bool
    fileprivate var sent: [(statement: PostgresStatement, resultCount: Int)] = []
    fileprivate var hasFailed = false

    /// Adds a statement with the values that its parameters have now; they can be written anew afterwards.
    ///
    /// - Throws: `DatabaseError` when a value is too large.
    public mutating func run(_ statement: PostgresStatement) throws {
        guard !hasFailed else { return }
        if isSeparate, !sent.isEmpty, !handle.endUnit() {
            hasFailed = true
        } else if let count = try statement.send() {
            sent.append((statement, count))
        } else {
            hasFailed = true
        }
    }
}

extension PostgresConnection {
    /// Runs several statements in one trip, all or none of them.
    ///
    /// Outside of a transaction they are one. A transaction that one of them begins is rolled back when one fails.
    ///
    /// ```swift
    /// let results = try connection.pipeline { pipeline in
    ///     try pipeline.run(lock)
    ///     try pipeline.run(append)
    /// }
    /// ```
    ///
    /// - Parameter send: adds the statements; when it throws, nothing of them stays.
    /// - Returns: the result of each statement.
    /// - Throws: `DatabaseError` of the first statement that failed, and what the closure throws.
    public func pipeline(_ send: (inout PostgresPipeline) throws -> Void) throws -> [PostgresResult] {
        let wasInTransaction = isInTransaction
        do {
            return try run(separately: false, send).map { try $0.get() }
        } catch {
            if !wasInTransaction, isInTransaction, (try? rollback()) == nil { handle.doubt() }
            throw error
        }
    }

    /// Runs several statements in one trip, each on its own: one that fails takes no other with it.
    ///
    /// - Parameter send: adds the statements; when it throws, all but the last of them have been run all the same.
    /// - Returns: the result of each statement, or why it failed.
    /// - Throws: what the closure throws, and `DatabaseError` when the connection is closed.
    public func pipelineEach(
        _ send: (inout PostgresPipeline) throws -> Void
    ) throws -> [Result<PostgresResult, any Error>] {
        try run(separately: true, send)
    }

    private func run(
        separately isSeparate: Bool, _ send: (inout PostgresPipeline) throws -> Void
    ) throws -> [Result<PostgresResult, any Error>] {
        try handle.checkOpen(nil)
        var pipeline = PostgresPipeline(handle: handle, isSeparate: isSeparate)
        let isInTransaction = isInTransaction
        var results = try handle.inPipeline {
            try send(&pipeline)
            return !pipeline.hasFailed
        }[...]
        // An empty closure has sent nothing, and gets nothing.
        return pipeline.sent.map { statement, resultCount in
            let own = results.prefix(resultCount)
            results = results.dropFirst(resultCount)
            let outcome = Result {
                try self.result(own, of: statement, resultCount: resultCount, inTransaction: isInTransaction)
            }
            if case .failure(let error) = outcome { statement.failed(error) }
            return outcome
        }
    }

    /// The last of a statement's results, or what the first that is none of success says; clears the others.
    private func result(
        _ results: ArraySlice<OpaquePointer>, of statement: PostgresStatement, resultCount: Int,
        inTransaction isInTransaction: Bool
    ) throws -> PostgresResult {
        var rest = results
        defer { rest.forEach { PQclear($0) } }
        while let result = rest.popFirst() {
            if PQresultStatus(result) == PGRES_PIPELINE_ABORTED {
                PQclear(result)
                throw DatabaseError(
                    code: .other, engineCode: "25P02", message: "it was not run, because a statement before it failed",
                    sql: statement.sql, database: address)
            }
            let checked = try handle.checked(result, sql: statement.sql, inTransaction: isInTransaction)
            if rest.isEmpty, results.count == resultCount { return try statement.result(ofSent: checked) }
            PQclear(checked)
        }
        throw handle.connectionLost(statement.sql, inTransaction: isInTransaction)
    }
}
