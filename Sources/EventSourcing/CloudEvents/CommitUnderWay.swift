import Dispatch
import Synchronization

/// Appends on their way into a store, on a thread of their own, while the next lines of an import are parsed.
final class CommitUnderWay<Columns: EventColumns>: Sendable {
    typealias Outcomes = [Result<SaveResult, any Error>]

    private let result = Mutex<Result<Outcomes, any Error>?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    /// Begins to save.
    init(_ appends: [StreamAppend<Columns>], into store: some EventStore<Columns>, stoppingAtFailure: Bool) {
        DispatchQueue(label: "event-import").async { [self] in
            let outcomes = Result { try store.saveEach(appends, stoppingAtFailure: stoppingAtFailure) }
            result.withLock { $0 = outcomes }
            isDone.signal()
        }
    }

    /// Waits until the store is done, and returns what it returned.
    ///
    /// - Throws: what keeps the store from working at all.
    func outcomes() throws -> Outcomes {
        isDone.wait()
        isDone.signal()
        return try result.withLock { $0 }?.get() ?? []
    }
}
