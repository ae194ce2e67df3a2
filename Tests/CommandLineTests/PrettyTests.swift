import EventSourcingSQLite
import Foundation
import JSONText
import TestSupport
import Testing

@testable import event_store

@Suite("JSON laid out for people")
struct PrettyTests {
    private static func pretty(_ json: String, margin: Int = 0, isForTerminal: Bool = false) throws -> String {
        var text: [UInt8] = []
        try PrettyJSON.append(Array(json.utf8), margin: margin, isForTerminal: isForTerminal, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    @Test("Objects and arrays are indented, empty ones stay in one line")
    func layout() throws {
        #expect(
            try Self.pretty(#" {"a":[1,{"b":[ ]},{ }],"":"x", "c" : {"d":null}} "#, margin: 2) == #"""
                  {
                    "a": [
                      1,
                      {
                        "b": []
                      },
                      {}
                    ],
                    "": "x",
                    "c": {
                      "d": null
                    }
                  }
                """#)
        for scalar in ["1", "\"text\"", "true", "null", "{}", "[]"] { #expect(try Self.pretty(scalar) == scalar) }
    }

    private static let hostile = [
        "1e400", "-0", "1.0", "1E+2", "12345678901234567890.12345678901234567890", #""\u0000""#, #""\ud800""#,
        #"{"\ud800":{"a":1,"a":2}}"#, #""\/\b\f\n\r\t\\\" {}[],: é 👩‍👩‍👧‍👦""#, #"["a\\","b]"]"#,
        "\"\u{7F}\u{85}\u{9B}\u{2028}\"",
    ]

    @Test("Every token stays byte for byte as it was", arguments: hostile)
    func tokens(json: String) throws {
        let pretty = try Self.pretty("[\(json),{\"k\":\(json)}]")
        #expect(try Self.withoutLayout(pretty) == Self.withoutLayout("[\(json),{\"k\":\(json)}]"))
    }

    /// Takes the white space away that stands outside texts.
    private static func withoutLayout(_ json: String) throws -> [UInt8] {
        var isInText = false
        var isEscaped = false
        return json.utf8.filter { byte in
            defer {
                if byte == UInt8(ascii: "\""), !isEscaped { isInText.toggle() }
                isEscaped = isInText && byte == UInt8(ascii: "\\") && !isEscaped
            }
            return isInText || ![0x20, 0x09, 0x0A, 0x0D].contains(byte)
        }
    }

    @Test("As deep as JSON may be, and no deeper")
    func depth() throws {
        let deep = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(try Self.pretty(deep).split(separator: "\n").count == 1023)
        #expect(throws: JSONError.self) { try Self.pretty("[\(deep)]") }
    }

    @Test("What is no JSON is refused", arguments: ["", "{", "[1,]", "{\"a\" 1}", "1 2", "nul", "\"\u{1}\"", "{1:2}"])
    func refusal(json: String) {
        #expect(throws: JSONError.self) { try Self.pretty(json) }
    }

    @Test("On a terminal, control characters become escapes of the same meaning")
    func terminal() throws {
        let json = "\"a\u{7F}b\u{80}c\u{9B}2J\u{A0}é\""
        #expect(try Self.pretty(json, isForTerminal: true) == "\"a\\u007fb\\u0080c\\u009b2J\u{A0}é\"")
        #expect(try Self.pretty(json) == json)
    }

    // MARK: The commands

    @Test("Load shows the data of each event below it, token by token as it was stored")
    func load() async throws {
        let place = try Workplace()
        let time = "2026-01-01T00:00:00Z"
        let data = #"{"n":1e400,"t":"\u0000","n":[]}"#
        try await place.run("append", "a", "--type", "T", "--time", time, "--data", data)
        try await place.run("append", "a", "--type", "U", "--time", time)
        let binary =
            #"{"specversion":"1.0","id":"3","source":"/s","type":"V","subject":"a","time":"\#(time)","data_base64":"AAEC"}"#
        try await place.run("import", "-", input: Data("\(binary)\n".utf8))
        #expect(
            try await place.run("load", "a", "--pretty").text == #"""
                v1  2026-01-01T00:00:00Z  T
                    {
                      "n": 1e400,
                      "t": "\u0000",
                      "n": []
                    }
                v2  2026-01-01T00:00:00Z  U\#u{20}\#u{20}
                v3  2026-01-01T00:00:00Z  V  (3 bytes)

                """#)
        #expect(try await place.run("load", "a", "--pretty", "--from", "3").lines.count == 1)
    }

    @Test("Data that another program stored, and is no JSON, is shown as it is")
    func noJSON() async throws {
        let place = try Workplace()
        try await place.run("append", "a", "--type", "T", "--time", "2026-01-01T00:00:00Z")
        let connection = try SQLiteConnection(path: place.folder.file("test.db"), mode: .write)
        try connection.execute("DROP TRIGGER events_refuse_update")
        try connection.execute("UPDATE events SET data = 'no { JSON'")
        #expect(try await place.run("load", "a", "--pretty").text == "v1  2026-01-01T00:00:00Z  T  no { JSON\n")
    }

    @Test("Snapshot lays its state out")
    func snapshot() async throws {
        let place = try Workplace()
        let store = SQLiteEventStore(path: place.folder.file("test.db"))
        try store.initialize()
        try store.save([Event(type: "T", source: "/s")], for: "a")
        try store.saveSnapshot(
            Snapshot(aggregateID: "a", version: 1, aggregateType: "A", state: JSON(#"{"x":[1.0,1e400]}"#)))
        store.close()
        let pretty = try await place.run("snapshot", "a", "--pretty").text
        #expect(pretty.hasSuffix("Z\n{\n  \"x\": [\n    1.0,\n    1e400\n  ]\n}\n"))
        #expect(pretty.hasPrefix("A after v1, "))
        #expect(try await place.run("snapshot", "a").text.hasSuffix("Z\n{\"x\":[1.0,1e400]}\n"))
    }

    @Test("A stream that is longer than a page is printed whole, in both directions and within its limits")
    func pages() async throws {
        let place = try Workplace()
        let lines = (1...1500).map {
            #"{"specversion":"1.0","id":"\#($0)","source":"/s","type":"T","subject":"a"}"# + "\n"
        }
        try await place.run("import", "-", input: Data(lines.joined().utf8))
        func versions(_ arguments: String...) async throws -> [Int] {
            try await place.tool.run(["load", "a", "--json", "--database", "sqlite:test.db"] + arguments)
                .objects().compactMap { $0["version"] as? Int }
        }
        #expect(try await versions() == Array(1...1500))
        #expect(try await versions("--descending") == (1...1500).reversed())
        #expect(try await versions("--from", "3", "--to", "1030") == Array(3...1030))
        #expect(try await versions("--from", "3", "--to", "1026", "--descending") == (3...1026).reversed())
        #expect(try await versions("--limit", "1024") == Array(1...1024))
        #expect(try await versions("--limit", "600", "--descending", "--to", "512") == (1...512).reversed())
        #expect(try await versions("--limit", "0") == [])
        #expect(try await versions("--from", "9", "--to", "8") == [])
        #expect(try await versions("--to", "\(Int.max)", "--from", "1500") == [1500])
    }
}
