import Testing

@testable import event_store

@Suite("Where the feed ends")
struct FeedEndTests {
    private static let positions: [[Int]] = [
        [], [1], [1, 2, 3], [7], [1_000_000], [1, 1_000_000], Array(1...100), [.max], [.max - 1, .max], [1, .max],
        (1...60).map { 1 << $0 }, (1...1500).map { $0 * 3 },
    ]

    @Test("The last position is found wherever it is, with less than 200 questions", arguments: positions)
    func lastPosition(positions: [Int]) throws {
        var questions = 0
        let end = FeedEnd { after, limit in
            questions += 1
            return Array(positions.filter { $0 > after }.prefix(limit))
        }
        #expect(try end.lastPosition() == positions.last ?? 0)
        #expect(questions < 200)
    }

    @Test("The newest events are found, or all when there are fewer", arguments: positions)
    func newest(positions: [Int]) throws {
        let end = FeedEnd { after, limit in Array(positions.filter { $0 > after }.prefix(limit)) }
        for count in [0, 1, 2, 3, 10, 59, 1001, .max] {
            let start = try end.start(ofNewest: count)
            #expect(positions.filter { $0 > start } == Array(positions.suffix(count)), "the newest \(count)")
        }
    }

    @Test("Events that come while it looks do no harm")
    func growing() throws {
        var last = 100
        let end = FeedEnd { after, limit in
            last += 1
            return after < last ? Array((after + 1)...min(last, after + limit)) : []
        }
        #expect(try end.lastPosition() > 100)
        #expect(try end.start(ofNewest: 10) > 100)
    }
}
