import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Breaks a connection whose server does not answer in time.
///
/// libpq waits without a limit, in many functions. When the socket is shut down they all return, also with TLS.
final class ResponseDeadline: Sendable {
    private struct State {
        /// Until when the server has to answer; nil while nobody waits for it.
        var deadline: ContinuousClock.Instant?
        /// Whether ``check()`` will be called.
        var isWatched = false
        var hasExpired = false
    }

    /// How long a server may take.
    let timeout: Duration
    /// A descriptor of our own: that of libpq may be closed, and its number be somebody else's, at any moment.
    private let socket: Int32
    private let state = Mutex(State())
    private static let queue = DispatchQueue(label: "postgres-response-deadlines")

    /// - Parameter socket: the socket of the connection; nil is returned when this process can open no more files.
    init?(_ timeout: Duration, socket: Int32) {
        let descriptor = fcntl(socket, F_DUPFD_CLOEXEC, 0)
        guard descriptor >= 0 else { return nil }
        self.timeout = timeout
        self.socket = descriptor
    }

    deinit {
        close(socket)
    }

    /// Whether the connection was broken because the server did not answer.
    var hasExpired: Bool { state.withLock { $0.hasExpired } }

    /// Calls a closure that waits for the server.
    func limit<Value>(_ body: () throws -> Value) rethrows -> Value {
        let deadline = ContinuousClock.now + timeout
        let isWatched = state.withLock { state in
            defer { state.isWatched = true }
            state.deadline = deadline
            return state.isWatched
        }
        if !isWatched { watch(for: timeout) }
        defer { state.withLock { $0.deadline = nil } }
        return try body()
    }

    /// One timer serves many calls, because most of them end long before it.
    private func watch(for duration: Duration) {
        let (seconds, attoseconds) = duration.components
        Self.queue.asyncAfter(deadline: .now() + Double(seconds) + Double(attoseconds) * 1e-18) { [weak self] in
            self?.check()
        }
    }

    private func check() {
        let rest = state.withLock { state -> Duration? in
            state.isWatched = false
            guard let deadline = state.deadline else { return nil }
            let rest = deadline - .now
            state.isWatched = rest > .zero
            guard rest <= .zero else { return rest }
            state.hasExpired = true
            shutdown(socket, Int32(SHUT_RDWR))
            return nil
        }
        if let rest { watch(for: rest) }
    }
}
