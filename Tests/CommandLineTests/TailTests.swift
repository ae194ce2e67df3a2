import EventSourcingSQLite
import Foundation
import TestSupport
import Testing

@testable import event_store

@Suite("Tail: the end of the feed, and what comes after it")
struct TailTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    private func append(_ types: ClosedRange<Int>, to stream: String = "a") async throws {
        let lines = types.map {
            #"{"specversion":"1.0","id":"\#($0)","source":"/s","type":"T\#($0)","subject":"\#(stream)","data":[\#($0)]}"#
        }
        try await place.run("import", "-", input: Data(lines.map { $0 + "\n" }.joined().utf8))
    }

    private func types(_ arguments: String...) async throws -> [String] {
        let outcome = try await place.tool.run(["tail", "--json", "--database", "sqlite:test.db"] + arguments)
        #expect(outcome.exitCode == 0, "\(outcome)")
        return try outcome.objects().compactMap { ($0["event"] as? [String: Any])?["type"] as? String }
    }

    @Test("The newest ten events are printed, or so many as are asked for, or those after a position")
    func newest() async throws {
        try await append(1...25)
        #expect(try await types() == (16...25).map { "T\($0)" })
        #expect(try await types("--limit", "3") == ["T23", "T24", "T25"])
        #expect(try await types("--limit", "0") == [])
        #expect(try await types("--limit", "99") == (1...25).map { "T\($0)" })
        #expect(try await types("--after", "22") == ["T23", "T24", "T25"])
        #expect(try await types("--after", "20", "--limit", "2") == ["T21", "T22"])
        #expect(try await types("--after", "25") == [])
        #expect(try await types("--after", "0", "--limit", "1") == ["T1"])
    }

    @Test("A line for people has position, stream, version, time, type and data, and commands no terminal")
    func line() async throws {
        try await place.run(
            "append", "b\u{1B}[2J", "--type", "T", "--data", #"{"n": 1}"#, "--time", "2026-01-01T00:00:00Z")
        try await place.run("append", "c", "--type", "U", "--time", "2026-01-01T00:00:01Z")
        #expect(
            try await place.run("tail").text == """
                1  b\\u{1B}[2J v1  2026-01-01T00:00:00Z  T  {"n": 1}
                2  c v1  2026-01-01T00:00:01Z  U  \n
                """)
        let object = try #require(try await place.run("tail", "--json").objects().first)
        #expect(object["aggregateID"] as? String == "b\u{1B}[2J")
        #expect(object["position"] as? Int == 1)
        #expect(object["version"] as? Int == 1)
    }

    @Test("Positions with holes between them do not make it fewer")
    func holes() async throws {
        try await append(1...100)
        let connection = try SQLiteConnection(path: place.folder.file("test.db"), mode: .write)
        try connection.execute("DROP TRIGGER events_refuse_delete")
        try connection.execute("DELETE FROM events WHERE position % 10 <> 0 OR position > 90")
        #expect(try await types("--limit", "4") == ["T60", "T70", "T80", "T90"])
        #expect(try await types() == (1...9).map { "T\($0 * 10)" })
        try connection.execute("DELETE FROM events")
        #expect(try await types() == [])
    }

    @Test(
        "Following prints each event of other processes as it comes, in order, and ends with 0",
        arguments: [SIGINT, SIGTERM])
    func follow(signal: Int32) async throws {
        try await append(1...3)
        let running = try RunningTool(
            place.tool, ["tail", "--follow", "--json", "--limit", "2", "--database", "sqlite:test.db"])
        try await eventually("the newest two are printed") { try running.output.contains("\"T3\"") }
        for number in 4...6 {
            try await append(number...number, to: "stream \(number)")
            try await eventually("event \(number) is printed") { try running.output.contains("\"T\(number)\"") }
        }
        try await append(7...2500)
        try await eventually("the last event is printed") { try running.output.contains("\"T2500\"") }
        running.send(signal)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == 0 && !outcome.wasKilled, "\(outcome)")
        #expect(outcome.errors == "")
        #expect(try outcome.objects().map { $0["position"] as? Int } == Array(2...2500))
    }

    @Test("Following after a position ends by itself with as many events as are asked for")
    func followToLimit() async throws {
        try await append(1...2)
        let running = try RunningTool(
            place.tool, ["tail", "--follow", "--after", "1", "--limit", "3", "--database", "sqlite:test.db"])
        try await eventually("the first is printed") { try running.output.contains("T2") }
        try await append(3...9)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(outcome.lines.map { $0.prefix(1) } == ["2", "3", "4"])
    }

    @Test("Following ends with 0 and without a word when the reader goes away, also while no event comes")
    func readerGone() async throws {
        try await append(1...3)
        let running = try place.tool.startShell(
            #"{ "$0" tail --follow --database sqlite:test.db; echo $? > code; } | head -n 1"#)
        let outcome = try await running.outcome()
        #expect(outcome.lines.count == 1)
        #expect(outcome.errors == "")
        #expect(try place.folder.data(of: "code") == Data("0\n".utf8))
    }

    @Test(
        "Other commands end without a word, too, with the exit code of a broken pipe", arguments: ["export", "load a"])
    func brokenPipe(command: String) async throws {
        try await append(1...3000)
        let running = try place.tool.startShell(
            #"{ "$0" \#(command) --database sqlite:test.db; echo $? > code; } | head -n 1"#)
        let outcome = try await running.outcome()
        #expect(outcome.lines.count == 1)
        #expect(outcome.errors == "")
        #expect(try place.folder.data(of: "code") == Data("141\n".utf8))
    }

    @Test("A reader that does not read is no reason not to end")
    func stuckReader() async throws {
        try await append(1...3000)
        let pipe = try SmallPipe()
        let running = try RunningTool(
            place.tool, ["tail", "--follow", "--after", "0", "--database", "sqlite:test.db"],
            standardOutput: pipe.writing)
        try pipe.closeWriting()
        try await eventually("it has begun to write") { pipe.next(upToCount: 1)?.isEmpty == false }
        running.send(SIGTERM)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == 0 && !outcome.wasKilled, "\(outcome)")
        #expect(pipe.rest().last == UInt8(ascii: "\n"))
    }

    @Test("Negative numbers are refused", arguments: [["--limit=-1"], ["--after=-1"], ["--limit", "many"]])
    func wrongUsage(arguments: [String]) async throws {
        let refused = try await place.tool.run(["tail", "--database", "sqlite:test.db"] + arguments)
        #expect(refused.exitCode == 2)
        #expect(refused.text == "")
    }

    @Test("While nothing comes, the pauses double from 10 to 500 milliseconds")
    func backOff() {
        var pause = BackOff()
        let pauses = (0..<8).map { _ in pause.next() }
        #expect(pauses == [10, 20, 40, 80, 160, 320, 500, 500].map { .milliseconds($0) })
    }
}
