import Testing

@testable import EventSourcing

@Suite("The pace of batches")
struct BatchPaceTests {
    private func calls(of pace: BatchPace, waiting: Int) -> Int {
        var calls = 0
        pace.gather {
            calls += 1
            return waiting
        }
        return calls
    }

    @Test("does not keep a lone saver, nor the first batch")
    func alone() {
        var pace = BatchPace()
        #expect(calls(of: pace, waiting: 0) == 0)
        pace.end(ofBatchOf: 1, after: .seconds(1))
        #expect(pace.patience == .zero && calls(of: pace, waiting: 0) == 0)
    }

    @Test("ends as soon as all have come again")
    func everybody() {
        var pace = BatchPace()
        pace.end(ofBatchOf: 3, after: .seconds(1))
        #expect(calls(of: pace, waiting: 3) == 1)
        #expect(calls(of: pace, waiting: 5) == 1)
    }

    @Test("ends as soon as so many have come as it is told to wait for")
    func half() {
        var pace = BatchPace()
        pace.end(ofBatchOf: 16, nextCount: 8, after: .seconds(1))
        #expect(calls(of: pace, waiting: 8) == 1)
        #expect(calls(of: pace, waiting: 7) > 1)
    }

    @Test("waits a quarter of what the last batch took, and never long")
    func patience() {
        var pace = BatchPace()
        pace.end(ofBatchOf: 2, after: .microseconds(400))
        #expect(pace.patience == .microseconds(100))
        #expect(calls(of: pace, waiting: 1) > 1)
        pace.end(ofBatchOf: 16, after: .seconds(60))
        #expect(pace.patience == .milliseconds(1))
    }
}
