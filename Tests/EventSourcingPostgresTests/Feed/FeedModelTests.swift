import TestSupport
import Testing

@testable import EventSourcingPostgres

/// Every ordering of what writers and readers do, over a model of PostgreSQL: scheduling leaves nothing to chance.
@Suite("The feed in every ordering")
actor FeedModelTests {
    /// It computes for many seconds, which no thread of the cooperative pool must do.
    private let executor = QueueExecutor(label: "feed-model")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// A transaction with one append to a stream.
    private static func append(_ stream: Int) -> [ModelAction] {
        [.begin, .lock, .draw(stream: stream), .insert, .end, .unlock]
    }

    /// A transaction with two appends.
    private static func append(_ first: Int, _ second: Int) -> [ModelAction] {
        [.begin, .lock, .draw(stream: first), .insert, .draw(stream: second), .insert, .end, .unlock]
    }

    /// Two of three write to the same stream, so that one waits for the other, and fails or follows.
    private static let threeWriters = [append(1), append(2), append(1)]

    @Test("of three writers skips nothing, repeats nothing, inverts no stream and does not stall")
    func threeWriters() {
        let model = FeedModel(Self.threeWriters, readers: [HoldingReader()])
        #expect(model.failures == [])
        #expect(model.stateCount > 100_000)
    }

    @Test("of writers with several appends does the same, whatever the size of a page", arguments: [1, 2, 100])
    func severalAppends(limit: Int) {
        let model = FeedModel([Self.append(1, 2), Self.append(2, 1)], readers: [HoldingReader(limit: limit)])
        #expect(model.failures == [])
        #expect(model.stateCount > 1000)
    }

    @Test("of two readers that share what they know does the same")
    func twoReaders() {
        let model = FeedModel([Self.append(1), Self.append(2)], readers: [HoldingReader(), HoldingReader()])
        #expect(model.failures == [])
        #expect(model.stateCount > 5000)
    }

    @Test(
        "shows each mistake that the reader could make",
        arguments: [HoldingReader.Mutation.noReadingAgain, .holdersFirst, .timer])
    func mistakes(mutation: HoldingReader.Mutation) {
        let model = FeedModel(Self.threeWriters, readers: [HoldingReader(mutation: mutation)], until: .skipped)
        #expect(model.failures.contains(.skipped))
    }

    @Test("shows that a reader of positions skips, and what an order by transaction ids does")
    func otherReaders() {
        #expect(FeedModel(Self.threeWriters, readers: [PositionReader()]).failures == [.skipped])
        let byPosition = FeedModel(Self.threeWriters, readers: [TransactionReader(ordersByTransaction: false)])
        #expect(byPosition.failures == [.skipped])
        let byTransaction = FeedModel(Self.threeWriters, readers: [TransactionReader(ordersByTransaction: true)])
        #expect(byTransaction.failures == [.inverted])
    }

    @Test("shows what a lock that is taken too late, or given up too early, would do")
    func lockMistakes() {
        let late: [ModelAction] = [.begin, .draw(stream: 2), .lock, .insert, .end, .unlock]
        let early: [ModelAction] = [.begin, .lock, .draw(stream: 2), .insert, .unlock, .end]
        for program in [late, early] {
            let model = FeedModel([Self.append(1), program], readers: [HoldingReader()])
            #expect(model.failures == [.skipped])
        }
    }
}
