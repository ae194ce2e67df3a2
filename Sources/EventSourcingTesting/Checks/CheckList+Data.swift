import EventSourcing

extension CheckList {
    /// Data that comes back byte for byte.
    mutating func addData() {
        add("JSON is kept byte for byte") { bench in
            let events = try awkwardJSONTexts.enumerated().map { index, text in
                let json = try JSON(text)
                return bench.event("event-\(index)") { $0.data = .json(json) }
            }
            try await bench.store.save(events, for: "order-1")
            try await bench.expectStream("order-1", is: events)
            let again = try await bench.store.save(events, for: "order-1", expectedVersion: .noStream)
            try expect(again.wasAlreadySaved, "saving the same JSON again is not recognised")
        }
        add("JSON may be nested 512 levels deep") { bench in
            let arrays = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
            let objects = String(repeating: #"{"a":"#, count: 511) + "[]" + String(repeating: "}", count: 511)
            let events = try [arrays, objects].enumerated().map { index, text in
                let json = try JSON(text)
                return bench.event("event-\(index)") { $0.data = .json(json) }
            }
            try await bench.store.save(events, for: "order-1")
            try await bench.expectStream("order-1", is: events)
        }
        add("JSON may have 10 megabytes") { bench in
            let text = #"{"text":""# + String(repeating: "caf\u{E9} \\n", count: 1_200_000) + #""}"#
            let json = try JSON(text)
            let event = bench.event("event-1") { $0.data = .json(json) }
            try await bench.store.save([event], for: "order-1")
            try await bench.expectStream("order-1", is: [event])
        }
        add("Bytes are kept as they are, whatever they are") { bench in
            let everyByte = Array(UInt8.min...UInt8.max)
            let manyBytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
            let payloads: [[UInt8]] = [
                everyByte, everyByte.reversed(), manyBytes, [0], [0xFF, 0xFE], Array("{}".utf8),
            ]
            let events = payloads.enumerated().map { index, bytes in
                bench.event("event-\(index)") {
                    $0.data = .binary(bytes)
                    $0.dataContentType = "application/octet-stream"
                }
            }
            try await bench.store.save(events, for: "order-1")
            try await bench.expectStream("order-1", is: events)
        }
        add("No data, no bytes and the JSON null are three different things") { bench in
            let payloads: [EventData?] = [nil, .binary([]), .json(JSON(uncheckedBytes: Array("null".utf8)))]
            let events = payloads.enumerated().map { index, data in
                bench.event("event-\(index)") { $0.data = data }
            }
            try await bench.store.save(events, for: "order-1")
            try await bench.expectStream("order-1", is: events)
            for (event, other) in [(0, 1), (1, 0), (0, 2), (2, 1)] {
                let changed = bench.event("event-\(event)") { $0.data = payloads[other] }
                try await bench.expectDuplicate(.differentContent, saving: [changed], for: "order-1")
            }
        }
    }
}

/// One JSON text with much that a parser that writes it again would change.
let awkwardJSON = #" { "b" : 1.0, "a":"\u0000\ud83d", "b": 9007199254740993,"" : [ 1e400 , {} ] } "#

/// JSON texts that are valid, and that a database would refuse or change that keeps values instead of text.
private let awkwardJSONTexts = [
    awkwardJSON, "{}", "[]", "0", "-0", "-0.0", "1E+2", "1.10", "null", "true", #""""#, #""text""#, " \t\r\n1 ",
    #"{"z":1,"a":2,"z":3}"#, #"{"a":{"a":{"a":[]}}}"#,
    #""\u0000""#, #"{"\u0000":"\u0000"}"#, #""\ud800""#, #""\udc00\ud800""#, #""\uD83D\uDE00""#, #""\/\b\f\n\r\t\\\"""#,
    #""\u00e9\u00E9""#, "\"caf\u{E9} cafe\u{301} \u{1F6D2} \u{FFFF} \u{10FFFF} \u{2028}\"",
    "9223372036854775807", "-9223372036854775808", "18446744073709551616", "123456789012345678901234567890",
    "0.1000000000000000055511151231257827021181583404541015625", "1e400", "-1e-400", "1e99999",
]
