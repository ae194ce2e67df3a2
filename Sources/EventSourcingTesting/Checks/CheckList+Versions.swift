import EventSourcing

extension CheckList {
    /// What a caller may expect a stream's version to be.
    mutating func addVersions() {
        add("Expecting any version never conflicts, and is the default") { bench in
            try await bench.store.save(bench.events(1...1), for: "order-1", expectedVersion: .any)
            try await bench.store.save(bench.events(2...2), for: "order-1", expectedVersion: .any)
            try await bench.store.save(bench.events(3...3), for: "order-1")
            try await bench.expectStream("order-1", is: bench.events(1...3))
        }
        add("Expecting no stream is the same as expecting version 0") { bench in
            try await bench.store.save(bench.events(1...1), for: "order-1", expectedVersion: .noStream)
            try await bench.store.save(bench.events(1...1), for: "order-2", expectedVersion: 0)
            for expected in [ExpectedVersion.noStream, .exact(0)] {
                try await bench.expectConflict(
                    saving: bench.events(2...2), for: "order-1", expected: expected, actual: 1)
            }
        }
        add("Expecting an existing stream takes any stream with events, and no other") { bench in
            try await bench.expectConflict(saving: bench.events(1...1), for: "order-1", expected: .exists, actual: 0)
            try await bench.grow("order-1", by: 1...2)
            try await bench.store.save(bench.events(3...3), for: "order-1", expectedVersion: .exists)
            try await bench.expectStream("order-1", is: bench.events(1...3))
        }
        add("Expecting an exact version takes that version and no other") { bench in
            try await bench.grow("order-1", by: 1...3)
            for version in [0, 1, 2, 4, 5, Int(Int32.max) + 1, Int.max] {
                try await bench.expectConflict(
                    saving: bench.events(4...4), for: "order-1", expected: .exact(version), actual: 3)
            }
            try await bench.store.save(bench.events(4...4), for: "order-1", expectedVersion: .exact(3))
            try await bench.expectStream("order-1", is: bench.events(1...4))
        }
        add("An integer literal and an Int expect an exact version") { bench in
            let version = 2
            try await bench.store.save(bench.events(1...2), for: "order-1", expectedVersion: 0)
            try await bench.store.save(bench.events(3...3), for: "order-1", expectedVersion: version)
            try await bench.expectNothingWritten {
                try await expectError(ConcurrencyError.self, "saving with an outdated Int") {
                    try await bench.store.save(bench.events(4...4), for: "order-1", expectedVersion: version)
                }
            }
        }
        add("A negative version never matches") { bench in
            try await bench.grow("order-1", by: 1...1)
            for (stream, actual) in [("order-1", 1), ("order-2", 0)] {
                for version in [-1, Int.min] {
                    try await bench.expectConflict(
                        saving: bench.events(2...2), for: stream, expected: .exact(version), actual: actual)
                }
            }
        }
        add("A conflict says which version was expected and which one the stream has") { bench in
            try await bench.grow("order-123", by: 1...7)
            let error = try await expectError(ConcurrencyError.self, "saving with an outdated version") {
                try await bench.store.save(bench.events(8...8), for: "order-123", expectedVersion: 5)
            }
            try expect("the text of the conflict", String(describing: error), is: "order-123: expected v5, got v7")
        }
        add("Saving no events checks the expectation and writes nothing") { bench in
            try await bench.grow("order-1", by: 1...2)
            try await bench.expectNothingWritten {
                for expected in [ExpectedVersion.any, .exists, .exact(2)] {
                    let result = try await bench.store.save([], for: "order-1", expectedVersion: expected)
                    try expect("the version after saving nothing with \(expected)", result.version, is: 2)
                    try expect("the positions of no events", result.positions, is: [])
                }
                for expected in [ExpectedVersion.any, .noStream, .exact(0)] {
                    let result = try await bench.store.save([], for: "order-2", expectedVersion: expected)
                    try expect("the version after saving nothing with \(expected)", result.version, is: 0)
                    try expect("the positions of no events", result.positions, is: [])
                }
            }
            for expected in [ExpectedVersion.noStream, .exact(1), .exact(3)] {
                try await bench.expectConflict(saving: [], for: "order-1", expected: expected, actual: 2)
            }
            for expected in [ExpectedVersion.exists, .exact(1)] {
                try await bench.expectConflict(saving: [], for: "order-2", expected: expected, actual: 0)
            }
            let streams = try await bench.store.loadStreams(after: nil, limit: 10)
            try expect("the streams", streams.map(\.aggregateID), is: ["order-1"])
        }
    }
}
