import EventSourcing

extension CheckList {
    /// Saves of many events.
    mutating func addBatches() {
        add("A save of 10,000 events gets dense versions, and is safe to repeat") { bench in
            let events = bench.events(1...10_000)
            let first = try await bench.store.save(events, for: "order-1", expectedVersion: .noStream)
            try expect("the version", first.version, is: 10_000)
            try await bench.expectStream("order-1", is: events)
            let again = try await bench.store.save(events, for: "order-1", expectedVersion: .noStream)
            try expect(again.wasAlreadySaved, "the same 10,000 events are not recognised")
            try expect("the version after the retry", again.version, is: 10_000)
            try expect(again.positions == first.positions, "the retry gives other positions")
            try expect("the version of the stream", try await bench.store.version(of: "order-1"), is: 10_000)
        }
        add("A save of 70,000 events is one save: all or nothing") { bench in
            var events = bench.events(1...70_000)
            let last = events.count - 1
            events[last].source = ""
            try await bench.expectInvalid(.missing, "source", at: last, saving: events)
            events[last].source = "/conformance"
            try await bench.expectConflict(saving: events, for: "order-1", expected: .exists, actual: 0)
            let result = try await bench.store.save(events, for: "order-1", expectedVersion: .noStream)
            try expect("the version", result.version, is: 70_000)
            try expect("the number of positions", result.positions.count, is: 70_000)
            try expect(isAscending([0] + result.positions), "the positions of 70,000 events do not ascend")
            var version = 0
            for try await event in try bench.store.events(of: "order-1", pageSize: 10_000) {
                version += 1
                try expect("the version in the stream", event.version, is: version)
                try expect("the event at version \(version)", event.event.id, is: "event-\(version)")
            }
            try expect("the number of events in the stream", version, is: 70_000)
        }
    }
}
