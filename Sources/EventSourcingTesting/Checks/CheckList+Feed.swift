import EventSourcing

extension CheckList {
    /// All events of the store in one order.
    mutating func addFeed() {
        add("The feed has all events of all streams in the order of their positions") { bench in
            var expected: [String] = []
            for (stream, numbers) in [("b", 1...2), ("a", 1...1), ("b", 3...3), ("c", 1...3), ("a", 2...4)] {
                try await bench.grow(stream, by: numbers)
                expected += numbers.map { "\(stream) \($0)" }
            }
            let feed = try await bench.wholeFeed()
            try expect("the feed", feed.map { "\($0.aggregateID) \($0.version)" }, is: expected)
            try expect(isAscending([0] + feed.map(\.position)), "positions ascend, not \(feed.map(\.position))")
            for stream in ["a", "b", "c"] {
                let events = try await bench.store.load(stream)
                try expect("events of \(stream) in the feed", feed.filter { $0.aggregateID == stream }, is: events)
            }
        }
        add("The feed goes on after a position and stops at a limit") { bench in
            for number in 1...5 {
                try await bench.grow("a", by: number...number)
                try await bench.grow("b", by: number...number)
            }
            let feed = try await bench.wholeFeed()
            for start in 0...feed.count {
                for limit in [0, 1, 3, 10, 11, 1_000_000] {
                    let after = start == 0 ? 0 : feed[start - 1].position
                    let page = try await bench.store.loadFeed(after: after, limit: limit)
                    let expected = Array(feed.dropFirst(start).prefix(limit))
                    try expect("the feed after \(after), at most \(limit)", page, is: expected)
                }
            }
            let last = feed.last?.position ?? 0
            for position in [last + 1, Int(Int32.max) + 1, Int.max] {
                let page = try await bench.store.loadFeed(after: position, limit: 10)
                try expect("the number of events after the last position", page.count, is: 0)
            }
        }
        add("The feed read in pages gives every event once, whatever the page's size") { bench in
            for number in 1...10 {
                try await bench.grow("a", by: number...number)
                try await bench.grow("b", by: number...number)
            }
            let feed = try await bench.wholeFeed()
            try expect("the number of events in the feed", feed.count, is: 20)
            for pageSize in [1, 3, 7, 20, 21] {
                try expect("the feed in pages of \(pageSize)", try await bench.wholeFeed(pageSize: pageSize), is: feed)
            }
        }
        add("The feed of a new store is empty") { bench in
            try expect("the feed", try await bench.store.loadFeed(after: 0, limit: 10), is: [])
        }
        add("The feed refuses a negative position or limit") { bench in
            try await expectError(InvalidArgumentError.self, "the feed after position -1") {
                try await bench.store.loadFeed(after: -1, limit: 10)
            }
            try await expectError(InvalidArgumentError.self, "the feed with the limit -1") {
                try await bench.store.loadFeed(after: 0, limit: -1)
            }
        }
    }

    /// The list of streams.
    mutating func addDirectory() {
        add("Streams are listed once each, in the order of their ids' bytes, with version and time") { bench in
            let ids = ["order-2", "order-10", "Z", "a", "\u{E9}", "e\u{301}", "\u{FFFF}", "\u{10000}", "%", "_", " b"]
            for (index, id) in ids.enumerated() { try await bench.grow(id, by: 1...index + 1) }
            try await bench.grow("Z", by: 20...21)
            let streams = try await bench.store.loadStreams(after: nil, limit: 100)
            let sorted = ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            try expect("the streams", streams.map { escaped($0.aggregateID) }, is: sorted.map(escaped))
            for summary in streams {
                let events = try await bench.store.load(summary.aggregateID)
                let stream = "stream \(escaped(summary.aggregateID))"
                try expect("the version of \(stream)", summary.version, is: events.count)
                try expect("the last time of \(stream)", summary.lastRecordedAt, is: events.last?.recordedAt)
            }
        }
        add("The list of streams goes on after an id and stops at a limit") { bench in
            let ids = ["A", "a", "aa", "b", "cafe\u{301}", "caf\u{E9}"]
            for id in ids { try await bench.grow(id, by: 1...2) }
            for after in [nil, "", "@", "A", "a", "ab", "c", "cafe\u{301}", "caf\u{E9}", "z"] as [String?] {
                let later = ids.filter { id in after.map { $0.utf8.lexicographicallyPrecedes(id.utf8) } ?? true }
                for limit in [0, 1, 2, 6, 7, 1_000_000] {
                    let page = try await bench.store.loadStreams(after: after, limit: limit)
                    try expect(
                        "the streams after \(escaped(after)), at most \(limit)", page.map { escaped($0.aggregateID) },
                        is: later.prefix(limit).map(escaped))
                }
            }
            try await expectError(InvalidArgumentError.self, "streams with the limit -1") {
                try await bench.store.loadStreams(after: nil, limit: -1)
            }
        }
    }
}
