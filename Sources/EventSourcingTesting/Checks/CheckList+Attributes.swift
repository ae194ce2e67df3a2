import EventSourcing

extension CheckList {
    /// The attributes of CloudEvents, all of them and none of them.
    mutating func addAttributes() {
        add("An event with every attribute comes back with every attribute") { bench in
            let events = [bench.fullEvent("event-1"), bench.fullEvent("event-2")]
            try await bench.store.save(events, for: "order-1")
            try await bench.expectStream("order-1", is: events)
        }
        add("An event with no optional attribute comes back with none") { bench in
            let events = [bench.event("event-1"), bench.fullEvent("event-2"), bench.event("event-3")]
            try await bench.store.save(events, for: "order-1")
            try await bench.expectStream("order-1", is: events)
        }
        add("Every way to read an event gives the same event") { bench in
            try await bench.store.save([bench.fullEvent("event-1"), bench.event("event-2")], for: "order-1")
            let stream = try await bench.store.load("order-1")
            try expect("the feed", try await bench.wholeFeed(), is: stream)
            let full = Array(stream.prefix(1))
            try expect("the trace", try await bench.store.loadTrace(correlationID: "correlation"), is: full)
            try expect("the effects", try await bench.store.loadEffects(of: "causation"), is: full)
            let descending = try await bench.store.load("order-1", order: .descending)
            try expect("the stream, descending", descending, is: stream.reversed())
        }
        add("A team's own columns come back with their event") { bench in
            try await bench.grow("order-1", by: 1...20)
            try await bench.expectStream("order-1", is: bench.events(1...20))
        }
        add("Only version 1.0 of CloudEvents is kept") { bench in
            for version in ["", "0.3", "1", "1.0 ", "1.1"] {
                let event = bench.event("event-2") { $0.specVersion = version }
                try await bench.expectInvalid(
                    .invalidValue, "specversion", at: 1, saving: [bench.event("event-1"), event])
            }
        }
    }

    /// Extension attributes.
    mutating func addExtensions() {
        add("The value of an extension keeps its type: text, a whole number of 32 bits, true or false") { bench in
            let values: [ExtensionValue] = [
                "", "1", "true", "null", "1.0", 0, 1, -1, .integer(.max), .integer(.min), true, false,
            ]
            var events = values.enumerated().map { index, value in
                bench.event("event-\(index)") { $0.extensions = ["value": value] }
            }
            let all = values.enumerated().map { index, value in ("value\(index)", value) }
            events.append(bench.event("all") { $0.extensions = Dictionary(uniqueKeysWithValues: all) })
            try await bench.store.save(events, for: "order-1")
            try await bench.expectStream("order-1", is: events)
        }
        add("The name of an extension has lower-case letters and digits, and belongs to no attribute") { bench in
            let longName = String(repeating: "n", count: 1024)
            let names = ["a", "0", "traceparent", "partitionkey", "position", "version", "recordedat", longName]
            let event = bench.event("event-1") { event in
                for name in names { event.extensions[name] = .string(name) }
            }
            try await bench.store.save([event], for: "order-1")
            try await bench.expectStream("order-1", is: [event])
            let refused = [
                "", "Upper", "with-hyphen", "with_underscore", "with space", "dot.ted", "caf\u{E9}", "\u{661}", "a\0",
                "'", longName + "n", "data_base64", "id", "type", "source", "subject", "time", "data",
                "datacontenttype", "dataschema", "specversion", "correlationid", "causationid", "aggregateid",
            ]
            for name in refused {
                let event = bench.event("event-2") { $0.extensions = ["fine": 1, name: "value"] }
                try await bench.expectInvalid(
                    .invalidExtensionName, name, at: 1, saving: [bench.event("fine"), event])
            }
        }
    }
}
