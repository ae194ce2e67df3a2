import CLibpq
import EventSourcingSQL
import SQLSchema

/// One statement, prepared on the server: what it is, and the values of its parameters.
///
/// It keeps its connection open, and is confined with it. Should the server lose it, it is prepared again.
public final class PostgresStatement {
    /// The text.
    public let sql: String

    @exclusivity(unchecked) @usableFromInline private(set) var slots: [ParameterSlot] = []
    let handle: PostgresHandle
    private(set) var columns = PostgresColumns(names: [], types: [])
    private var state = State.new

    private enum State {
        /// The server has not seen it.
        case new
        /// The server knows it by this name.
        case prepared(String)
        /// It is sent whole each time, because of a pooler.
        case described
    }

    /// Prepares a statement (PQsendPrepare, PQsendDescribePrepared).
    init(_ sql: String, handle: PostgresHandle) throws {
        self.sql = sql
        self.handle = handle
        try prepare()
    }

    deinit {
        forget()
    }

    /// Makes the server forget the statement; it is prepared again when it is run again.
    func forget() {
        if case .prepared(let name) = state { handle.forget(name) }
        state = .new
    }

    private func prepare() throws {
        guard !sql.utf8.contains(0) else { throw handle.misuse("a statement cannot have a NUL in it", sql: sql) }
        let description: StatementDescription
        if handle.usesTransactionPooler {
            description = try handle.describe(sql, name: "")
            state = .described
        } else {
            try handle.deallocateForgotten()
            let name = handle.newStatementName()
            description = try handle.describe(sql, name: name)
            state = .prepared(name)
        }
        columns = description.columns
        // Values that were written for the same types stay.
        if slots.map(\.type) != description.parameters.map(\.type) { slots = description.parameters }
    }

    /// Prepares the statement if the server has lost it.
    func prepareAgain() throws {
        if case .new = state { try prepare() }
    }

    // MARK: Parameters

    /// The statement's parameters, all NULL, to be written by index.
    ///
    /// - Parameter first: the number of the parameter at index 0; PostgreSQL counts them from 1.
    public func parameters(from first: Int = 1) -> PostgresParameters {
        for slot in slots.dropFirst(max(0, first - 1)) { slot.clear() }
        return PostgresParameters(statement: self, first: first - 1)
    }

    /// Parameters that are arrays, to be written row by row.
    ///
    /// - Parameters:
    ///   - first: the number of the parameter that takes column 0.
    ///   - count: how many columns a row has.
    public func arrayParameters(from first: Int = 1, count: Int) -> PostgresArrayParameters {
        PostgresArrayParameters(statement: self, first: first - 1, count: count)
    }

    /// The error for a value that a parameter cannot take.
    @usableFromInline
    func refused(_ reason: String, at index: Int) -> DatabaseError {
        let type = slots.indices.contains(index) ? " of the type \(slots[index].type.name)" : ""
        return DatabaseError(
            code: .constraintViolation, engineCode: "22000", message: "parameter $\(index + 1)\(type): \(reason)",
            sql: sql, database: handle.address)
    }

    // MARK: Running

    /// Runs the statement (PQexecPrepared).
    ///
    /// - Throws: `DatabaseError`.
    public func execute() throws -> PostgresResult {
        do {
            return try executeOnce()
        } catch let error where canRepeat(after: error) {
            state = .new
            return try executeOnce()
        }
    }

    /// Runs the statement and returns how many rows it returned, inserted, updated or deleted.
    ///
    /// - Throws: `DatabaseError`.
    @discardableResult
    public func run() throws -> Int {
        try execute().affectedRowCount
    }

    /// Runs the statement and reads its first row, or nil when it has none.
    ///
    /// - Throws: `DatabaseError` or what the closure throws.
    @inlinable
    public func first<Value>(_ read: (borrowing PostgresRow) throws -> Value) throws -> Value? {
        try execute().first(read)
    }

    /// Runs the statement and reads all its rows.
    ///
    /// - Throws: `DatabaseError` or what the closure throws.
    @inlinable
    public func all<Value>(_ read: (borrowing PostgresRow) throws -> Value) throws -> [Value] {
        try execute().all(read)
    }

    private func executeOnce() throws -> PostgresResult {
        try checkSizes()
        try prepareAgain()
        switch state {
        case .prepared(let name): return result(try handle.execute(name: name, sql: sql, slots: slots))
        default: return try checked(result(try handle.execute(sql: sql, slots: slots)))
        }
    }

    /// Sends the statement (PQsendQueryPrepared): within a pipeline, or alone when the server knows it.
    ///
    /// - Returns: how many results will come, of which the last is the statement's; nil when libpq did not take it.
    func send() throws -> Int? {
        try checkSizes()
        handle.hasUnfinishedUnit = true
        var resultCount = 1
        if case .new = state {
            // What it is, is known; only the server has lost it.
            let name = handle.newStatementName()
            guard PQsendPrepare(handle.pointer, name, sql, 0, nil) == 1 else { return nil }
            state = .prepared(name)
            resultCount = 2
        }
        let handle = handle
        let wasSent = slots.withPointers { count, values, lengths, formats, types in
            switch state {
            case .prepared(let name):
                PQsendQueryPrepared(handle.pointer, name, count, values, lengths, formats, 1)
            default:
                PQsendQueryParams(handle.pointer, sql, count, types, values, lengths, formats, 1)
            }
        }
        return wasSent == 1 ? resultCount : nil
    }

    /// The result of the statement that was sent.
    func result(ofSent pointer: OpaquePointer) throws -> PostgresResult {
        if case .described = state { return try checked(result(pointer)) }
        return result(pointer)
    }

    /// Takes note of a failure in a pipeline, where nothing can be repeated.
    func failed(_ error: any Error) {
        _ = canRepeat(after: error)
    }

    func result(_ pointer: OpaquePointer) -> PostgresResult {
        PostgresResult(pointer: pointer, columns: columns, sql: sql, address: handle.address)
    }

    /// A statement that is sent whole may meet a table that has changed since it was described.
    private func checked(_ result: PostgresResult) throws -> PostgresResult {
        guard !columns.describe(result.pointer) else { return result }
        state = .new
        throw DatabaseError(
            code: .unexpectedValue, engineCode: "0A000",
            message: "the types of the columns have changed since the statement was prepared", sql: sql,
            database: handle.address)
    }

    private func checkSizes() throws {
        guard let index = slots.firstIndex(where: { $0.buffer.count > 0x3FFF_FFFF }) else { return }
        throw DatabaseError(
            code: .tooLarge, engineCode: "54000",
            message: "parameter $\(index + 1) has \(slots[index].buffer.count) bytes; PostgreSQL takes 1 GB at most",
            sql: sql, database: handle.address)
    }

    /// Whether the server refused to run the statement only because it has to be prepared again.
    ///
    /// That is so after a change of the columns (0A000), and when somebody dropped all prepared statements (26000).
    /// Within a transaction it is too late: the transaction has failed.
    func canRepeat(after error: any Error) -> Bool {
        guard case .prepared = state, let error = error as? DatabaseError else { return false }
        let isStale =
            error.engineCode == "26000"
            || (error.engineCode == "0A000" && error.message.hasPrefix("cached plan must not change"))
        if isStale { state = .new }
        return isStale && !handle.isInTransaction
    }
}
