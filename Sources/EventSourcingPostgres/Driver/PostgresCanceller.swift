import CLibpq

/// Asks the server to stop what a connection is doing: owns a `PGcancel *` and frees it.
///
/// The server is asked over a connection of its own, so that any thread may do it.
///
/// Unchecked: a `PGcancel` never changes, and PQcancel may be called from every thread at once.
final class PostgresCanceller: @unchecked Sendable {
    private let pointer: OpaquePointer

    init?(connection: OpaquePointer) {
        guard let pointer = PQgetCancel(connection) else { return nil }
        self.pointer = pointer
    }

    deinit {
        PQfreeCancel(pointer)
    }

    /// Asks, and waits until the server has heard it; what it cancels, if anything, is another matter (PQcancel).
    func cancel() {
        var message = [CChar](repeating: 0, count: 256)
        _ = PQcancel(pointer, &message, Int32(message.count))
    }
}

extension PostgresConnection {
    /// Makes what asks the server, from any thread, to stop the statement that this connection is running, if it is.
    ///
    /// It waits until the server has heard it, and stays valid when the connection is closed.
    package func makeCanceller() -> @Sendable () -> Void {
        { [canceller = handle.canceller] in canceller?.cancel() }
    }
}
