import CLibpq
import SQLSchema

/// The connection itself: owns a `PGconn *` and closes it. See <https://www.postgresql.org/docs/current/libpq.html>.
@usableFromInline
final class PostgresHandle {
    let pointer: OpaquePointer
    /// User, host, port and database, without a password.
    let address: String
    let usesTransactionPooler: Bool
    let canceller: PostgresCanceller?
    var types = PostgresTypes()
    /// Something went wrong that the connection may not have recovered from.
    private(set) var isInDoubt = false
    /// How many units of the current pipeline have been ended.
    var endedUnits = 0
    /// Whether something was sent since the last end of a unit.
    var hasUnfinishedUnit = false
    private let noticeHandler: NoticeHandler?
    private let responseDeadline: ResponseDeadline?
    private var statementCount = 0
    /// The names of prepared statements that nobody uses any more.
    private var forgottenNames: [String] = []

    /// Connects, and waits until that is done or has failed.
    ///
    /// - Throws: `DatabaseError` with the code `cannotOpen`.
    init(_ configuration: PostgresConfiguration) throws {
        let parameters = try ConnectionParameters(configuration)
        let pointer = parameters.withPointers { PQconnectdbParams($0, $1, 1) }
        guard let pointer else {
            throw DatabaseError(
                code: .cannotOpen, engineCode: "08001", message: "there is no memory left", database: parameters.address
            )
        }
        func text(_ value: UnsafePointer<CChar>?) -> String? { value.map { String(cString: $0) } }
        // With what the environment and a service file have added to the URL.
        address =
            configuration.displayedAddress
            ?? ConnectionParameters.address(
                user: text(PQuser(pointer)), host: text(PQhost(pointer)), port: text(PQport(pointer)),
                database: text(PQdb(pointer)))
        do {
            try Self.check(pointer, address: address)
            responseDeadline = try configuration.responseTimeout.map { [address] timeout in
                func refusal(_ reason: String) -> DatabaseError {
                    DatabaseError(code: .cannotOpen, engineCode: "08001", message: reason, database: address)
                }
                guard timeout > .zero else {
                    throw refusal("the response timeout is \(timeout), and must be above 0")
                }
                guard let deadline = ResponseDeadline(timeout, socket: PQsocket(pointer)) else {
                    throw refusal("this process can open no more files")
                }
                return deadline
            }
        } catch {
            PQfinish(pointer)
            throw error
        }
        self.pointer = pointer
        usesTransactionPooler = configuration.usesTransactionPooler
        canceller = PostgresCanceller(connection: pointer)
        noticeHandler = configuration.onNotice.map(NoticeHandler.init)
        NoticeHandler.install(noticeHandler, on: pointer)
    }

    deinit {
        PQfinish(pointer)
    }

    private static func check(_ pointer: OpaquePointer, address: String) throws {
        let reason: String
        if PQstatus(pointer) != CONNECTION_OK {
            let message = DatabaseError.firstLine(PQerrorMessage(pointer)) ?? "the server cannot be reached"
            // In a message about a keyword or its value libpq quotes what was given.
            reason = message.hasPrefix("invalid ") ? ConnectionParameters.withoutQuotes(message) : message
        } else if PQserverVersion(pointer) < 130_000 {
            reason = "the server is too old: PostgreSQL 13 or later is needed"
        } else {
            return
        }
        throw DatabaseError(code: .cannotOpen, engineCode: "08001", message: reason, database: address)
    }

    // MARK: State

    /// Whether a transaction is open, failed ones included (PQtransactionStatus).
    var isInTransaction: Bool {
        let status = PQtransactionStatus(pointer)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR
    }

    /// Whether the connection is broken.
    var isLost: Bool { PQstatus(pointer) != CONNECTION_OK }

    /// Whether somebody else may use the connection as if it were new.
    var isReusable: Bool {
        !isInDoubt && !isLost && PQtransactionStatus(pointer) == PQTRANS_IDLE && silence == nil
    }

    /// Notes that the connection must not be used by anybody else.
    func doubt() {
        isInDoubt = true
    }

    // MARK: Results

    /// Makes sure that something can be sent; when it cannot, nothing was.
    func checkOpen(_ sql: String?) throws {
        guard PQstatus(pointer) != CONNECTION_OK else { return }
        throw DatabaseError.connectionLost(pointer, sql: sql, address: address, isOutcomeUnknown: false)
    }

    /// Runs one statement and returns its result, which is one of success.
    ///
    /// - Parameter call: calls a function of libpq that waits for the result, such as PQexecPrepared.
    func run(_ sql: String, _ call: () -> OpaquePointer?) throws -> OpaquePointer {
        try checkOpen(sql)
        let isInTransaction = isInTransaction
        guard let result = waiting(call) else { throw connectionLost(sql, inTransaction: isInTransaction) }
        return try checked(result, sql: sql, inTransaction: isInTransaction)
    }

    /// Calls functions of libpq that wait for the server, for as long as the configuration allows.
    func waiting<Value>(_ call: () throws -> Value) rethrows -> Value {
        try responseDeadline.map { try $0.limit(call) } ?? call()
    }

    /// Returns a result of success; throws what any other one says, and clears it.
    ///
    /// - Parameter isInTransaction: whether a transaction was open before the statement was sent.
    func checked(_ result: OpaquePointer, sql: String, inTransaction isInTransaction: Bool) throws -> OpaquePointer {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
            return result
        case PGRES_EMPTY_QUERY:
            PQclear(result)
            throw misuse("there is no statement in it", sql: sql)
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            PQclear(result)
            endCopy()
            throw misuse("COPY from or to the client is not possible here", sql: sql)
        default:
            defer { PQclear(result) }
            throw error(result, sql: sql, inTransaction: isInTransaction)
        }
    }

    /// What a result says that is none of success.
    func error(_ result: OpaquePointer, sql: String, inTransaction isInTransaction: Bool) -> DatabaseError {
        var error = DatabaseError.postgres(result, sql: sql, address: address)
        // An error without a severity is libpq's own: it could not write, or did not understand the answer.
        let isLost = PQstatus(pointer) != CONNECTION_OK || [nil, "FATAL", "PANIC"].contains(error.severity)
        if isLost {
            isInDoubt = true
            if error.severity == nil { error.engineCode = "08006" }
            error.code = .connectionLost
            error.message = silence ?? error.message
            error.isOutcomeUnknown = Self.mayHaveCommitted(sql, inTransaction: isInTransaction)
        } else if error.code == .connectionLost || error.code == .cannotOpen {
            // The server lost a connection of its own, to a foreign server.
            error.code = .other
        }
        return error
    }

    /// The error for a result that did not come.
    func connectionLost(_ sql: String, inTransaction isInTransaction: Bool) -> DatabaseError {
        isInDoubt = true
        var error = DatabaseError.connectionLost(
            pointer, sql: sql, address: address,
            isOutcomeUnknown: Self.mayHaveCommitted(sql, inTransaction: isInTransaction))
        error.message = silence ?? error.message
        return error
    }

    /// Why the connection broke, when it was we who broke it.
    private var silence: String? {
        guard let responseDeadline, responseDeadline.hasExpired else { return nil }
        return "the server did not answer within \(responseDeadline.timeout)"
    }

    /// Whether something may have been kept by a statement whose answer did not arrive.
    ///
    /// Within a transaction only the end of it keeps anything.
    private static func mayHaveCommitted(_ sql: String, inTransaction isInTransaction: Bool) -> Bool {
        guard isInTransaction else { return true }
        let word = sql.drop { $0.isWhitespace }.prefix { $0.isLetter }.uppercased()
        return word.isEmpty || ["COMMIT", "END", "PREPARE"].contains(word)
    }

    func misuse(_ message: String, sql: String) -> DatabaseError {
        DatabaseError(code: .invalidSQL, engineCode: "42601", message: message, sql: sql, offset: 0, database: address)
    }

    /// Ends a COPY that nobody asked for, so that the connection can be used again.
    private func endCopy() {
        _ = PQputCopyEnd(pointer, "not expected")
        var row: UnsafeMutablePointer<CChar>?
        while PQgetCopyData(pointer, &row, 0) > 0 { PQfreemem(row) }
        while let result = PQgetResult(pointer) { PQclear(result) }
    }

    // MARK: Names of statements

    /// A name that no statement of this connection has had.
    func newStatementName() -> String {
        statementCount += 1
        return "s\(statementCount)"
    }

    /// Notes that a prepared statement is no longer needed; the server is told with the next one that is prepared.
    func forget(_ name: String) {
        forgottenNames.append(name)
    }

    /// Tells the server which prepared statements it can drop, unless a failed transaction keeps it from listening.
    func deallocateForgotten() throws {
        guard PQtransactionStatus(pointer) != PQTRANS_INERROR else { return }
        while let name = forgottenNames.popLast() {
            let sql = "DEALLOCATE \(name)"
            PQclear(try run(sql) { PQexec(pointer, sql) })
        }
    }
}

extension PostgresHandle {
    /// The socket to the server (PQsocket).
    var socket: Int32 { PQsocket(pointer) }

    /// Lets a request to cancel that has arrived too late hit a statement of no meaning.
    ///
    /// By the time that the request is answered the server's process has been told, so that after one more statement
    /// nothing of it is left.
    func absorbCancellation() {
        let sql = "SELECT 1"
        for _ in 1...2 {
            do {
                return PQclear(try run(sql) { PQexec(pointer, sql) })
            } catch {
                guard (error as? DatabaseError)?.code == .interrupted, !isInTransaction else { return doubt() }
            }
        }
        doubt()
    }
}
