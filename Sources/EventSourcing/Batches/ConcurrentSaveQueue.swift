import Synchronization

/// Lets tasks that save at the same moment share a batch, on a server that others use as well.
///
/// Unlike the one writer of a file, a server can make a batch wait for somebody else, or refuse it because of one save in
/// it. What a batch could not save is then saved alone, beside the next batches, so that nobody pays for a neighbour.
package final class ConcurrentSaveQueue<Columns: EventColumns>: Sendable {
    package typealias Outcome = Result<SaveResult, any Error>
    /// Saves a batch in the order given; nil for a save that has to be tried alone. What it throws is everybody's outcome.
    package typealias CommitBatch = @Sendable ([StreamAppend<Columns>]) async throws -> [Outcome?]
    /// Saves one append.
    package typealias SaveAlone = @Sendable (StreamAppend<Columns>) async throws -> SaveResult

    private struct State {
        var waiting: [SaveTicket<Columns>] = []
        var hasCommitter = false
        /// The streams with saves that a batch could not save, and whatever comes for them meanwhile, each with a task of
        /// its own: what one of them waits for, the next one would wait for, too.
        var alone: [UTF8Key: [SaveTicket<Columns>]] = [:]
        var drainers: [CheckedContinuation<Void, Never>] = []

        var isIdle: Bool { !hasCommitter && alone.isEmpty }
    }

    private let state = Mutex(State())
    private let planner: BatchPlanner
    private let commitBatch: CommitBatch
    private let saveAlone: SaveAlone

    package init(
        planner: BatchPlanner = BatchPlanner(), commitBatch: @escaping CommitBatch, saveAlone: @escaping SaveAlone
    ) {
        self.planner = planner
        self.commitBatch = commitBatch
        self.saveAlone = saveAlone
    }

    /// How many saves wait for the batch that is under way.
    package var waitingCount: Int {
        state.withLock { $0.waiting.count }
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

    /// Waits until everything that has been asked for is done.
    package func drain() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if !state.isIdle { state.drainers.append(continuation) }
                return state.isIdle
            }
            if isIdle { continuation.resume() }
        }
    }

    private func enqueue(_ ticket: SaveTicket<Columns>) {
        let startsCommitting = state.withLock { state in
            let stream = UTF8Key(ticket.append.aggregateID)
            guard state.alone[stream]?.append(ticket) == nil else { return false }
            state.waiting.append(ticket)
            defer { state.hasCommitter = true }
            return !state.hasCommitter
        }
        // Not part of the saver's task, whose cancellation must not reach the others.
        if startsCommitting { Task.detached { await self.commitAll() } }
    }

    /// Commits batch after batch until nobody waits.
    private func commitAll() async {
        while let batch = takeBatch() {
            let outcomes: [Outcome?]
            do {
                outcomes = try await commitBatch(batch.map { $0.append })
            } catch {
                outcomes = Array(repeating: .failure(error), count: batch.count)
            }
            var left: [SaveTicket<Columns>] = []
            for (ticket, outcome) in zip(batch, outcomes) {
                if let outcome { ticket.finish(outcome) } else { left.append(ticket) }
            }
            saveAlone(left)
        }
        notifyWhenIdle()
    }

    /// The next batch, without those who have been cancelled; nil when nobody waits.
    private func takeBatch() -> [SaveTicket<Columns>]? {
        state.withLock { state in
            while !state.waiting.isEmpty {
                let taken = planner.takeBatch(from: &state.waiting) { $0.save }.filter { $0.take() }
                if !taken.isEmpty { return taken }
            }
            // Whoever comes from now on starts another committer.
            state.hasCommitter = false
            return nil
        }
    }

    /// Saves each by itself: those of one stream in their order, the streams beside each other.
    private func saveAlone(_ tickets: [SaveTicket<Columns>]) {
        guard !tickets.isEmpty else { return }
        let streams = Dictionary(grouping: tickets) { UTF8Key($0.append.aggregateID) }
        state.withLock { state in
            state.alone.merge(streams) { $0 + $1 }
            // What waits already must not overtake them.
            state.waiting.removeAll { ticket in
                state.alone[UTF8Key(ticket.append.aggregateID)]?.append(ticket) != nil
            }
        }
        for stream in streams.keys {
            Task.detached { [self] in
                while let ticket = nextAlone(of: stream) {
                    do {
                        ticket.finish(.success(try await saveAlone(ticket.append)))
                    } catch {
                        ticket.finish(.failure(error))
                    }
                }
                notifyWhenIdle()
            }
        }
    }

    /// The next save of a stream, unless its task was cancelled; the stream is done when there is none.
    private func nextAlone(of stream: UTF8Key) -> SaveTicket<Columns>? {
        state.withLock { state in
            while let ticket = state.alone[stream]?.first {
                state.alone[stream]?.removeFirst()
                if ticket.isTaken || ticket.take() { return ticket }
            }
            state.alone[stream] = nil
            return nil
        }
    }

    private func notifyWhenIdle() {
        let drainers = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard state.isIdle else { return [] }
            defer { state.drainers = [] }
            return state.drainers
        }
        for drainer in drainers { drainer.resume() }
    }
}
