import Dispatch
import EventSourcing
import Synchronization
import Testing

@Suite("The queue of saves that go to a server", .timeLimit(.minutes(5)))
struct ConcurrentSaveQueueTests {
    private struct NothingToLend: Error {}

    /// Commits on threads of its own: each batch waits until it may finish, and leaves the saves of the stream "left".
    private final class Server: Sendable {
        let batches = Mutex<[[String]]>([])
        let alone = Mutex<[String]>([])
        /// How many committers have been lent, and from which one on there are none to lend.
        let lent = Mutex((count: 0, limit: Int.max))
        private let mayFinish = Mutex<[DispatchSemaphore]>([])

        func lend(_ body: @escaping @Sendable (Result<BatchCommitter<StandardColumns>, any Error>) -> Void) {
            DispatchQueue.global().async {
                let isThere = self.lent.withLock { lent in
                    lent.count += 1
                    return lent.count <= lent.limit
                }
                body(
                    isThere
                        ? .success(BatchCommitter(commit: self.commit, mayGoOn: { true }))
                        : .failure(NothingToLend()))
            }
        }

        private func commit(_ batch: [StreamAppend<StandardColumns>]) -> CommittedBatch {
            let semaphore = DispatchSemaphore(value: 0)
            batches.withLock { batches in
                batches.append(batch.map(\.aggregateID))
                mayFinish.withLock { $0.append(semaphore) }
            }
            semaphore.wait()
            return CommittedBatch(
                batch.map { append in
                    append.aggregateID == "left" ? nil : .success(SaveResult(version: 1, positions: [1]))
                })
        }

        func saveAlone(_ append: StreamAppend<StandardColumns>) -> SaveResult {
            alone.withLock { $0.append(append.events[0].id) }
            return SaveResult(version: 1, positions: [1])
        }

        func finish(_ batch: Int) {
            mayFinish.withLock { $0[batch] }.signal()
        }

        /// Returns when so many batches have begun.
        func begun(_ count: Int) async {
            while batches.withLock({ $0.count }) < count { await Task.yield() }
        }
    }

    private let server: Server
    private let queue: ConcurrentSaveQueue<StandardColumns>

    init() {
        let server = Server()
        self.server = server
        queue = ConcurrentSaveQueue(takesTurns: true) { body in
            server.lend(body)
        } saveAlone: { append, _ in
            server.saveAlone(append)
        }
    }

    private func start(_ stream: String, id: String = "1") -> Task<SaveResult, any Error> {
        Task { try await queue.save(StreamAppend([Event(id: id, type: "T", source: "/")], to: stream)) }
    }

    /// Starts saves behind batches that are under way, one after the other, and returns when they wait.
    private func wait(_ streams: String...) async -> [Task<SaveResult, any Error>] {
        var tasks: [Task<SaveResult, any Error>] = []
        for stream in streams {
            let count = queue.waitingCount
            tasks.append(start(stream, id: "\(tasks.count + 1)"))
            while queue.waitingCount == count { await Task.yield() }
        }
        return tasks
    }

    @Test("works on a second batch beside the first, and on the saves of its streams only afterwards")
    func twoBatches() async throws {
        let first = start("a")
        await server.begun(1)
        let others = await wait("a", "b", "c", "d")
        // The fourth stream is enough for a batch of their own, in which the stream of the first has no place.
        let fourth = start("e")
        await server.begun(2)
        #expect(server.batches.withLock { $0 } == [["a"], ["b", "c", "d", "e"]])
        // Behind two batches everybody waits.
        let more = await wait("f", "g", "h", "i", "j")
        #expect(server.batches.withLock { $0.count } == 2)
        server.finish(1)
        #expect(try await fourth.value.version == 1)
        await server.begun(3)
        #expect(server.batches.withLock { $0[2] } == ["f", "g", "h", "i", "j"])
        server.finish(0)
        #expect(try await first.value.version == 1)
        await server.begun(4)
        #expect(server.batches.withLock { $0[3] } == ["a"])
        server.finish(2)
        server.finish(3)
        for task in others + more { #expect(try await task.value.version == 1) }
        await queue.drain()
    }

    @Test("saves what a batch leaves by itself, before whatever comes later for its stream")
    func left() async throws {
        let first = start("left", id: "0")
        await server.begun(1)
        let later = await wait("left", "left")
        server.finish(0)
        for task in [first] + later { #expect(try await task.value.version == 1) }
        #expect(server.alone.withLock { $0 } == ["0", "1", "2"])
        #expect(server.batches.withLock { $0 } == [["left"]])
        await queue.drain()
    }

    @Test("leaves the saves to the first batch's committer when there is none for a second")
    func secondCommitterMissing() async throws {
        server.lent.withLock { $0.limit = 1 }
        let first = start("a")
        await server.begun(1)
        let others = await wait("b", "c", "d", "e")
        while server.lent.withLock({ $0.count }) < 2 { await Task.yield() }
        server.finish(0)
        #expect(try await first.value.version == 1)
        await server.begun(2)
        server.finish(1)
        for task in others { #expect(try await task.value.version == 1) }
        await queue.drain()
    }

    @Test("fails the saves when there is no committer at all")
    func noCommitter() async throws {
        server.lent.withLock { $0.limit = 0 }
        await #expect(throws: NothingToLend.self) { try await start("a").value }
        await queue.drain()
    }

    @Test("is idle only when both batches have ended")
    func draining() async throws {
        let first = start("a")
        await server.begun(1)
        let others = await wait("b", "c", "d")
        let fourth = start("e")
        await server.begun(2)
        let drained = Mutex(false)
        async let drain: Void = {
            await queue.drain()
            drained.withLock { $0 = true }
        }()
        server.finish(0)
        _ = try await first.value
        #expect(!drained.withLock { $0 })
        server.finish(1)
        for task in others + [fourth] { _ = try await task.value }
        await drain
        #expect(drained.withLock { $0 })
    }
}
