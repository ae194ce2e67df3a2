import EventSourcing

extension CheckList {
    /// What correlation and causation ids find.
    mutating func addTraces() {
        add("A trace has the events of one correlation from all streams, in the order of their positions") { bench in
            try await bench.saveTrace()
            let trace = try await bench.store.loadTrace(correlationID: "checkout")
            try expect("the events of the trace", trace.map(\.event.id), is: ["a1", "b1", "a3", "c1"])
            try expect("the streams of the trace", trace.map(\.aggregateID), is: ["a", "b", "a", "c"])
            try expect(isAscending(trace.map(\.position)), "positions ascend, not \(trace.map(\.position))")
            let feed = try await bench.wholeFeed().filter { $0.correlationID == "checkout" }
            try expect("the events of the trace", trace, is: feed)
            let other = try await bench.store.loadTrace(correlationID: "check_ut")
            try expect("the number of events of an unknown trace", other.count, is: 0)
        }
        add("A trace goes on after a position and stops at a limit") { bench in
            try await bench.saveTrace()
            let whole = try await bench.store.loadTrace(correlationID: "checkout").map(\.position)
            for start in 0...whole.count {
                for limit in [0, 1, 2, 4, 9, nil] {
                    let after = start == 0 ? 0 : whole[start - 1]
                    let part = try await bench.store.loadTrace(correlationID: "checkout", after: after, limit: limit)
                    let expected = Array(whole.dropFirst(start).prefix(limit ?? whole.count))
                    try expect(
                        "the positions after \(after), at most \(abbreviated(limit as Any))", part.map(\.position),
                        is: expected)
                }
            }
            try await expectError(InvalidArgumentError.self, "a trace after position -1") {
                try await bench.store.loadTrace(correlationID: "checkout", after: -1, limit: nil)
            }
            try await expectError(InvalidArgumentError.self, "a trace with the limit -1") {
                try await bench.store.loadTrace(correlationID: "checkout", after: 0, limit: -1)
            }
        }
        add("The effects of an event are the events of all streams that it caused, in order") { bench in
            try await bench.saveTrace()
            for (cause, effects) in [("a1", ["b1", "a3"]), ("b1", ["c1"]), ("c1", []), ("unknown", []), ("A1", [])] {
                let loaded = try await bench.store.loadEffects(of: cause)
                try expect("the effects of \(cause)", loaded.map(\.event.id), is: effects)
                try expect(isAscending(loaded.map(\.position)), "positions ascend, not \(loaded.map(\.position))")
            }
        }
        add("Traces and effects are told apart by every byte of their ids") { bench in
            let events = awkwardTexts.enumerated().map { index, text in
                bench.event("event-\(index)") {
                    $0.correlationID = text
                    $0.causationID = text
                }
            }
            try await bench.store.save(events, for: "order-1")
            for (index, text) in awkwardTexts.enumerated() {
                let trace = try await bench.store.loadTrace(correlationID: text)
                try expect("the trace \(escaped(text))", trace.map(\.event.id), is: ["event-\(index)"])
                let effects = try await bench.store.loadEffects(of: text)
                try expect("the effects of \(escaped(text))", effects.map(\.event.id), is: ["event-\(index)"])
            }
        }
    }
}

extension Bench {
    /// Saves events of three streams, some of which share a correlation and cause each other.
    fileprivate func saveTrace() async throws {
        func save(_ id: String, for stream: String, _ trace: String?, causedBy cause: String?) async throws {
            let event = event(id) {
                $0.correlationID = trace
                $0.causationID = cause
            }
            try await store.save([event], for: stream)
        }
        try await save("a1", for: "a", "checkout", causedBy: nil)
        try await save("a2", for: "a", nil, causedBy: nil)
        try await save("b1", for: "b", "checkout", causedBy: "a1")
        try await save("b2", for: "b", "Checkout", causedBy: nil)
        try await save("a3", for: "a", "checkout", causedBy: "a1")
        try await save("c1", for: "c", "checkout", causedBy: "b1")
    }
}
