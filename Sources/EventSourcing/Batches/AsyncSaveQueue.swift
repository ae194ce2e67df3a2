package import Dispatch
import Synchronization

/// Lets tasks that save at the same moment share one commit, which runs on a queue of its own.
///
/// No thread of the cooperative pool waits: a task is suspended until the batch that its save went with is committed.
/// A task that is cancelled leaves the queue; once its save has gone with a batch, it is told what became of it.
package final class AsyncSaveQueue<Columns: EventColumns>: Sendable {
    package typealias Outcome = Result<SaveResult, any Error>
    package typealias Commit = @Sendable ([StreamAppend<Columns>]) throws -> [Outcome]

    private struct State {
        var waiting: [SaveTicket<Columns>] = []
        var hasCommitter = false
        var isCommitting = false
    }

    private let state = Mutex(State())
    private let planner: BatchPlanner
    private let queue: DispatchQueue
    private let commit: Commit

    /// Creates a queue.
    ///
    /// - Parameters:
    ///   - queue: where commits run, one after the other.
    ///   - commit: saves a batch, each append with its own check and its own outcome, in the order given; what it throws
    ///     is the outcome of all of them.
    package init(planner: BatchPlanner = BatchPlanner(), on queue: DispatchQueue, commit: @escaping Commit) {
        self.planner = planner
        self.queue = queue
        self.commit = commit
    }

    /// How many saves wait for the batch that is under way.
    package var waitingCount: Int {
        state.withLock { $0.waiting.count }
    }

    /// Whether a batch is under way, so that every save that comes now waits for the next one.
    package var isCommitting: Bool {
        state.withLock { $0.isCommitting }
    }

    /// Saves, alone or together with others.
    ///
    /// - Throws: what the save throws, and `CancellationError` when nothing was saved because the task was cancelled.
    package func save(_ append: StreamAppend<Columns>) async throws -> SaveResult {
        let ticket = SaveTicket(append)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard ticket.wait(continuation) else { return continuation.resume(throwing: CancellationError()) }
                enqueue(ticket)
            }
        } onCancel: {
            ticket.cancel()
        }
    }

    private func enqueue(_ ticket: SaveTicket<Columns>) {
        let startsCommitting = state.withLock { state in
            state.waiting.append(ticket)
            defer { state.hasCommitter = true }
            return !state.hasCommitter
        }
        if startsCommitting { queue.async { self.commitAll() } }
    }

    /// Commits batch after batch until nobody waits.
    private func commitAll() {
        var pace = BatchPace()
        while let batch = takeBatch() {
            let start = ContinuousClock.now
            let outcomes: [Outcome]
            do {
                outcomes = try commit(batch.map { $0.append })
            } catch {
                outcomes = Array(repeating: .failure(error), count: batch.count)
            }
            pace.end(ofBatchOf: batch.count, after: start.duration(to: .now))
            for (ticket, outcome) in zip(batch, outcomes) { ticket.finish(outcome) }
            pace.gather { waitingCount }
        }
    }

    /// The next batch, without those who have been cancelled; nil when nobody waits.
    private func takeBatch() -> [SaveTicket<Columns>]? {
        state.withLock { state in
            while !state.waiting.isEmpty {
                let batch = planner.takeBatch(from: &state.waiting) { $0.save }
                let taken = batch.filter { $0.take() }
                state.isCommitting = !taken.isEmpty
                if state.isCommitting { return taken }
            }
            state.isCommitting = false
            state.hasCommitter = false
            return nil
        }
    }
}
