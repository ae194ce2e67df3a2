import Synchronization

/// A waiting save, which ends exactly once: with its outcome, or cancelled before it went with a batch.
final class SaveTicket<Columns: EventColumns>: Sendable {
    typealias Outcome = Result<SaveResult, any Error>
    typealias Continuation = CheckedContinuation<SaveResult, any Error>

    private enum State {
        case new
        case waiting(Continuation)
        case taken(Continuation)
        case ended
    }

    let append: StreamAppend<Columns>
    let save: BatchPlanner.Save
    private let state = Mutex(State.new)

    init(_ append: StreamAppend<Columns>) {
        self.append = append
        save = BatchPlanner.Save(append)
    }

    /// Begins to wait; false when it has been cancelled before.
    func wait(_ continuation: Continuation) -> Bool {
        state.withLock { state in
            guard case .new = state else { return false }
            state = .waiting(continuation)
            return true
        }
    }

    /// Goes with a batch, from which it cannot be cancelled any more; false when it has been before.
    func take() -> Bool {
        state.withLock { state in
            guard case .waiting(let continuation) = state else { return false }
            state = .taken(continuation)
            return true
        }
    }

    /// Whether it cannot be cancelled any more.
    var isTaken: Bool {
        state.withLock { if case .taken = $0 { true } else { false } }
    }

    func cancel() {
        let continuation = state.withLock { state -> Continuation? in
            switch state {
            case .new: state = .ended
            case .waiting(let continuation):
                state = .ended
                return continuation
            case .taken, .ended: break
            }
            return nil
        }
        continuation?.resume(throwing: CancellationError())
    }

    func finish(_ outcome: Outcome) {
        let continuation = state.withLock { state -> Continuation? in
            guard case .taken(let continuation) = state else { return nil }
            state = .ended
            return continuation
        }
        continuation?.resume(with: outcome)
    }
}
