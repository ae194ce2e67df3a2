import Dispatch
import Synchronization

/// Lets threads that save at the same moment share one commit: one of them leads and saves for all.
///
/// A lone saver never waits for company: it leads at once. Whoever comes while a batch is under way waits, and when it
/// is done the first of those leads the next.
package final class SaveQueue<Columns: EventColumns>: Sendable {
    package typealias Outcome = Result<SaveResult, any Error>

    /// A waiting save.
    private final class Ticket: Sendable {
        let append: StreamAppend<Columns>
        let save: BatchPlanner.Save
        let outcome = Mutex<Outcome?>(nil)
        let wakeUp = DispatchSemaphore(value: 0)

        init(_ append: StreamAppend<Columns>) {
            self.append = append
            save = BatchPlanner.Save(append)
        }
    }

    private struct State {
        var waiting: [Ticket] = []
        var hasLeader = false
        var isCommitting = false
    }

    private let state = Mutex(State())
    private let planner: BatchPlanner

    package init(planner: BatchPlanner = BatchPlanner()) {
        self.planner = planner
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
    /// - Parameter commit: saves a batch, each append with its own check and its own outcome, in the order given; what
    ///   it throws is the outcome of all of them.
    package func save(
        _ append: StreamAppend<Columns>, commit: ([StreamAppend<Columns>]) throws -> [Outcome]
    ) throws -> SaveResult {
        let ticket = state.withLock { state -> Ticket? in
            guard state.hasLeader else {
                // Without a leader nobody waits.
                state.hasLeader = true
                state.isCommitting = true
                return nil
            }
            let ticket = Ticket(append)
            state.waiting.append(ticket)
            return ticket
        }
        guard let ticket else {
            defer { passOn() }
            return try commit([append])[0].get()
        }
        ticket.wakeUp.wait()
        // Without an outcome it has been woken up to lead.
        return try ticket.outcome.withLock { $0 }?.get() ?? lead(commit)
    }

    /// Saves the batch of the one who waits first, and tells the others what became of theirs.
    private func lead(_ commit: ([StreamAppend<Columns>]) throws -> [Outcome]) throws -> SaveResult {
        let batch = takeBatch()
        let outcomes: [Outcome]
        do {
            outcomes = try commit(batch.map { $0.append })
        } catch {
            outcomes = Array(repeating: .failure(error), count: batch.count)
        }
        passOn()
        // The first of the batch is the leader's own.
        for (follower, outcome) in zip(batch, outcomes).dropFirst() {
            follower.outcome.withLock { $0 = outcome }
            follower.wakeUp.signal()
        }
        return try outcomes[0].get()
    }

    private func takeBatch() -> [Ticket] {
        state.withLock { state in
            state.isCommitting = true
            return planner.takeBatch(from: &state.waiting) { $0.save }
        }
    }

    /// Makes the first of those who wait the next leader.
    private func passOn() {
        let next = state.withLock { state in
            state.isCommitting = false
            state.hasLeader = !state.waiting.isEmpty
            return state.waiting.first
        }
        next?.wakeUp.signal()
    }
}
