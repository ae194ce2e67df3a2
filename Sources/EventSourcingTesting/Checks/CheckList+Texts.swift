import EventSourcing

extension CheckList {
    /// Texts that are awkward for a database, in every place that takes one.
    mutating func addTexts() {
        add("Streams are told apart by every byte of their ids") { bench in
            for text in awkwardTexts { try await bench.store.save([bench.event("in \(text)")], for: text) }
            for text in awkwardTexts {
                try await bench.expectStream(text, is: [bench.event("in \(text)")])
                try expect("the version of \(escaped(text))", try await bench.store.version(of: text), is: 1)
            }
        }
        add("Events of a stream are told apart by every byte of their ids") { bench in
            let events = awkwardTexts.map { text in bench.event(text) { $0.subject = text } }
            let first = try await bench.store.save(events, for: "order-1")
            try await bench.expectStream("order-1", is: events)
            for (index, event) in events.enumerated() {
                let result = try await bench.store.save([event], for: "order-1", expectedVersion: .noStream)
                try expect("the version of event \(escaped(event.id))", result.version, is: index + 1)
                try expect("its position", result.positions.first, is: first.positions.dropFirst(index).first)
            }
        }
        for attribute: TextAttribute<Store.Columns> in textAttributes() {
            add("The attribute \(attribute.name) is kept byte for byte") { bench in
                let events = awkwardTexts.enumerated().map { index, text in
                    bench.event("event-\(index)") { attribute.set(&$0, text) }
                }
                try await bench.store.save(events, for: "order-1")
                try await bench.expectStream("order-1", is: events)
            }
        }
    }

    /// Texts that are too long, empty, or hold U+0000.
    mutating func addTextLimits() {
        for attribute: TextAttribute<Store.Columns> in textAttributes() {
            add("The attribute \(attribute.name) holds 1,024 bytes of UTF-8, and no more") { bench in
                let longest = longestTexts.enumerated().map { index, text in
                    bench.event("event-\(index)") { attribute.set(&$0, text) }
                }
                try await bench.store.save(longest, for: "order-1")
                try await bench.expectStream("order-1", is: longest)
                for text in tooLongTexts {
                    let event = bench.event("too long") { attribute.set(&$0, text) }
                    try await bench.expectInvalid(
                        .tooLong, attribute.name, at: 1, saving: [bench.event("fine"), event])
                }
            }
            add("The attribute \(attribute.name) never holds U+0000") { bench in
                for text in textsWithNull {
                    let event = bench.event("null") { attribute.set(&$0, text) }
                    try await bench.expectInvalid(
                        .containsNull, attribute.name, at: 1, saving: [bench.event("fine"), event])
                }
            }
        }
        for attribute: TextAttribute<Store.Columns> in textAttributes() where !attribute.mayBeEmpty {
            add("The attribute \(attribute.name) is never empty") { bench in
                let event = bench.event("empty") { attribute.set(&$0, "") }
                try await bench.expectInvalid(.missing, attribute.name, at: 1, saving: [bench.event("fine"), event])
            }
        }
        add("An aggregate id holds 1,024 bytes of UTF-8 and no more, is not empty, and never holds U+0000") { bench in
            for text in longestTexts {
                try await bench.store.save([bench.event("event-1")], for: text)
                try await bench.expectStream(text, is: [bench.event("event-1")])
            }
            let refused: [(InvalidEventError.Code, [String])] = [
                (.tooLong, tooLongTexts), (.containsNull, textsWithNull), (.missing, [""]),
            ]
            for (code, texts) in refused {
                for text in texts {
                    try await bench.expectInvalid(
                        code, "aggregate_id", at: nil, saving: [bench.event("event-1")], for: text)
                }
            }
        }
        add("An id that cannot be kept finds nothing of another one") { bench in
            let event = bench.event("event-1") {
                $0.correlationID = "order"
                $0.causationID = "order"
            }
            try await bench.store.save([event], for: "order")
            try await bench.store.saveSnapshot(makeSnapshot(of: "order", version: 1))
            for id in ["order\0", "order\0er", ""] {
                try await bench.expectNothingFound(by: id)
            }
        }
    }
}

/// A text attribute of an event, and how to set it.
struct TextAttribute<Columns: EventColumns>: Sendable {
    let name: String
    var mayBeEmpty = false
    let set: @Sendable (inout Event<Columns>, String) -> Void
}

/// Every text attribute of an event, with the value of an extension standing for all of them.
private func textAttributes<Columns>() -> [TextAttribute<Columns>] {
    [
        TextAttribute(name: "id") { $0.id = $1 },
        TextAttribute(name: "type") { $0.type = $1 },
        TextAttribute(name: "source") { $0.source = $1 },
        TextAttribute(name: "subject") { $0.subject = $1 },
        TextAttribute(name: "datacontenttype") { $0.dataContentType = $1 },
        TextAttribute(name: "dataschema") { $0.dataSchema = $1 },
        TextAttribute(name: "correlationid") { $0.correlationID = $1 },
        TextAttribute(name: "causationid") { $0.causationID = $1 },
        TextAttribute(name: "anyextension", mayBeEmpty: true) { $0.extensions["anyextension"] = .string($1) },
    ]
}

private let longestTexts = [String(repeating: "a", count: 1024), String(repeating: "\u{E9}", count: 512)]
private let tooLongTexts = [
    String(repeating: "a", count: 1025), String(repeating: "\u{E9}", count: 512) + "a",
    String(repeating: "\u{1F6D2}", count: 257), String(repeating: "a", count: 8001),
]
private let textsWithNull = ["\0", "order\0", "\0order", "or\0der"]

/// Texts of which no two have the same bytes, though some are equal to Swift, to a collation or to a careless query.
let awkwardTexts = [
    "caf\u{E9}", "cafe\u{301}", "Caf\u{E9}", "CAF\u{C9}", "\u{212B}", "\u{C5}", "A\u{30A}", "case", "Case", "CASE",
    " ", "  ", " space", "space", "space ", "space\t", "\n", "\r\n", "line\nbreak", "line\r\nbreak", "\t", "\u{1}",
    "\u{7F}", "\u{A0}", "\u{200B}", "\u{FEFF}", "\u{FEFF}case", "\u{FFFD}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}",
    "'", "''", "\"", "\"\"", "`", "\\", "\\\\", "\\'", "\\n", "\\x00", "\\u0000", "%", "%%", "_", "c%", "c_se", "*",
    "'; DROP TABLE events; --", "' OR '1'='1", "$1", "?", "?1", ":id", "{}", "{\"a\":1}", "{a,b}", "[1]", "(1,2)", ",",
    "NULL", "null", "nil", "true", "0", "00", "1", "01", "1.0", "1e0", "-1", "\u{1F6D2}",
    "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\u{1F469}", "\u{DF}", "ss", "\u{131}", "i", "\u{130}", "I",
    "\u{5D0}\u{202E}a",
]

extension Bench {
    /// Throws unless reading by an id that no event has finds nothing, or is refused.
    fileprivate func expectNothingFound(by id: String) async throws {
        func expectNothing(_ subject: String, _ read: () async throws -> Int) async throws {
            do {
                try expect("the number of \(subject) by \(escaped(id))", try await read(), is: 0)
            } catch is InvalidEventError {
            } catch is InvalidArgumentError {}
        }
        try await expectNothing("events") { try await store.load(id).count }
        try await expectNothing("versions") { try await store.version(of: id) }
        try await expectNothing("snapshots") { try await store.loadSnapshot(id) == nil ? 0 : 1 }
        try await expectNothing("events of a trace") { try await store.loadTrace(correlationID: id).count }
        try await expectNothing("effects") { try await store.loadEffects(of: id).count }
    }
}
