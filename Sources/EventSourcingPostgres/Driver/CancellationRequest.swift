import Dispatch
import Synchronization

/// Carries the cancellation of a task to the server, and makes sure that it has arrived before anything else is run.
///
/// A request to cancel stops whatever the connection is doing when it arrives; one that comes late must not stop the
/// statement of somebody else.
final class CancellationRequest: Sendable {
    private enum State {
        case waiting
        case running(PostgresCanceller?)
        case cancelling
        case ended
    }

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
        let canceller = state.withLock { state -> PostgresCanceller? in
            switch state {
            case .waiting:
                state = .ended
                return nil
            case .running(let canceller?):
                state = .cancelling
                return canceller
            case .running(nil), .cancelling, .ended:
                return nil
            }
        }
        guard let canceller else { return }
        DispatchQueue.global().async {
            canceller.cancel()
            self.isAnswered.signal()
        }
    }

    /// Notes that no statement is being run any more, and waits for the answer to a request that was sent.
    ///
    /// - Returns: whether one was sent.
    func end() -> Bool {
        let wasSent = state.withLock { state in
            defer { state = .ended }
            if case .cancelling = state { return true }
            return false
        }
        if wasSent { isAnswered.wait() }
        return wasSent
    }
}
