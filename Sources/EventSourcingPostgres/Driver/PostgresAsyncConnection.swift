import Dispatch
import SQLSchema
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One connection to a PostgreSQL server for asynchronous code: its calls block a thread of its own, and nothing else.
///
/// ```swift
/// let connection = try await PostgresAsyncConnection.connect(PostgresConfiguration(url: "postgresql:///shop"))
/// let count = try await connection.run { connection in
///     try connection.prepare("SELECT count(*) FROM orders").first { row in try row.int64(at: 0) }
/// }
/// ```
public actor PostgresAsyncConnection {
    private let configuration: PostgresConfiguration
    private let executor: ThreadExecutor
    private var connection: PostgresConnection?
    /// The socket while the connection is open, for whoever looks at it from outside.
    private let socket = Mutex<Int32>(-1)

    /// The thread that everything runs on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init(_ configuration: PostgresConfiguration) throws {
        guard let executor = ThreadExecutor() else {
            throw DatabaseError(
                code: .cannotOpen, engineCode: "08001", message: "this process can start no more threads",
                database: configuration.description)
        }
        self.executor = executor
        self.configuration = configuration
    }

    /// Connects to a server.
    ///
    /// - Throws: `DatabaseError` with the code `cannotOpen`.
    public static func connect(_ configuration: PostgresConfiguration) async throws -> PostgresAsyncConnection {
        let configuration = try await configuration.resolved()
        let connection = try PostgresAsyncConnection(configuration)
        try await connection.open()
        return connection
    }

    func open() throws {
        let connection = try PostgresConnection(configuration)
        self.connection = connection
        socket.withLock { $0 = connection.handle.socket }
    }

    /// Runs a closure with the connection, on its thread; nothing else runs on the connection meanwhile.
    ///
    /// When the task is cancelled, the server is asked to stop the statement that it is running.
    ///
    /// - Throws: what the closure throws; `CancellationError` when the task was cancelled before anything was run, or a
    ///   statement was stopped because of it.
    public nonisolated func run<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) throws -> Value
    ) async throws -> Value {
        let request = CancellationRequest()
        return try await withTaskCancellationHandler {
            try await use(request, body).outcome.get()
        } onCancel: {
            request.cancel()
        }
    }

    /// Runs a closure with the connection although the task may have been cancelled, and lets it end.
    ///
    /// - Throws: what the closure throws.
    public nonisolated func runUncancelled<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) throws -> Value
    ) async throws -> Value {
        try await use(nil, body).outcome.get()
    }

    /// Runs a closure, and says whether somebody else may use the connection afterwards.
    func use<Value: Sendable>(
        _ request: CancellationRequest?, _ body: @Sendable (PostgresConnection) throws -> Value
    ) -> (outcome: Result<Value, any Error>, isReusable: Bool) {
        guard let connection else { return (.failure(DatabaseError.closed(configuration)), false) }
        guard request?.begin(connection.handle.canceller) ?? true else {
            return (.failure(CancellationError()), connection.isReusable)
        }
        var outcome = Result { try body(connection) }
        guard let end = request?.end(isLost: connection.handle.isLost) else { return (outcome, connection.isReusable) }
        if end.mayStillArrive { connection.handle.doubt() }
        if end.wasCancelled {
            if case .failure(let error as DatabaseError) = outcome, error.code == .interrupted {
                outcome = .failure(CancellationError())
            } else if !end.mayStillArrive {
                connection.handle.absorbCancellation()
            }
        }
        return (outcome, connection.isReusable)
    }

    /// Runs a closure with the connection on its thread, without a task that waits for it.
    ///
    /// - Parameter body: is given an error when the connection has been closed on our side.
    nonisolated func enqueue(_ body: @escaping @Sendable (Result<PostgresConnection, any Error>) -> Void) {
        executor.enqueue {
            self.assumeIsolated { actor in
                body(actor.connection.map { .success($0) } ?? .failure(DatabaseError.closed(actor.configuration)))
            }
        }
    }

    /// Closes the connection; every later call throws.
    public func close() {
        socket.withLock { $0 = -1 }
        connection = nil
    }

    /// Whether the connection works, and no transaction is open on it.
    public var isReusable: Bool { connection?.isReusable ?? false }

    /// Whether the server has said nothing since the last answer.
    ///
    /// When it closes a connection that nobody uses, that can be read on the socket. Only for a connection that is not
    /// in use.
    nonisolated var isQuiet: Bool {
        socket.withLock { socket in
            var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            return socket >= 0 && poll(&descriptor, 1, 0) == 0
        }
    }
}

extension DatabaseError {
    /// The connection was used after it had been closed on our side.
    fileprivate static func closed(_ configuration: PostgresConfiguration) -> DatabaseError {
        DatabaseError(
            code: .connectionLost, engineCode: "08003", message: "the connection has been closed",
            database: configuration.description)
    }
}
