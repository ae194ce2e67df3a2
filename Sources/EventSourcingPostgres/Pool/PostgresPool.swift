import SQLSchema
import Synchronization

/// Connections that tasks take turns with.
///
/// A connection is opened when it is first needed. Whoever waits longest is served first. A connection that broke, or
/// that comes back within a transaction, is closed and never lent again.
///
/// ```swift
/// let pool = PostgresPool(PostgresConfiguration(url: "postgresql:///shop"))
/// try pool.start()
/// let count = try await pool.run { connection in
///     try connection.prepare("SELECT count(*) FROM orders").first { row in try row.int64(at: 0) }
/// }
/// await pool.close()
/// ```
public final class PostgresPool: Sendable {
    private typealias Loan = (connection: Int, PostgresAsyncConnection)
    private typealias Waiter = @Sendable (Result<Loan, any Error>) -> Void

    private struct State {
        var machine: PoolStateMachine
        var connections: [Int: PostgresAsyncConnection] = [:]
        var waiters: [Int: Waiter] = [:]
        /// Waiters whose task was cancelled before they began to wait.
        var cancelled: Set<Int> = []
        var lastWaiter = 0
        var lastFailure: (any Error)?
        var closers: [CheckedContinuation<Void, Never>] = []
        var trimming: Task<Void, Never>?
        /// Watches the deadlines while somebody waits.
        var timer: Task<Void, Never>?
    }

    private let configuration: PostgresConfiguration
    let options: PostgresPoolOptions
    private let observer: PoolObserver
    private let state: Mutex<State>

    /// Creates a pool; nothing is opened.
    public init(
        _ configuration: PostgresConfiguration, options: PostgresPoolOptions = PostgresPoolOptions(),
        observability: PostgresObservability = PostgresObservability()
    ) {
        self.configuration = configuration.logging(to: observability.logger)
        self.options = options
        observer = PoolObserver(observability)
        state = Mutex(State(machine: PoolStateMachine(options)))
    }

    deinit {
        state.withLock { state in
            state.trimming?.cancel()
            state.timer?.cancel()
        }
    }

    /// What the pool is doing.
    public var status: PostgresPoolStatus {
        state.withLock { $0.machine.status }
    }

    // MARK: Life

    /// Makes the pool lend connections. Calling it again is harmless.
    ///
    /// - Throws: ``PostgresPoolError`` when the options contradict themselves, or the pool has been closed.
    public func start() throws {
        if let mistake = options.mistake { throw PostgresPoolError(.invalidOptions, mistake) }
        try state.withLock { state in
            guard !state.machine.isClosing else { throw PostgresPoolError.closed }
            state.machine.start()
            guard state.trimming == nil else { return }
            state.trimming = Task { [weak self, interval = options.idleTimeout / 2] in
                while (try? await Task.sleep(for: interval)) != nil {
                    self?.react { $0.machine.trim(at: .now) }
                }
            }
        }
    }

    /// Lends no more, waits until everything that is lent out has come back, and closes all connections.
    public func close() async {
        await withCheckedContinuation { continuation in
            react { state in
                state.trimming?.cancel()
                state.closers.append(continuation)
                return state.machine.close()
            }
        }
    }

    // MARK: Lending

    /// Lends a connection to a closure that runs on the connection's thread, and takes it back.
    ///
    /// When the task is cancelled, it does not wait any longer, and the server is asked to stop what it is doing.
    ///
    /// - Throws: ``PostgresPoolError``, `DatabaseError` when the database cannot be reached, `CancellationError`, or what
    ///   the closure throws.
    public func run<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) throws -> Value
    ) async throws -> Value {
        let (number, connection) = try await borrow()
        let request = CancellationRequest()
        let (outcome, isReusable) = await withTaskCancellationHandler {
            await connection.use(request, body)
        } onCancel: {
            request.cancel()
        }
        giveBack(number, isReusable: isReusable)
        return try outcome.get()
    }

    /// Lends a connection to a closure that ends although the task may be cancelled once it has begun.
    ///
    /// - Throws: what ``run(_:)`` throws.
    func runUncancelled<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) throws -> Value
    ) async throws -> Value {
        let (number, connection) = try await borrow()
        let (outcome, isReusable) = await connection.use(nil, body)
        giveBack(number, isReusable: isReusable)
        return try outcome.get()
    }

    /// Lends a connection to an asynchronous closure, and takes it back.
    ///
    /// - Throws: ``PostgresPoolError``, `DatabaseError` when the database cannot be reached, `CancellationError`, or what
    ///   the closure throws.
    public func withConnection<Value: Sendable>(
        _ body: (PostgresAsyncConnection) async throws -> Value
    ) async throws -> Value {
        let (number, connection) = try await borrow()
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(connection))
        } catch {
            outcome = .failure(error)
        }
        giveBack(number, isReusable: await connection.isReusable)
        return try outcome.get()
    }

    /// Lends a connection to a closure that runs on the connection's thread, without a task that waits for it.
    ///
    /// - Parameter body: is called on any thread when there is no connection to be had.
    func lend(_ body: @escaping @Sendable (Result<PostgresConnection, any Error>) -> Void) {
        wait(newWaiter()) { loan in
            switch loan {
            case .success((let number, let connection)):
                connection.enqueue { connection in
                    body(connection)
                    self.giveBack(number, isReusable: (try? connection.get().isReusable) ?? false)
                }
            case .failure(let error):
                body(.failure(error))
            }
        }
    }

    /// Whether somebody waits for a connection.
    var isWanted: Bool { state.withLock { !$0.waiters.isEmpty } }

    private func newWaiter() -> Int {
        state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
    }

    private func borrow() async throws -> Loan {
        let waiter = newWaiter()
        defer { state.withLock { _ = $0.cancelled.remove(waiter) } }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                wait(waiter) { continuation.resume(with: $0) }
            }
        } onCancel: {
            react { state in
                if state.waiters[waiter] == nil { state.cancelled.insert(waiter) }
                return state.machine.cancel(waiter)
            }
        }
    }

    private func wait(_ number: Int, _ waiter: @escaping Waiter) {
        let waiter = observer.measuringWait(waiter)
        var lost: [Int] = []
        react { state in
            state.waiters[number] = waiter
            guard !state.cancelled.contains(number) else { return [.refuse(waiter: number, .cancelled)] }
            let connections = state.connections
            return state.machine.request(number, at: .now) { connection in
                let isQuiet = connections[connection]?.isQuiet ?? false
                if !isQuiet { lost.append(connection) }
                return isQuiet
            }
        }
        for connection in lost { observer.lost(connection) }
        state.withLock { state in
            guard state.timer == nil, state.machine.nextDeadline != nil else { return }
            state.timer = Task { [weak self] in
                while let deadline = self?.nextDeadline() {
                    try? await Task.sleep(until: deadline)
                    self?.react { $0.machine.expire(at: .now) }
                }
            }
        }
    }

    /// The deadline to watch; without one the timer ends.
    private func nextDeadline() -> ContinuousClock.Instant? {
        state.withLock { state in
            if state.machine.nextDeadline == nil { state.timer = nil }
            return state.machine.nextDeadline
        }
    }

    private func giveBack(_ connection: Int, isReusable: Bool) {
        if !isReusable { observer.lost(connection) }
        react { $0.machine.giveBack(connection, isReusable: isReusable, at: .now) }
    }

    // MARK: Doing

    /// What is to be done outside of the lock.
    private enum Step {
        case answer(Waiter, Result<Loan, any Error>)
        case open(Int)
        case close(Int, PostgresAsyncConnection)
        case pause(Duration)
        case finish([CheckedContinuation<Void, Never>])
    }

    /// Lets the machine decide, and does what it decided.
    private func react(_ event: (inout State) -> [PoolStateMachine.Action]) {
        let steps = state.withLock { state in
            event(&state).compactMap { step(for: $0, &state) }
        }
        observer.show { status }
        for step in steps { perform(step) }
    }

    private func step(for action: PoolStateMachine.Action, _ state: inout State) -> Step? {
        switch action {
        case .lend(let number, let waiter):
            guard let answer = state.waiters.removeValue(forKey: waiter), let connection = state.connections[number]
            else { return nil }
            return .answer(answer, .success((number, connection)))
        case .refuse(let waiter, let reason):
            guard let answer = state.waiters.removeValue(forKey: waiter) else { return nil }
            return .answer(answer, .failure(error(for: reason, state)))
        case .open(let number):
            return .open(number)
        case .close(let number):
            return state.connections.removeValue(forKey: number).map { .close(number, $0) }
        case .pause(let duration):
            return .pause(duration)
        case .finish:
            defer { state.closers = [] }
            return .finish(state.closers)
        }
    }

    private func perform(_ step: Step) {
        switch step {
        case .answer(let waiter, let result):
            waiter(result)
        case .open(let number):
            Task.detached { await self.open(number) }
        case .close(let number, let connection):
            Task.detached {
                await connection.close()
                self.observer.closed(number)
                self.react { $0.machine.closed(number) }
            }
        case .pause(let duration):
            Task.detached { [weak self] in
                try? await Task.sleep(for: duration)
                self?.react { $0.machine.pauseEnded() }
            }
        case .finish(let closers):
            for closer in closers { closer.resume() }
        }
    }

    private func open(_ number: Int) async {
        let start = ContinuousClock.now
        do {
            let connection = try await PostgresAsyncConnection.connect(configuration)
            observer.opened(number, since: start)
            react { state in
                state.connections[number] = connection
                state.lastFailure = nil
                return state.machine.opened(number, at: .now)
            }
        } catch {
            observer.openingFailed(error)
            react { state in
                state.lastFailure = error
                return state.machine.openingFailed(number)
            }
        }
    }

    private func error(for refusal: PoolStateMachine.Refusal, _ state: State) -> any Error {
        switch refusal {
        case .notStarted: PostgresPoolError.notStarted
        case .closed: PostgresPoolError.closed
        case .cancelled: CancellationError()
        case .timeout:
            PostgresPoolError.timeout(
                after: options.timeout, state.machine.status, lastFailure: state.lastFailure.map { "\($0)" })
        case .unreachable: state.lastFailure ?? PostgresPoolError.closed
        }
    }
}
