import EventSourcing

extension CheckList {
    /// Saving events again whose ids the stream knows already.
    mutating func addRetries() {
        add("Saving the same events again answers with their versions and positions, and writes nothing") { bench in
            let first = try await bench.grow("order-1", by: 1...3)
            for expected in everyExpectation {
                try await bench.expectRetry(of: 1...3, as: first, expectedVersion: expected)
            }
        }
        add("Saving the same events again is recognised after later saves") { bench in
            let first = try await bench.grow("order-1", by: 1...3)
            let second = try await bench.grow("order-1", by: 4...4)
            try await bench.grow("order-1", by: 5...6)
            for expected in everyExpectation {
                try await bench.expectRetry(of: 1...3, as: first, expectedVersion: expected)
                try await bench.expectRetry(of: 4...4, as: second, expectedVersion: expected)
            }
        }
        add("Saving again a part of what was saved, or parts of two saves, is a retry too") { bench in
            let first = try await bench.grow("order-1", by: 1...3)
            let second = try await bench.grow("order-1", by: 4...5)
            let positions = first.positions + second.positions
            for range in [1...2, 2...3, 2...2, 3...4, 1...5] {
                let expected = SaveResult(
                    version: range.upperBound, positions: Array(positions.prefix(range.upperBound).suffix(range.count)))
                try await bench.expectRetry(of: range, as: expected, expectedVersion: 0)
            }
        }
        add("Saving events again in another order, or with some left out, is refused") { bench in
            try await bench.grow("order-1", by: 1...4)
            let known = bench.events(1...4)
            for indexes in [[1, 0], [3, 2, 1, 0], [0, 2], [0, 1, 3], [2, 3, 0]] {
                for expected in everyExpectation {
                    try await bench.expectDuplicate(
                        .differentOrder, saving: indexes.map { known[$0] }, for: "order-1", expectedVersion: expected)
                }
            }
        }
        add("Saving known events together with new ones is refused") { bench in
            try await bench.grow("order-1", by: 1...2)
            let known = bench.events(1...2)
            let new = bench.events(3...4)
            for events in [known + new, new + known, [known[0], new[0], known[1]], [new[0], known[1]]] {
                let firstKnown = events.first { event in known.contains { $0.id == event.id } }
                for expected in everyExpectation {
                    try await bench.expectDuplicate(
                        .partlySaved, of: firstKnown?.id, saving: events, for: "order-1", expectedVersion: expected)
                }
            }
        }
        add("The same id twice in one save is refused") { bench in
            let events = bench.events(1...3)
            for save in [[events[0], events[0]], [events[0], events[1], events[2], events[1]]] {
                for expected in everyExpectation {
                    try await bench.expectDuplicate(
                        .twiceInBatch, of: save.last?.id, saving: save, for: "order-1", expectedVersion: expected)
                }
            }
            let other = bench.event("event-1") { $0.subject = "other" }
            try await bench.expectDuplicate(.twiceInBatch, saving: [events[0], other], for: "order-1")
            try await bench.grow("order-1", by: 1...1)
            try await bench.expectDuplicate(.twiceInBatch, saving: [events[0], events[0]], for: "order-1")
        }
        add("The same id in another stream is another event") { bench in
            try await bench.grow("order-1", by: 1...2)
            let other = bench.event("event-1") { $0.subject = "other" }
            let result = try await bench.store.save([other], for: "order-2", expectedVersion: .noStream)
            try expect(!result.wasAlreadySaved, "an id of another stream is taken for a retry")
            try await bench.expectStream("order-1", is: bench.events(1...2))
            try await bench.expectStream("order-2", is: [other])
        }
        add("An event without a time may be saved again without one") { bench in
            let events = bench.events(1...2)
            let first = try await bench.store.save(events, for: "order-1")
            let recorded = try await bench.store.load("order-1")
            try await bench.expectRetry(of: 1...2, as: first, expectedVersion: .any)
            try expect("the stream", try await bench.store.load("order-1"), is: recorded)
        }
    }

    /// Saving events again whose content is another one.
    mutating func addRetriesOfOtherContent() {
        for (difference, change) in attributeChanges() + columnChanges(from: makeColumns(1), to: makeColumns(2)) {
            add("A known id with \(difference) is refused") { bench in
                let full = bench.fullEvent("event-1")
                try await bench.store.save([full], for: "order-1")
                try await bench.grow("order-1", by: 2...3)
                var changed = full
                change(&changed)
                for expected in everyExpectation {
                    try await bench.expectDuplicate(
                        .differentContent, of: "event-1", saving: [changed], for: "order-1", expectedVersion: expected)
                    try await bench.expectDuplicate(
                        .differentContent, of: "event-1", saving: [changed] + bench.events(2...3), for: "order-1",
                        expectedVersion: expected)
                }
                try await bench.expectStream("order-1", is: [full] + bench.events(2...3))
            }
        }
    }
}

/// Ids are judged before the expectation, so every case of a retry is the same with each of these.
private let everyExpectation: [ExpectedVersion] = [.any, .noStream, .exists, .exact(0), .exact(1), .exact(99)]

private typealias Change<Columns: EventColumns> = @Sendable (inout Event<Columns>) -> Void

/// A change of each single attribute of an event that has all of them.
private func attributeChanges<Columns>() -> [(String, Change<Columns>)] {
    [
        ("another type", { $0.type += "d" }),
        ("another source", { $0.source += "/" }),
        ("no subject", { $0.subject = nil }),
        ("a canonically equivalent subject", { $0.subject = "cafe\u{301}" }),
        ("another time", { $0.time = Instant(microsecondsSince1970: 1_700_000_000_123_457) }),
        ("no time", { $0.time = nil }),
        ("other data", { $0.data = .json(JSON(uncheckedBytes: Array(#"{"n":1}"#.utf8))) }),
        ("other white space in its data", { $0.data = .json(JSON(uncheckedBytes: Array(#"{"n":  0}"#.utf8))) }),
        ("bytes instead of JSON", { $0.data = .binary(Array(#"{"n": 0}"#.utf8)) }),
        ("another data content type", { $0.dataContentType = "application/cloudevents+json" }),
        ("no data schema", { $0.dataSchema = nil }),
        ("fewer extensions", { $0.extensions["partition"] = nil }),
        ("another type of extension value", { $0.extensions["partition"] = "1" }),
        ("no correlation id", { $0.correlationID = nil }),
        ("another causation id", { $0.causationID = "other" }),
    ]
}

/// A change of the columns, unless they have only one value, as the standard columns do.
private func columnChanges<Columns>(from first: Columns, to second: Columns) -> [(String, Change<Columns>)] {
    let change: Change<Columns> = { $0.columns = second }
    return first == second ? [] : [("other values in its own columns", change)]
}

extension Bench {
    /// An event that has every attribute.
    func fullEvent(_ id: String) -> Event<Columns> {
        event(id) {
            $0.subject = "caf\u{E9}"
            $0.time = Instant(microsecondsSince1970: 1_700_000_000_123_456)
            $0.data = .json(JSON(uncheckedBytes: Array(#"{"n": 0}"#.utf8)))
            $0.dataContentType = "application/json"
            $0.dataSchema = "https://example.com/schema"
            $0.extensions = ["partition": 1, "urgent": true, "region": "eu"]
            $0.correlationID = "correlation"
            $0.causationID = "causation"
        }
    }

    /// Throws unless saving events of these numbers again succeeds with the result of before, and writes nothing.
    fileprivate func expectRetry(
        of numbers: ClosedRange<Int>, as earlier: SaveResult, expectedVersion: ExpectedVersion,
        fileID: String = #fileID, line: Int = #line
    ) async throws {
        try await expectNothingWritten(fileID: fileID, line: line) {
            let result = try await store.save(events(numbers), for: "order-1", expectedVersion: expectedVersion)
            let expected = SaveResult(version: earlier.version, positions: earlier.positions, wasAlreadySaved: true)
            try expect(
                "saving events \(numbers) again with \(expectedVersion)", result, is: expected, fileID: fileID,
                line: line)
        }
    }
}
