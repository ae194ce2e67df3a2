import Synchronization

/// Lets tasks that save at the same moment share a batch, on a server that others use as well.
///
/// Unlike the one writer of a file, a server can make a batch wait for somebody else, or refuse it because of one save in
/// it. What a batch could not save is then saved alone, beside the next batches, so that nobody pays for a neighbour.
package final class ConcurrentSaveQueue<Columns: EventColumns>: Sendable {
    /// Calls a closure with what commits batches, on a thread where it may block, or with the reason why there is none.
    package typealias LendCommitter =
        @Sendable (@escaping @Sendable (Result<BatchCommitter<Columns>, any Error>) -> Void) -> Void
    /// Saves one append; with the error of a batch that may have saved it.
    package typealias SaveAlone = @Sendable (StreamAppend<Columns>, (any Error)?) async throws -> SaveResult

    /// A save that a batch could not save, or that waits behind one.
    private struct Single {
        let ticket: SaveTicket<Columns>
        var failure: (any Error)?
    }

    private struct State {
        var waiting: [SaveTicket<Columns>] = []
        /// Whether somebody commits batches, or waits for the means to.
        var hasCommitter = false
        /// The streams with saves that a batch could not save, and whatever comes for them meanwhile, each with a task of
        /// its own: what one of them waits for, the next one would wait for, too.
        var alone: [UTF8Key: [Single]] = [:]
        var drainers: [CheckedContinuation<Void, Never>] = []

        var isIdle: Bool { !hasCommitter && alone.isEmpty }
    }

    private let state = Mutex(State())
    private let planner: BatchPlanner
    private let lendCommitter: LendCommitter
    private let saveAlone: SaveAlone

    package init(
        planner: BatchPlanner = BatchPlanner(), lendCommitter: @escaping LendCommitter, saveAlone: @escaping SaveAlone
    ) {
        self.planner = planner
        self.lendCommitter = lendCommitter
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
            guard state.alone[stream]?.append(Single(ticket: ticket)) == nil else { return false }
            state.waiting.append(ticket)
            defer { state.hasCommitter = true }
            return !state.hasCommitter
        }
        if startsCommitting { startCommitting() }
    }

    /// From the saver's thread straight to the one that commits, because every change of threads takes time.
    private func startCommitting() {
        lendCommitter { committer in
            if self.commitBatches(committer) { self.startCommitting() } else { self.notifyWhenIdle() }
        }
    }

    /// Commits batch after batch, as long as somebody waits and the committer can be used.
    ///
    /// - Returns: whether somebody waits.
    private func commitBatches(_ committer: Result<BatchCommitter<Columns>, any Error>) -> Bool {
        var pace = BatchPace()
        repeat {
            pace.gather { waitingCount }
            guard let batch = takeBatch() else { return false }
            let start = ContinuousClock.now
            let committed: CommittedBatch
            do {
                committed = try committer.get().commit(batch.map { $0.append })
            } catch {
                committed = CommittedBatch(Array(repeating: .failure(error), count: batch.count))
            }
            pace.end(ofBatchOf: batch.count, after: start.duration(to: .now))
            var left: [SaveTicket<Columns>] = []
            for index in batch.indices {
                if let outcome = committed.outcomes[index] {
                    batch[index].finish(outcome)
                } else {
                    left.append(batch[index])
                }
            }
            saveAlone(left, after: committed.failure)
        } while (try? committer.get().mayGoOn()) ?? false
        return state.withLock { state in
            state.hasCommitter = !state.waiting.isEmpty
            return state.hasCommitter
        }
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
    private func saveAlone(_ tickets: [SaveTicket<Columns>], after failure: (any Error)?) {
        guard !tickets.isEmpty else { return }
        let singles = tickets.map { Single(ticket: $0, failure: failure) }
        let streams = Dictionary(grouping: singles) { UTF8Key($0.ticket.append.aggregateID) }
        state.withLock { state in
            state.alone.merge(streams) { $0 + $1 }
            // What waits already must not overtake them.
            state.waiting.removeAll { ticket in
                state.alone[UTF8Key(ticket.append.aggregateID)]?.append(Single(ticket: ticket)) != nil
            }
        }
        for stream in streams.keys {
            // Not part of a saver's task, whose cancellation must not reach the others.
            Task.detached { [self] in
                while let single = nextAlone(of: stream) {
                    do {
                        single.ticket.finish(.success(try await saveAlone(single.ticket.append, single.failure)))
                    } catch {
                        single.ticket.finish(.failure(error))
                    }
                }
                notifyWhenIdle()
            }
        }
    }

    /// The next save of a stream, unless its task was cancelled; the stream is done when there is none.
    private func nextAlone(of stream: UTF8Key) -> Single? {
        state.withLock { state in
            while let single = state.alone[stream]?.first {
                state.alone[stream]?.removeFirst()
                if single.ticket.isTaken || single.ticket.take() { return single }
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
