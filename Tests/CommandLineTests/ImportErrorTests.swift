import Foundation
import TestSupport
import Testing

@Suite("Lines that cannot be imported as they are")
struct ImportErrorTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    private static func line(_ id: String, _ more: String = "") -> String {
        #"{"specversion":"1.0","id":"\#(id)","source":"/s","type":"T","subject":"stream"\#(more)}"#
    }

    struct BadLine: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let message: String

        init(_ testDescription: String, _ text: String, _ message: String) {
            self.testDescription = testDescription
            self.text = text
            self.message = message
        }
    }

    private static let badLines = [
        BadLine("broken JSON", #"{"specversion":"1.0","id":"#, "JSON"),
        BadLine("more than one value", line("x") + line("y"), "JSON"),
        BadLine("no object", "[1]", "a CloudEvent is a JSON object"),
        BadLine("no subject", #"{"specversion":"1.0","id":"x","source":"/s","type":"T"}"#, "subject: is missing"),
        BadLine("no id", #"{"specversion":"1.0","source":"/s","type":"T","subject":"stream"}"#, "id: is missing"),
        BadLine("an id that is a number", line("x").replacingOccurrences(of: "\"x\"", with: "7"), "id: must be a text"),
        BadLine("an extension that is an object", line("x", #","tenant":{"a":1}"#), "tenant: an extension is text"),
        BadLine("another version", line("x").replacingOccurrences(of: "1.0", with: "0.3"), "specversion: is \"0.3\""),
        BadLine("half a character in the id", line(#"\ud800"#), "id: "),
        BadLine("data twice over", line("x", #","data":1,"data_base64":"AA==""#), "data_base64: stands beside data"),
        BadLine("data that is not base 64", line("x", #","data_base64":"?""#), "data_base64: is not base 64"),
        BadLine("a time of no calendar", line("x", #","time":"2026-02-30T00:00:00Z""#), "time: \"2026-02-30T"),
        BadLine("an id of 1,025 bytes", line(String(repeating: "x", count: 1025)), "has 1025 bytes of UTF-8"),
        BadLine("an id with U+0000", line(#"a\u0000b"#), "U+0000"),
        BadLine("an id that is there with other content", line("1", #","data":"other""#), "1"),
    ]

    private static func file(with bad: BadLine) -> Data {
        Data("\(line("1"))\n\(line("2"))\n\(bad.text)\n\(line("3"))\n".utf8)
    }

    @Test("A bad line stops the import: what came before it is stored, and nothing after", arguments: badLines)
    func stop(_ bad: BadLine) async throws {
        let outcome = try await place.run("import", "-", input: Self.file(with: bad), exits: 2)
        #expect(outcome.errors.hasPrefix("error: line 3: "), "\(outcome)")
        #expect(outcome.errors.contains(bad.message), "\(outcome)")
        #expect(outcome.text == "2 events stored, 0 were stored already\n")
        #expect(try place.texts("SELECT event_id FROM events ORDER BY version") == ["1", "2"])
    }

    @Test("Each bad line is skipped when that is asked for, and reported by its number")
    func skip() async throws {
        let lines = Self.badLines.flatMap { [$0.text, Self.line("after \($0.testDescription)")] }
        let input = Data(([Self.line("1")] + lines).map { $0 + "\n" }.joined().utf8)
        let outcome = try await place.run("import", "-", "--on-error", "skip", input: input)
        for (index, bad) in Self.badLines.enumerated() {
            let report = outcome.errors.split(separator: "\n").first {
                $0.hasPrefix("line \(2 * index + 2): skipped: ")
            }
            #expect(report?.contains(bad.message) == true, "\(bad.testDescription): \(outcome.errors)")
        }
        let count = Self.badLines.count
        #expect(outcome.errors.split(separator: "\n").count == count)
        #expect(outcome.text == "\(count + 1) events stored, 0 were stored already, \(count) lines skipped\n")
        #expect(try place.count("events") == count + 1)
    }

    @Test("Times finer than a microsecond are cut, and reported with their lines")
    func nanoseconds() async throws {
        let times = ["2026-01-01T00:00:00.123456789Z", "2026-01-01T00:00:00.1234560Z", "2026-01-01T00:00:00.9999999Z"]
        let input = times.enumerated().map { Self.line("\($0)", ",\"time\":\"\($1)\"") + "\n" }.joined()
        let outcome = try await place.run("import", "-", input: Data(input.utf8))
        #expect(
            outcome.errors == "line 1: warning: time: cut to microseconds\nline 3: warning: time: cut to microseconds\n"
        )
        #expect(outcome.text == "3 events stored, 0 were stored already, 2 times cut to microseconds\n")
        let stored = try place.texts("SELECT CAST(occurred_at % 1000000 AS TEXT) FROM events ORDER BY version")
        #expect(stored == ["123456", "123456", "999999"])
        #expect(try await place.run("import", input: Data(input.utf8)).text.hasPrefix("0 events stored, 3 were"))
    }

    @Test(
        "The stream is the attribute that is named, and aggregateid wins over it",
        arguments: [
            ("source", "/s"), ("type", "T"), ("tenant", "blue"), ("number", "7"), ("correlationid", "c"),
        ])
    func streamAttribute(name: String, stream: String) async throws {
        let attributes = #","tenant":"blue","number":7,"correlationid":"c""#
        let input = "\(Self.line("1", attributes))\n\(Self.line("2", attributes + #","aggregateid":"own""#))\n"
        try await place.run("import", "-", "--stream-attribute", name, input: Data(input.utf8))
        let streams = try await place.run("streams", "--json").objects().map { $0["aggregateID"] as? String }
        #expect(Set(streams) == [stream, "own"])
        let none = try await place.run(
            "import", "-", "--stream-attribute", "absent", input: Data(Self.line("1").utf8), exits: 2)
        #expect(none.errors.contains("line 1: absent: is missing"))
    }

    @Test("Empty lines, CRLF, a line of 10 MB and a last line without an end are all read")
    func lineEnds() async throws {
        let long = String(repeating: "0123456789", count: 1_000_000)
        let input = "\r\n\n\(Self.line("1"))\r\n  \t\n\(Self.line("2", ",\"data\":\"\(long)\""))\n\n\(Self.line("3"))"
        let outcome = try await place.run("import", "-", "--json", input: Data(input.utf8)).objects()
        #expect(outcome.map { $0["stored"] as? Int } == [3])
        #expect(outcome.map { $0["lines"] as? Int } == [7])
        #expect(try place.texts("SELECT data FROM events WHERE version = 2") == ["\"\(long)\""])
    }

    @Test("An empty log is no error, and a file that is not there or a folder is one before a database is created")
    func files() async throws {
        for path in ["nowhere.ndjson", "."] {
            let refused = try await place.run("import", path, exits: 2)
            #expect(refused.errors.hasPrefix("error: \(path): cannot be read"))
        }
        #expect(!place.folder.exists("test.db"))
        #expect(try await place.run("import", "-").text == "0 events stored, 0 were stored already\n")
    }
}
