import Testing

@testable import EventSourcingPostgres

@Suite("What readers of a feed know of a hole")
struct FeedWatchTests {
    @Test("begins once, goes on, and ends with the reader that has passed it")
    func hole() {
        var watch = FeedWatch()
        #expect(watch.note(position: 4, obstacle: nil) == nil)
        #expect(watch.note(position: 4, obstacle: 5) == .begins)
        #expect(watch.note(position: 4, obstacle: 5) == .goesOn)
        #expect(watch.note(position: 2, obstacle: nil) == nil)
        #expect(watch.note(position: 4, obstacle: 5) == .goesOn)
        #expect(watch.note(position: 6, obstacle: nil) == .ends)
        #expect(watch.note(position: 7, obstacle: nil) == nil)
    }

    @Test("begins anew at the next hole")
    func next() {
        var watch = FeedWatch()
        #expect(watch.note(position: 4, obstacle: 5) == .begins)
        #expect(watch.note(position: 8, obstacle: 9) == .begins)
        #expect(watch.note(position: 8, obstacle: nil) == nil)
        #expect(watch.note(position: 9, obstacle: nil) == .ends)
    }
}
