import EventSourcing

extension CheckList {
    /// What a save writes and returns.
    mutating func addSaving() {
        add("A save gives its events consecutive versions and ascending positions, and returns both") { bench in
            let first = try await bench.grow("order-1", by: 1...3)
            try expect("the version after 3 events", first.version, is: 3)
            let second = try await bench.grow("order-1", by: 4...5)
            try expect("the version after 5 events", second.version, is: 5)
            try await bench.expectStream("order-1", is: bench.events(1...5))
            let positions = try await bench.store.load("order-1").map(\.position)
            try expect("the positions returned", first.positions + second.positions, is: positions)
            try expect(isAscending([0] + positions), "positions are 1 or more and ascend, not \(positions)")
            try expect(!first.wasAlreadySaved && !second.wasAlreadySaved, "a new event is said to be saved already")
        }
        add("A save that is refused for one of its events writes none of them") { bench in
            try await bench.grow("order-1", by: 1...2)
            var events = bench.events(3...7)
            events[2].type = ""
            try await bench.expectInvalid(.missing, "type", at: 2, saving: events)
            try await bench.expectStream("order-1", is: bench.events(1...2))
            try await bench.grow("order-1", by: 3...7)
            try await bench.expectStream("order-1", is: bench.events(1...7))
        }
        add("A save that conflicts writes none of its events") { bench in
            try await bench.grow("order-1", by: 1...2)
            try await bench.expectConflict(saving: bench.events(3...5), for: "order-1", expected: 1, actual: 2)
            try await bench.expectStream("order-1", is: bench.events(1...2))
        }
        add("Every stream counts its own versions") { bench in
            for number in 1...3 {
                for stream in ["order-1", "order-2"] {
                    let result = try await bench.grow(stream, by: number...number)
                    try expect("the version of \(stream)", result.version, is: number)
                }
            }
            try await bench.expectStream("order-1", is: bench.events(1...3))
            try await bench.expectStream("order-2", is: bench.events(1...3))
        }
        add("Positions ascend over all streams and are never used again") { bench in
            var positions: [Int] = []
            for number in 1...4 {
                for stream in ["order-1", "order-2"] {
                    positions += try await bench.grow(stream, by: number...number).positions
                    try await bench.expectConflict(
                        saving: [bench.event("refused")], for: stream, expected: 99, actual: number)
                }
            }
            try expect(isAscending([0] + positions), "positions ascend, not \(positions)")
            try expect("the positions in the feed", try await bench.wholeFeed().map(\.position), is: positions)
        }
        add("The version of a stream is the number of its events, and 0 when it has none") { bench in
            try expect("the version of an unknown stream", try await bench.store.version(of: "order-1"), is: 0)
            try await bench.grow("order-1", by: 1...3)
            try expect("the version after 3 events", try await bench.store.version(of: "order-1"), is: 3)
            try expect("the version of an unknown stream", try await bench.store.version(of: "order-2"), is: 0)
        }
    }
}

/// Whether each number is greater than the one before.
func isAscending(_ numbers: [Int]) -> Bool {
    zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
}
