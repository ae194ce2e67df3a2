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
        var turns: BatchTurns
        /// The streams with saves that a batch could not save, and whatever comes for them meanwhile, each with a task of
        /// its own: what one of them waits for, the next one would wait for, too.
        var alone: [UTF8Key: [Single]] = [:]
        var drainers: [CheckedContinuation<Void, Never>] = []

        var isIdle: Bool { turns.committerCount == 0 && alone.isEmpty }
    }

    private let state: Mutex<State>
    /// The number of those who wait, to be looked at again and again without keeping anybody from coming.
    private let numberWaiting = Atomic(0)
    private let planner: BatchPlanner
    private let lendCommitter: LendCommitter
    private let saveAlone: SaveAlone

    /// Creates a queue.
    ///
    /// - Parameters:
    ///   - takesTurns: whether a batch may be under way beside another one, with a committer of its own.
    ///   - lendCommitter: lends what commits batches, until nobody waits.
    ///   - saveAlone: saves what a batch could not save.
    package init(
        planner: BatchPlanner = BatchPlanner(), takesTurns: Bool, lendCommitter: @escaping LendCommitter,
        saveAlone: @escaping SaveAlone
    ) {
        state = Mutex(State(turns: BatchTurns(areTwo: takesTurns)))
        self.planner = planner
        self.lendCommitter = lendCommitter
        self.saveAlone = saveAlone
    }

    /// How many saves wait for the batch that is under way.
    package var waitingCount: Int { numberWaiting.load(ordering: .relaxed) }

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
            guard state.alone[ticket.save.stream]?.append(Single(ticket: ticket)) == nil else { return false }
            state.waiting.append(ticket)
            numberWaiting.store(state.waiting.count, ordering: .relaxed)
            return state.turns.takesCommitter(for: state.waiting.lazy.map { $0.save })
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
    /// - Returns: whether somebody waits whom nobody else will take.
    private func commitBatches(_ committer: Result<BatchCommitter<Columns>, any Error>) -> Bool {
        if case .failure = committer, leavesSavesToAnother() { return false }
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
            let left = batch.indices.filter { committed.outcomes[$0] == nil }.map { batch[$0] }
            let nextCount = end(batch, leaving: left, after: committed.failure)
            pace.end(ofBatchOf: batch.count, nextCount: nextCount, after: start.duration(to: .now))
            for index in batch.indices {
                if let outcome = committed.outcomes[index] { batch[index].finish(outcome) }
            }
            if !left.isEmpty { saveAlone(left) }
        } while (try? committer.get().mayGoOn()) ?? false
        return state.withLock { state in
            // What waits for the end of another batch is taken by the one who commits that.
            let isWanted = state.waiting.contains { !state.turns.streams.contains($0.save.stream) }
            if !isWanted { state.turns.committerEnds() }
            return isWanted
        }
    }

    /// Ends without a batch when somebody else commits, or is about to.
    private func leavesSavesToAnother() -> Bool {
        state.withLock { state in
            guard state.turns.committerCount > 1 else { return false }
            state.turns.committerEnds()
            return true
        }
    }

    /// The next batch, without those who have been cancelled; nil when nobody waits whose turn it is.
    private func takeBatch() -> [SaveTicket<Columns>]? {
        state.withLock { state in
            while true {
                let planned = planner.takeBatch(from: &state.waiting, excluding: state.turns.streams) { $0.save }
                numberWaiting.store(state.waiting.count, ordering: .relaxed)
                guard !planned.isEmpty else { break }
                let taken = planned.filter { $0.take() }
                guard !taken.isEmpty else { continue }
                state.turns.begin(taken.lazy.map { $0.save })
                return taken
            }
            // Without another committer, whoever comes from now on starts one.
            state.turns.committerEnds()
            return nil
        }
    }

    /// Lets other saves of the streams of a batch go, behind those that the batch could not save.
    ///
    /// - Returns: how many saves the next batch waits for, if that takes only a moment.
    private func end(
        _ batch: [SaveTicket<Columns>], leaving left: [SaveTicket<Columns>], after failure: (any Error)?
    ) -> Int {
        state.withLock { state in
            let nextCount = state.turns.end(batch.lazy.map { $0.save })
            guard !left.isEmpty else { return nextCount }
            for ticket in left {
                state.alone[ticket.save.stream, default: []].append(Single(ticket: ticket, failure: failure))
            }
            // What waits already must not overtake them.
            state.waiting.removeAll { ticket in
                state.alone[ticket.save.stream]?.append(Single(ticket: ticket)) != nil
            }
            numberWaiting.store(state.waiting.count, ordering: .relaxed)
            return nextCount
        }
    }

    /// Saves each by itself: those of one stream in their order, the streams beside each other.
    private func saveAlone(_ tickets: [SaveTicket<Columns>]) {
        for stream in Set(tickets.map { $0.save.stream }) {
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
