import Dispatch
import EventSourcing
import Synchronization
import Testing

@Suite("The queue of saves of tasks", .timeLimit(.minutes(5)))
struct AsyncSaveQueueTests {
    private struct Broken: Error {}

    /// Commits as told: the first batch waits until it may finish, and a stream called "broken" fails.
    private final class Committer: Sendable {
        let batches = Mutex<[[String]]>([])
        let mayFinish = DispatchSemaphore(value: 0)

        func commit(_ batch: [StreamAppend<StandardColumns>]) -> [Result<SaveResult, any Error>] {
            let isFirst = batches.withLock { batches in
                batches.append(batch.map(\.aggregateID))
                return batches.count == 1
            }
            if isFirst { mayFinish.wait() }
            return batch.map { append in
                append.aggregateID == "broken"
                    ? .failure(Broken()) : .success(SaveResult(version: 1, positions: [1]))
            }
        }
    }

    private let committer: Committer
    private let queue: AsyncSaveQueue<StandardColumns>

    init() {
        let committer = Committer()
        self.committer = committer
        queue = AsyncSaveQueue(on: DispatchQueue(label: "commits")) { committer.commit($0) }
    }

    private func start(_ stream: String) -> Task<SaveResult, any Error> {
        Task { try await queue.save(StreamAppend([Event(id: "1", type: "T", source: "/")], to: stream)) }
    }

    /// Starts a save behind a batch that is under way, and returns when so many wait.
    private func start(_ stream: String, asWaiting count: Int) async -> Task<SaveResult, any Error> {
        let task = start(stream)
        while queue.waitingCount < count { await Task.yield() }
        return task
    }

    @Test("lets a cancelled task leave the queue, and goes on with the others, each with its own outcome")
    func cancelling() async throws {
        let first = start("first")
        while committer.batches.withLock({ $0.isEmpty }) { await Task.yield() }
        let cancelled = await start("cancelled", asWaiting: 1)
        let broken = await start("broken", asWaiting: 2)
        let last = await start("last", asWaiting: 3)
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        // It has gone with a batch, so it is told what became of it.
        first.cancel()
        committer.mayFinish.signal()
        #expect(try await first.value.version == 1)
        #expect(try await last.value.version == 1)
        await #expect(throws: Broken.self) { try await broken.value }
        #expect(committer.batches.withLock { $0 } == [["first"], ["broken", "last"]])
    }

    @Test("saves nothing for a task that was cancelled before")
    func cancelledBefore() async throws {
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await queue.save(StreamAppend([Event(id: "1", type: "T", source: "/")], to: "a"))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(committer.batches.withLock { $0 } == [])
    }
}
