import Foundation
import TestSupport

/// A log of made-up events, always the same one: many streams mixed, and texts that break careless code.
struct EventLog {
    /// A line with the parts that an export must give back.
    struct Entry {
        let line: Data
        let stream: String
        let id: String
    }

    private(set) var entries: [Entry] = []

    /// Everything as one file.
    var data: Data { Self.joined(entries.map(\.line)) }

    /// The ids of each stream in the order of the log, by the bytes of the stream's id.
    var idsByStream: [Data: [String]] {
        Dictionary(grouping: entries) { Data($0.stream.utf8) }.mapValues { $0.map(\.id) }
    }

    /// - Parameter padding: how many bytes of data each event has at least.
    init(events: Int = 3000, streams: Int = 100, padding: Int = 0, seed: UInt64 = 42) {
        var random = SplitMix64(seed: seed)
        // Two of the streams are equal to Swift's ==, and different by their bytes.
        let names =
            ["caf\u{E9}", "cafe\u{301}"] + (2..<streams).map { "stream-\($0) \(Self.hostile[$0 % Self.hostile.count])" }
        entries = (0..<events).map { index in
            Self.entry(index, stream: names[Int.random(in: 0..<names.count, using: &random)], padding, &random)
        }
    }

    static func joined(_ lines: some Sequence<Data>) -> Data {
        lines.reduce(into: Data()) { file, line in
            file.append(line)
            file.append(0x0A)
        }
    }

    /// Written by Foundation, except for the data, whose bytes count.
    private static func entry(
        _ index: Int, stream: String, _ padding: Int, _ random: inout SplitMix64
    ) -> Entry {
        let text = hostile[Int.random(in: 0..<hostile.count, using: &random)]
        let id = "\(index)-\(text)"
        var attributes: [String: Any] = [
            "specversion": "1.0", "id": id, "source": "/made/up?\(text)", "type": "Type\(index % 7)",
            "subject": stream, "time": times[index % times.count],
        ]
        if index % 3 == 0 { attributes["correlationid"] = "trace-\(index / 30) \(text)" }
        if index % 6 == 0 { attributes["causationid"] = "cause \(text)" }
        if index % 4 == 0 { attributes["tenant"] = "tenant \(index % 5)" }
        if index % 5 == 0 { attributes["attempt"] = index - 40 }
        if index % 8 == 0 { attributes["urgent"] = index % 16 == 0 }
        if index % 9 == 0 { attributes["dataschema"] = "https://example.com/schema" }
        if index % 11 == 0 {
            attributes["data_base64"] = Data((0..<index % 300).map { UInt8(truncatingIfNeeded: $0 * 7) })
                .base64EncodedString()
            return Entry(line: encoded(attributes), stream: stream, id: id)
        }
        guard index % 13 != 0 else { return Entry(line: encoded(attributes), stream: stream, id: id) }
        attributes["datacontenttype"] = "application/json"
        let value = padding == 0 ? values[index % values.count] : "\"\(String(repeating: "x", count: padding))\""
        return Entry(
            line: encoded(attributes).dropLast() + Data(",\"data\":\(value)}".utf8), stream: stream, id: id)
    }

    private static func encoded(_ attributes: [String: Any]) -> Data {
        // Texts, small numbers and booleans can always be encoded.
        (try? JSONSerialization.data(withJSONObject: attributes, options: [.sortedKeys])) ?? Data()
    }

    static let hostile = [
        "plain", "\"quoted\" \\back\\slash\\", "'; DROP TABLE events; --", "line\nbreak\r\ttab", "\u{1}\u{1F}\u{7F}",
        "\u{2028}\u{2029}\u{85}\u{FEFF}", "👩‍👩‍👧‍👦🇩🇪", "שלום \u{202E}", "e\u{301} \u{E9} ﬁ", "%s %d ?1 $1 :x", "null",
        "\u{10FFFF}\u{FFFF}", String(repeating: "ü", count: 200), "</script>&amp;/", "  blanks  ",
    ]

    private static let times = [
        "2026-01-31T12:00:00Z", "2011-10-01T00:38:44.546+02:00", "1969-12-31T23:59:59.999999Z",
        "2026-02-28T23:30:00.1-11:45", "0001-01-01T00:00:00Z", "2024-02-29T00:00:00.000001+00:00",
    ]

    /// JSON whose bytes are lost by a decoder that means well.
    private static let values = [
        #"{"b":1,"a":2,"b":3}"#, "1.0", "1E400", "-0", "12345678901234567890.12345678901234567890",
        #""\u00e9\ud83d\ude00\/""#, "null", "[ 1 , 2\t]", #"{"text":"\u0000 ends nothing"}"#, "true",
        #"{"nested":{"data":{"data":[[[]]]}},"data_base64":"AA=="}"#, "\"👩‍👩‍👧‍👦\u{2028}\"", #"{"":{}}"#,
    ]
}
