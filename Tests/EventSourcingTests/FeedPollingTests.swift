import EventSourcing
import Synchronization
import Testing

@Suite("A reader that follows the feed")
struct FeedPollingTests {
    private let store = InMemoryAsyncEventStore()

    private func event(_ id: String) -> Event<StandardColumns> {
        Event(id: id, type: "T", source: "/")
    }

    @Test("takes any pauses, and never one that is none")
    func pauses() {
        #expect(FeedPolling().shortest == .milliseconds(10))
        #expect(FeedPolling().longest == .milliseconds(500))
        let impossible = FeedPolling(shortest: .seconds(5), longest: .zero)
        #expect(impossible.shortest == .milliseconds(1))
        #expect(impossible.longest == .milliseconds(1))
        #expect(FeedPolling(shortest: .seconds(5), longest: .seconds(2)).shortest == .seconds(2))
    }

    @Test("is called again at once while there is something, and stops where it fails")
    func repeating() async throws {
        struct Done: Error {}
        try await store.save((1...5).map { event("\($0)") }, for: "a")
        var read: [Int] = []
        do {
            try await FeedPolling(shortest: .milliseconds(1), longest: .milliseconds(2)).repeatedly {
                let count = try await store.readFeed(as: "r", limit: 2) { events in read += events.map(\.version) }
                if count == 0, read.count == 6 { throw Done() }
                if count == 0 { try await store.save([event("6")], for: "a") }
                return count
            }
        } catch is Done {}
        #expect(read == [1, 2, 3, 4, 5, 6])
    }

    @Test("ends when its task is cancelled")
    func cancelling() async throws {
        let task = Task { () async throws -> Never in try await FeedPolling().repeatedly { 1 } }
        try await Task.sleep(for: .milliseconds(5))
        task.cancel()
        switch await task.result {
        case .failure(let error): #expect(error is CancellationError)
        }
    }
}
