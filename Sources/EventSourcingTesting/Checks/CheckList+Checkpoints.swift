import EventSourcing

extension CheckList {
    /// The feed as a sequence of events.
    mutating func addFeedSequences() {
        add("The feed as a sequence gives every event after a position once, whatever the page's size") { bench in
            for number in 1...6 {
                try await bench.grow("a", by: number...number)
                try await bench.grow("b", by: number...number)
            }
            let feed = try await bench.wholeFeed()
            for pageSize in [1, 5, 11, 12, 13, 512] {
                for start in [0, 1, 7, 12] {
                    let after = start == 0 ? 0 : feed[start - 1].position
                    var events: [RecordedEvent<Store.Columns>] = []
                    for try await event in try bench.store.feed(after: after, pageSize: pageSize) {
                        events.append(event)
                        // Without this, a store that repeats itself would be read for ever.
                        if events.count > feed.count { break }
                    }
                    let expected = Array(feed.dropFirst(start))
                    try expect("the feed after \(after) in pages of \(pageSize)", events, is: expected)
                }
            }
        }
        add("A reader that follows the feed is given what others save later, and ends when it is cancelled") { bench in
            try await bench.grow("a", by: 1...3)
            let store = bench.store
            let reader = Task { () async throws -> [Int] in
                var versions: [Int] = []
                let polling = FeedPolling(shortest: .milliseconds(1), longest: .milliseconds(20))
                for try await event in try store.followFeed(pageSize: 2, polling: polling) {
                    versions.append(event.version)
                    if versions.count == 8 { break }
                }
                return versions
            }
            for number in 4...8 {
                try await Task.sleep(for: .milliseconds(3))
                try await bench.grow("a", by: number...number)
            }
            try expect("the versions that the reader was given", try await reader.value, is: Array(1...8))

            let endless = Task { () async throws -> Int in
                var count = 0
                for try await _ in try store.followFeed() { count += 1 }
                return count
            }
            try await Task.sleep(for: .milliseconds(5))
            endless.cancel()
            try await expectError(CancellationError.self, "a reader that is cancelled") { try await endless.value }
        }
        add("The feed as a sequence refuses a negative position and a page of no events") { bench in
            try await expectError(InvalidArgumentError.self, "the feed after position -1") {
                try bench.store.feed(after: -1)
            }
            try await expectError(InvalidArgumentError.self, "pages of 0 events") {
                try bench.store.followFeed(pageSize: 0)
            }
        }
    }

    /// The positions of readers that the store remembers.
    mutating func addCheckpoints() {
        add("A reader's checkpoint is the position that was saved last, and 0 before") { bench in
            let store = bench.store
            let last = try await bench.grow("a", by: 1...5).positions.last ?? 0
            try expect("the first checkpoint", try await store.loadCheckpoint(of: "totals"), is: 0)
            for position in [last, 1, last, 0, 2] {
                try await store.saveCheckpoint(position, of: "totals")
                try expect("the checkpoint", try await store.loadCheckpoint(of: "totals"), is: position)
            }
        }
        add("Readers are told apart by every byte of their names") { bench in
            let last = try await bench.grow("a", by: 1...9).positions.last ?? 0
            let names = ["totals", "Totals", "totals ", "caf\u{E9}", "cafe\u{301}", "'", "%", "_", "\u{1F600}"]
            for (index, name) in names.enumerated() {
                try await bench.store.saveCheckpoint(last - index, of: name)
            }
            for (index, name) in names.enumerated() {
                let position = try await bench.store.loadCheckpoint(of: name)
                try expect("the checkpoint of \(escaped(name))", position, is: last - index)
            }
        }
        add("A checkpoint beyond the last event is refused, and the one before it stays") { bench in
            let store = bench.store
            let error = try await expectError(CheckpointError.self, "a checkpoint in an empty store") {
                try await store.saveCheckpoint(1, of: "totals")
            }
            let refused = CheckpointError(reader: "totals", position: 1, lastPosition: 0)
            try expect("the error", error, is: refused)
            let last = try await bench.grow("a", by: 1...3).positions.last ?? 0
            try await store.saveCheckpoint(last, of: "totals")
            try await expectError(CheckpointError.self, "a checkpoint beyond the last event") {
                try await store.saveCheckpoint(last + 1, of: "totals")
            }
            try expect("the checkpoint", try await store.loadCheckpoint(of: "totals"), is: last)
        }
        add("A checkpoint refuses a negative position, and a reader without a name or with one that is too long") {
            bench in
            let store = bench.store
            try await expectError(InvalidArgumentError.self, "a checkpoint at -1") {
                try await store.saveCheckpoint(-1, of: "totals")
            }
            for name in ["", "a\0", String(repeating: "x", count: 1025)] {
                try await expectError(InvalidEventError.self, "saving the checkpoint of \(escaped(name))") {
                    try await store.saveCheckpoint(0, of: name)
                }
                try await expectError(InvalidEventError.self, "loading the checkpoint of \(escaped(name))") {
                    try await store.loadCheckpoint(of: name)
                }
            }
            let longest = String(repeating: "x", count: 1024)
            try await store.saveCheckpoint(0, of: longest)
        }
        add("A reader with a name is given every event once, and goes on where it was") { bench in
            for number in 1...10 { try await bench.grow("s\(number % 3)", by: number...number) }
            var read: [RecordedEvent<Store.Columns>] = []
            var counts: [Int] = []
            repeat {
                let count = try await bench.store.readFeed(as: "totals", limit: 4) { read += $0 }
                counts.append(count)
            } while counts.last != 0 && counts.count < 10
            try expect("the events read at a time", counts, is: [4, 4, 2, 0])
            try expect("what was read", read, is: try await bench.wholeFeed())
            try await bench.grow("s1", by: 11...11)
            try await bench.store.readFeed(as: "totals") { read += $0 }
            try expect("what was read in the end", read, is: try await bench.wholeFeed())
        }
        add("A reader that fails is given the same events again") { bench in
            try await bench.grow("a", by: 1...3)
            for _ in 1...2 {
                try await expectError(ReaderFailure.self, "a reader that fails") {
                    try await bench.store.readFeed(as: "totals") { events in
                        try expect("the versions read", events.map(\.version), is: [1, 2, 3])
                        throw ReaderFailure()
                    }
                }
            }
            try expect("the checkpoint", try await bench.store.loadCheckpoint(of: "totals"), is: 0)
        }
    }
}

/// What a reader throws that fails on purpose.
private struct ReaderFailure: Error {}
