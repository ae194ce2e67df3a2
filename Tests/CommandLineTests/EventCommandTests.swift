import Foundation
import TestSupport
import Testing

@Suite("Appending and reading events")
struct EventCommandTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    @Test("Append takes every form of an expected version, and exits with 4 when the stream is elsewhere")
    func expectedVersions() async throws {
        try await place.run("append", "a", "--type", "T", "--expected-version", "no-stream")
        for version in ["1", "exists", "any"] {
            try await place.run("append", "a", "--type", "T", "--expected-version", version)
        }
        for version in ["0", "no-stream"] {
            let conflict = try await place.run("append", "a", "--type", "T", "--expected-version", version, exits: 4)
            #expect(conflict.errors == "error: a: expected v0, got v4\n")
            #expect(conflict.text == "")
        }
        try await place.run("append", "b", "--type", "T", "--expected-version", "exists", exits: 4)
        for version in ["-1", "one", ""] {
            try await place.run("append", "a", "--type", "T", "--expected-version=\(version)", exits: 2)
        }
        #expect(try place.count("events") == 4)
    }

    @Test("Two processes that believe the same version: the second is told the true one")
    func conflict() async throws {
        try await place.run("append", "a", "--type", "T", "--expected-version", "0")
        let late = try await place.run("append", "a", "--type", "U", "--expected-version", "0", exits: 4)
        #expect(late.errors.contains("expected v0, got v1"))
    }

    @Test("Appending the same id again is harmless, and the same id with other content is refused")
    func repeatedID() async throws {
        let arguments = [
            "append", "a", "--type", "T", "--id", "1", "--expected-version", "0", "--data", "[1]", "--json",
        ]
        for wasAlreadySaved in [false, true] {
            let outcome = try await place.tool.run(arguments + ["--database", "sqlite:test.db"])
            #expect(outcome.exitCode == 0, "\(outcome)")
            let object = try #require(try outcome.objects().first)
            #expect(object["wasAlreadySaved"] as? Bool == wasAlreadySaved)
            #expect(object["version"] as? Int == 1)
        }
        let other = try await place.run("append", "a", "--type", "T", "--id", "1", "--data", "[2]", exits: 2)
        #expect(other.errors.contains("1"))
    }

    @Test("What cannot be stored is refused before a database is created")
    func wrongInput() async throws {
        let wrong = [
            ["--data", "{'a':1}"], ["--data", ""], ["--time", "yesterday"], ["--time", "2026-01-01T00:00:00.1234567Z"],
            ["--id", String(repeating: "x", count: 1025)], ["--subject", ""],
        ]
        for arguments in wrong {
            let outcome = try await place.tool.run(
                ["append", "a", "--type", "T", "--database", "sqlite:test.db"] + arguments)
            #expect(outcome.exitCode == 2, "\(arguments): \(outcome)")
            #expect(outcome.errors.hasPrefix("error: "), "\(outcome)")
        }
        #expect(!place.folder.exists("test.db"))
    }

    @Test("Load prints from, to, limit and backwards, for people and as JSON")
    func load() async throws {
        for number in 1...5 {
            try await place.run("append", "a", "--type", "T\(number)", "--data", "{\"n\":\(number)}")
        }
        func versions(_ arguments: String...) async throws -> [Int?] {
            let outcome = try await place.tool.run(
                ["load", "a", "--json", "--database", "sqlite:test.db"] + arguments)
            return try outcome.objects().map { $0["version"] as? Int }
        }
        #expect(try await versions() == [1, 2, 3, 4, 5])
        #expect(try await versions("--from", "4") == [4, 5])
        #expect(try await versions("--from", "2", "--to", "3") == [2, 3])
        #expect(try await versions("--limit", "2") == [1, 2])
        #expect(try await versions("--descending", "--limit", "2") == [5, 4])
        #expect(try await versions("--from", "6") == [])
        try await place.run("load", "a", "--from=-1", exits: 2)
        try await place.run("load", "a", "--limit=-1", exits: 2)
        #expect(try await place.run("load", "nobody").text == "")

        let line = try #require(try await place.run("load", "a", "--limit", "1").lines.first)
        #expect(line.hasPrefix("v1  "))
        #expect(line.hasSuffix("Z  T1  {\"n\":1}"))
        let object = try #require(try await place.run("load", "a", "--json", "--limit", "1").objects().first)
        let event = try #require(object["event"] as? [String: Any])
        #expect(event["type"] as? String == "T1")
        #expect(event["data"] as? [String: Int] == ["n": 1])
    }

    @Test("Streams are listed by the bytes of their ids, after one and up to a number")
    func streams() async throws {
        for stream in ["b", "a", "é", "Z", "a"] { try await place.run("append", stream, "--type", "T") }
        let all = try await place.run("streams", "--json").objects()
        #expect(all.map { $0["aggregateID"] as? String } == ["Z", "a", "b", "é"])
        #expect(all.map { $0["version"] as? Int } == [1, 2, 1, 1])
        let page = try await place.run("streams", "--after", "Z", "--limit", "2")
        #expect(page.lines.map { $0.prefix(6) } == ["a  v2 ", "b  v1 "])
        #expect(try await place.run("streams", "--limit", "0").text == "")
        try await place.run("streams", "--limit=-1", exits: 2)
    }

    @Test("A trace prints as a tree, each event below its cause")
    func trace() async throws {
        let time = "2026-01-01T00:00:00Z"
        for (stream, id, cause) in [
            ("order", "1", nil), ("payment", "2", "1"), ("invoice", "3", "2"), ("order", "4", "1"),
            ("lost", "5", "gone"),
        ] as [(String, String, String?)] {
            let causation = cause.map { ["--causation-id", $0] } ?? []
            let outcome = try await place.tool.run(
                ["append", stream, "--type", "T\(id)", "--id", id, "--time", time, "--correlation-id", "c"]
                    + causation + ["--database", "sqlite:test.db"])
            #expect(outcome.exitCode == 0, "\(outcome)")
        }
        try await place.run("append", "order", "--type", "Other", "--correlation-id", "other")
        let tree = try await place.run("trace", "c")
        #expect(
            tree.lines.map { $0.replacingOccurrences(of: "  2026-01-01T00:00:00Z", with: "").trimmed } == [
                "T1  order v1", "├─ T2  payment v1", "│  └─ T3  invoice v1", "└─ T4  order v2", "T5  lost v1",
            ])
        let ids = try await place.run("trace", "c", "--json").objects().map { ($0["event"] as? [String: Any])?["id"] }
        #expect(ids.map { $0 as? String } == ["1", "2", "3", "4", "5"])
        #expect(try await place.run("trace", "nothing").text == "")
    }

    @Test("The demo tells its story, on a file of its own or on a database that stays")
    func demoAndSnapshot() async throws {
        let alone = try await place.run("demo", on: nil)
        #expect(alone.text.contains("refused: order-"))
        #expect(alone.text.contains("expected v1, got v2"))
        #expect(alone.text.contains("└─ InvoiceSent"))
        #expect(alone.text.hasSuffix("4 events up to position 4\n"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: place.folder.path).allSatisfy { !$0.contains(".db") })

        try await place.run("demo")
        #expect(try await place.run("demo").text.hasSuffix("8 events up to position 8\n"))
        let streams = try await place.run("streams", "--json").objects().compactMap { $0["aggregateID"] as? String }
        let order = try #require(streams.first { $0.hasPrefix("order-") })
        let snapshot = try #require(try await place.run("snapshot", order, "--json").objects().first)
        #expect(snapshot["version"] as? Int == 2)
        #expect((snapshot["state"] as? [String: Any])?["customer"] as? String == "Ada")
        #expect(try await place.run("snapshot", order).text.hasPrefix("Order after v2, "))
        #expect(try await place.run("snapshot", "nobody").errors == "nobody has no snapshot\n")
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
