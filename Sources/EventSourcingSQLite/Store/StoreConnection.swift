import EventSourcing
import EventSourcingSQL
import SQLSchema

/// A connection with a store's statements, each prepared when it is first needed.
///
/// Unchecked: the connection and its statements belong to one thread at a time, because the writer is handed out under
/// a lock and a reader by the pool, which takes it back before it gives it to anyone else.
final class StoreConnection: @unchecked Sendable {
    let connection: SQLiteConnection
    private let texts: StatementTexts
    private var statements: [SQLiteStatement?]
    private var rowStatements = StatementCache<SQLiteStatement>(capacity: 64)

    init(_ connection: SQLiteConnection, texts: StatementTexts) {
        self.connection = connection
        self.texts = texts
        statements = Array(repeating: nil, count: StatementName.allCases.count)
    }

    func statement(_ name: StatementName) throws -> SQLiteStatement {
        if let statement = statements[name.rawValue] { return statement }
        let statement = try connection.prepare(texts[name])
        statements[name.rawValue] = statement
        return statement
    }

    /// Runs a closure with the statement of generated code, which is kept for the next time.
    func withRowStatement<Result>(_ sql: String, _ body: (SQLiteStatement) throws -> Result) throws -> Result {
        // Nobody else gets it meanwhile: while its rows are read, the same statement may be run again.
        let statement = try rowStatements.take(sql) ?? connection.prepare(sql)
        defer {
            statement.clearParameters()
            rowStatements.insert(statement, for: sql)
        }
        return try body(statement)
    }

    func run(_ name: StatementName) throws {
        try statement(name).run()
    }

    /// Runs a closure inside a transaction that holds the write lock, and rolls back when it throws.
    func withTransaction<Result>(_ body: () throws -> Result) throws -> Result {
        try run(.begin)
        do {
            let result = try body()
            try connection.checkNotMoved()
            try run(.commit)
            return result
        } catch {
            // SQLite itself rolls back after some errors, such as a full disk.
            if connection.isInTransaction { try? run(.rollback) }
            throw error
        }
    }

    /// Runs a closure that sees the database as it is now, whatever others write meanwhile, and writes nothing itself.
    func withSnapshot<Result>(_ body: () throws -> Result) throws -> Result {
        // The only connection of a database in memory also writes.
        let isWriter = connection.mode != .read
        if isWriter { try connection.execute("PRAGMA query_only = ON") }
        defer { if isWriter { try? connection.execute("PRAGMA query_only = OFF") } }
        try run(.beginReading)
        defer { if connection.isInTransaction { try? run(.rollback) } }
        return try body()
    }

    /// Runs a closure so that nothing of it stays when it throws, within a transaction that goes on.
    ///
    /// - Throws: `TransactionEnded` when the transaction does not go on, because a trigger rolled it back.
    func withSavepoint<Result>(_ body: () throws -> Result) throws -> Result {
        try run(.savepoint)
        do {
            let result = try body()
            try run(.releaseSavepoint)
            return result
        } catch {
            guard connection.isInTransaction else {
                // SQLite itself rolls back after some errors, such as a full disk; those are the ones to tell.
                if let error = error as? DatabaseError, error.concernsEverybody { throw error }
                throw TransactionEnded(cause: error)
            }
            try run(.rollbackToSavepoint)
            try run(.releaseSavepoint)
            throw error
        }
    }
}

/// The transaction around a savepoint is gone, and with it what others had written in it.
struct TransactionEnded: Error {
    let cause: any Error
}
