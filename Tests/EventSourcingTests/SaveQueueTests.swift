import Dispatch
import EventSourcing
import Foundation
import Synchronization
import Testing

@Suite("The queue of saves")
struct SaveQueueTests {
    private struct Broken: Error {}

    private let queue = SaveQueue<StandardColumns>()

    private func append(_ id: String, to stream: String) -> StreamAppend<StandardColumns> {
        StreamAppend([Event(id: id, type: "T", source: "/")], to: stream)
    }

    @Test("lets a lone saver lead at once")
    func alone() throws {
        let result = try queue.save(append("1", to: "a")) { batch in
            #expect(batch.count == 1)
            return [.success(SaveResult(version: 1, positions: [1]))]
        }
        #expect(result.version == 1)
    }

    @Test("gives each of many threads the outcome of its own save, in far fewer commits")
    func together() throws {
        let store = InMemoryEventStore()
        let commits = Mutex(0)
        let wrong = Mutex<[String]>([])
        let group = DispatchGroup()
        for thread in 0..<16 {
            group.enter()
            Thread {
                for number in 0..<25 {
                    let stream = "\(thread)-\(number)"
                    do {
                        let result = try queue.save(append("1", to: stream)) { batch in
                            commits.withLock { $0 += 1 }
                            usleep(1000)
                            return try store.saveEach(batch)
                        }
                        let stored = try store.load(stream)
                        if stored.map(\.position) != result.positions { wrong.withLock { $0.append(stream) } }
                    } catch {
                        wrong.withLock { $0.append("\(error)") }
                    }
                }
                group.leave()
            }.start()
        }
        group.wait()
        #expect(wrong.withLock { $0 } == [])
        #expect(commits.withLock { $0 } < 200)
        #expect(try store.loadFeed(after: 0, limit: 1000).count == 400)
    }

    @Test("puts those who wait while a batch is under way into the next one, and fails only whom it concerns")
    func waiting() throws {
        let batches = Mutex<[[String]]>([])
        let outcomes = Mutex<[String: Bool]>([:])
        let isLeading = DispatchSemaphore(value: 0)
        let mayFinish = DispatchSemaphore(value: 0)
        let group = DispatchGroup()

        func start(_ stream: String) {
            DispatchQueue.global().async(group: group) {
                let result = Result {
                    try queue.save(append("1", to: stream)) { batch in
                        batches.withLock { $0.append(batch.map(\.aggregateID).sorted()) }
                        if batch[0].aggregateID == "leader" {
                            isLeading.signal()
                            mayFinish.wait()
                        }
                        return batch.map { append in
                            append.aggregateID == "broken"
                                ? .failure(Broken()) : .success(SaveResult(version: 1, positions: [1]))
                        }
                    }
                }
                outcomes.withLock { $0[stream] = (try? result.get()) != nil }
            }
        }
        start("leader")
        isLeading.wait()
        for stream in ["a", "broken", "b"] { start(stream) }
        while queue.waitingCount < 3 { usleep(1000) }
        mayFinish.signal()
        group.wait()
        #expect(batches.withLock { $0 } == [["leader"], ["a", "b", "broken"]])
        #expect(outcomes.withLock { $0 } == ["leader": true, "a": true, "b": true, "broken": false])
    }

    @Test("gives the error of a commit to all of its batch, and goes on")
    func failure() throws {
        #expect(throws: Broken.self) { try queue.save(append("1", to: "a")) { _ in throw Broken() } }
        let result = try queue.save(append("1", to: "a")) { _ in [.success(SaveResult(version: 1, positions: [1]))] }
        #expect(result.version == 1)
    }
}
