import Dispatch
import Synchronization

/// Carries the cancellation of a task to the server, and makes sure that it has arrived before anything else is run.
///
/// A request to cancel stops whatever the connection is doing when it arrives. One that comes between two statements
/// stops nothing and is repeated; one that comes late must not stop the statement of somebody else.
final class CancellationRequest: Sendable {
    private enum State {
        case waiting
        case running(PostgresCanceller?)
        /// The server is being asked, or will be asked again in a moment.
        case cancelling(PostgresCanceller, isAsking: Bool)
        case ended
    }

    /// How long the answer to a request is waited for, which takes a new connection to the server.
    private static let patience = DispatchTimeInterval.seconds(10)

    private let state = Mutex(State.waiting)
    private let isAnswered = DispatchSemaphore(value: 0)

    /// Notes that statements are being run; false when the task was cancelled before.
    func begin(_ canceller: PostgresCanceller?) -> Bool {
        state.withLock { state in
            guard case .waiting = state else { return false }
            state = .running(canceller)
            return true
        }
    }

    /// Asks the server to stop, on a thread of its own: the call blocks.
    func cancel() {
        let isToBeAsked = state.withLock { state in
            switch state {
            case .waiting:
                state = .ended
            case .running(let canceller?):
                state = .cancelling(canceller, isAsking: false)
                return true
            case .running(nil), .cancelling, .ended:
                break
            }
            return false
        }
        if isToBeAsked { DispatchQueue.global().async { self.ask(again: .milliseconds(20)) } }
    }

    /// Asks, and once more after a pause unless the statements have ended.
    private func ask(again pause: DispatchTimeInterval) {
        let canceller = state.withLock { state -> PostgresCanceller? in
            guard case .cancelling(let canceller, isAsking: false) = state else { return nil }
            state = .cancelling(canceller, isAsking: true)
            return canceller
        }
        guard let canceller else { return }
        canceller.cancel()
        let hasEnded = state.withLock { state in
            guard case .cancelling = state else { return true }
            state = .cancelling(canceller, isAsking: false)
            return false
        }
        if hasEnded {
            isAnswered.signal()
        } else {
            DispatchQueue.global().asyncAfter(deadline: .now() + pause) { self.ask(again: .milliseconds(500)) }
        }
    }

    /// Notes that no statement is being run any more, and waits for the answer when the server is being asked.
    ///
    /// - Parameter isLost: whether the connection is broken, so that it does not matter when the request arrives.
    /// - Returns: whether the server was asked, or would have been; and whether the request may still arrive, because
    ///   the server does not answer it: nobody else must use the connection then.
    func end(isLost: Bool) -> (wasCancelled: Bool, mayStillArrive: Bool) {
        let (wasCancelled, isAsking) = state.withLock { state in
            defer { state = .ended }
            guard case .cancelling(_, let isAsking) = state else { return (false, false) }
            return (true, isAsking)
        }
        guard isAsking, !isLost else { return (wasCancelled, mayStillArrive: isAsking) }
        return (wasCancelled, mayStillArrive: isAnswered.wait(timeout: .now() + Self.patience) == .timedOut)
    }
}
