import EventSourcing

extension CheckList {
    /// Many savers at the same moment.
    mutating func addRaces() {
        for expected in [ExpectedVersion.any, .exists] {
            add("Expecting \(expected) never fails through a race, and loses no event") { bench in
                try await bench.grow("order-1", by: 1...1)
                let versions = try await inParallel(16) { task in
                    var versions: [Int] = []
                    for number in 1...10 {
                        let event = bench.event("\(task)-\(number)")
                        let result = try await bench.store.save([event], for: "order-1", expectedVersion: expected)
                        versions.append(result.version)
                    }
                    try expect(isAscending(versions), "one saver's versions ascend, not \(versions)")
                    return versions
                }
                try expect("the versions returned", versions.flatMap(\.self).sorted(), is: Array(2...161))
                let stream = try await bench.store.load("order-1")
                try expect("the versions in the stream", stream.map(\.version), is: Array(1...161))
                try expect("the number of ids", Set(stream.map(\.event.id)).count, is: 161)
            }
        }
        add("Of many who save for the same exact version, exactly one wins") { bench in
            let wins = try await inParallel(8) { task in
                var wins: [Int: String] = [:]
                for number in 1...15 {
                    let id = "\(task)-\(number)"
                    let version = try await bench.store.version(of: "order-1")
                    do {
                        let result = try await bench.store.save(
                            [bench.event(id)], for: "order-1", expectedVersion: version)
                        try expect("the version of the winner", result.version, is: version + 1)
                        wins[result.version] = id
                    } catch let error as ConcurrencyError {
                        try expect(error.actual > version, "lost against v\(error.actual) with v\(version)")
                    }
                }
                return wins
            }
            let stream = try await bench.store.load("order-1")
            try expect("the versions", stream.map(\.version), is: Array(1...max(1, stream.count)))
            try expect("the number of winners", wins.map(\.count).reduce(0, +), is: stream.count)
            for event in stream {
                let winners = wins.compactMap { $0[event.version] }
                try expect("the winners of v\(event.version)", winners, is: [event.event.id])
            }
        }
        add("Of many who create the same stream, exactly one does") { bench in
            for round in 1...10 {
                let stream = "order-\(round)"
                let outcomes = try await inParallel(8) { task in
                    do {
                        let events = bench.events(1...2, prefix: "task-\(task)")
                        return try await bench.store.save(events, for: stream, expectedVersion: .noStream).version
                    } catch let error as ConcurrencyError {
                        try expect("the actual version", error.actual, is: 2)
                        return 0
                    }
                }
                try expect("the outcomes", outcomes.sorted(), is: Array(repeating: 0, count: 7) + [2])
                try expect("the version", try await bench.store.version(of: stream), is: 2)
            }
        }
        add("The same save from many at once is saved once, and answers all of them") { bench in
            for (round, expected) in [ExpectedVersion.any, .noStream, .exact(0), .any, .noStream].enumerated() {
                let stream = "order-\(round)"
                let results = try await inParallel(8) { _ in
                    try await bench.store.save(bench.events(1...3), for: stream, expectedVersion: expected)
                }
                try await bench.expectStream(stream, is: bench.events(1...3))
                let positions = try await bench.store.load(stream).map(\.position)
                for result in results {
                    try expect("the version", result.version, is: 3)
                    try expect("the positions", result.positions, is: positions)
                }
                try expect("how many saved", results.count { !$0.wasAlreadySaved }, is: 1)
            }
        }
        add("A reader of the feed gets every event exactly once, and no stream inverted, while others save") { bench in
            try await bench.readWhileOthersSave()
        }
    }
}

extension Bench {
    /// Follows the feed while writers save batches, and checks what arrived against the streams.
    fileprivate func readWhileOthersSave() async throws {
        let expectedCount = 8 * 20 * 3
        async let writers: [Void] = inParallel(8) { task in
            for number in 1...20 {
                let batch = events(1...3, prefix: "\(task)-\(number)")
                try await store.save(batch, for: "order-\((task + number) % 4)")
            }
        }
        var received: [RecordedEvent<Columns>] = []
        var emptyPages = 0
        // A store may hold events back for a moment; after so many empty pages in a row they never come.
        while received.count < expectedCount, emptyPages < 1500 {
            let page = try await store.loadFeed(after: received.last?.position ?? 0, limit: 7)
            received += page
            emptyPages = page.isEmpty ? emptyPages + 1 : 0
            if page.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        }
        _ = try await writers
        try expect("the number of events received", received.count, is: expectedCount)
        let rest = try await store.loadFeed(after: received.last?.position ?? 0, limit: 1)
        try expect("the number of events after the last one", rest.count, is: 0)
        try expect(isAscending(received.map(\.position)), "the positions received do not ascend")
        for stream in (0..<4).map({ "order-\($0)" }) {
            let ofStream = received.filter { $0.aggregateID == stream }
            try expect("the events received of \(stream)", ofStream, is: try await store.load(stream))
        }
        for (stream, events) in Dictionary(grouping: received, by: \.aggregateID) {
            for batch in Dictionary(grouping: events, by: { $0.event.id.split(separator: "-").dropLast() }).values {
                let first = batch.first?.version ?? 0
                try expect(
                    "the versions of one save in \(stream)", batch.map(\.version), is: [first, first + 1, first + 2])
            }
        }
    }
}

/// Runs a closure in so many tasks at the same time, and collects what they return.
func inParallel<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (_ task: Int) async throws -> Value
) async throws -> [Value] {
    try await withThrowingTaskGroup(of: Value.self) { group in
        for task in 1...count { group.addTask { try await body(task) } }
        return try await group.reduce(into: []) { $0.append($1) }
    }
}
