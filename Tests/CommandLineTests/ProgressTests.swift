import Foundation
import TestSupport
import Testing

@testable import event_store

@Suite("Progress on a terminal")
struct ProgressTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    @Test("Count and rate; with a size also the share and the time that is left")
    func line() {
        func text(_ count: Int, _ elapsed: Duration, _ share: (Int, Int)?) -> String {
            ProgressLine(count: count, noun: "lines", elapsed: elapsed, share: share).text
        }
        #expect(text(12_000, .seconds(4), nil) == "12000 lines, 3000 a second")
        #expect(text(100, .seconds(10), (1, 4)) == "100 lines, 10 a second, 25%, 30 s left")
        #expect(text(1, .seconds(1), (1, 100)) == "1 lines, 1 a second, 1%, 1 min 39 s left")
        #expect(text(1, .seconds(1), (1, 10_000)) == "1 lines, 1 a second, 0%, 2 h 46 min left")
        #expect(text(0, .seconds(1), (0, 100)) == "0 lines, 0 a second, 0%")
        #expect(text(5, .zero, (9, 3)) == "5 lines, 5000 a second, 100%")
        #expect(text(5, .seconds(1), (9, 3)) == "5 lines, 5 a second, 100%, 0 s left")
        #expect(text(5, .seconds(1), (0, 0)) == "5 lines, 5 a second")
        #expect(text(1, .seconds(1 << 40), (1, .max)).hasSuffix(" min left"))
    }

    @Test("An import from a pipe shows how many lines came and how fast, and takes the line away at its end")
    func importFromPipe() async throws {
        let terminal = try PseudoTerminal()
        let running = try place.tool.start(
            "import", "-", "--database", "sqlite:test.db", standardError: terminal.handle)
        var count = 0
        try await eventually("the progress is shown") {
            count += 1
            try running.write(Data("\(Self.line(count))\n".utf8))
            return terminal.currentLine.wholeMatch(of: /\d+ lines, \d+ a second/) != nil
        }
        try running.closeInput()
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == 0)
        #expect(outcome.text == "\(count) events stored, 0 were stored already\n")
        #expect(terminal.currentLine == "")
        #expect(!terminal.text.contains("%"))
    }

    @Test("A message takes the place of the line, and Ctrl-C leaves an empty one")
    func messages() async throws {
        let terminal = try PseudoTerminal()
        let running = try place.tool.start(
            "import", "-", "--on-error", "skip", "--database", "sqlite:test.db", standardError: terminal.handle)
        var count = 0
        try await eventually("the progress is shown") {
            count += 1
            try running.write(Data("\(Self.line(count))\n".utf8))
            return terminal.currentLine.contains("lines")
        }
        try running.write(Data("[]\n".utf8))
        try await eventually("the line is skipped") { terminal.text.contains("skipped") }
        let messages = terminal.text.components(separatedBy: "\r\n").filter { $0.contains("skipped") }
        #expect(messages.allSatisfy { $0.contains("\r\u{1B}[Kline \(count + 1): skipped: ") }, "\(messages)")

        running.send(SIGINT)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == 130)
        let words = "stopped by SIGINT: \(count) events were stored; run the same import again, and it goes on\r\n"
        #expect(terminal.text.hasSuffix(words), "\(terminal.text)")
        #expect(terminal.currentLine == "")
    }

    @Test("An import of a file shows its share by bytes, within the terminal's width")
    func importFile() async throws {
        let path = try place.folder.write(Self.log(lines: 20_000), to: "log.ndjson")
        let terminal = try PseudoTerminal(columns: 60)
        let running = try RunningTool(
            place.tool, ["import", path, "--database", "sqlite:test.db"], standardError: terminal.handle)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == 0)
        let shown = terminal.text.components(separatedBy: "\r\u{1B}[K").filter { !$0.isEmpty }
        // The time that is left comes after a second, which the import may not take.
        let words = /\d+ lines, \d+ a second, \d+%(, \d+ s left)?/
        #expect(!shown.isEmpty && shown.allSatisfy { $0.wholeMatch(of: words) != nil }, "\(shown)")
        #expect(shown.allSatisfy { $0.count < 60 })
        #expect(terminal.currentLine == "")
    }

    @Test("An export shows its share by positions, and only to a terminal", arguments: [true, false])
    func export(isTerminal: Bool) async throws {
        try await place.run("import", "-", input: Self.log(lines: 3000))
        let terminal = try PseudoTerminal()
        // The pipe is full until the reader wakes up, so that the export takes long enough to show it.
        let running = try place.tool.startShell(
            #""$0" export --database sqlite:test.db | { sleep 2; cat > export; }"#,
            standardError: isTerminal ? terminal.handle : nil)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == 0)
        #expect(try place.folder.data(of: "export").split(separator: 0x0A).count == 3000)
        #expect(outcome.errors == "")
        let shown = terminal.text
        #expect(shown.contains(/\d+ events, \d+ a second, \d+%, \d+ s left/) == isTerminal, "\(shown)")
        #expect(terminal.currentLine == "")
    }

    @Test("A long read shows its progress, too, and nothing between the lines that it prints on the same terminal")
    func load() async throws {
        try await place.run("import", "-", input: Self.log(lines: 3000))
        let terminal = try PseudoTerminal()
        let command = #""$0" load stream --database sqlite:test.db"#
        let toPipe = try place.tool.startShell("\(command) | { sleep 2; cat > lines; }", standardError: terminal.handle)
        #expect(try await toPipe.outcome().exitCode == 0)
        #expect(try place.folder.data(of: "lines").split(separator: 0x0A).count == 3000)
        #expect(terminal.text.contains(/\d+ events, \d+ a second, \d+%, \d+ s left/), "\(terminal.text)")
        #expect(terminal.currentLine == "")
    }

    @Test("A terminal that cannot erase a line is left alone")
    func dumbTerminal() async throws {
        try await place.run("import", "-", input: Self.log(lines: 3000))
        let terminal = try PseudoTerminal()
        let running = try place.tool.startShell(
            #"TERM=dumb "$0" export --database sqlite:test.db | { sleep 2; cat > export; }"#,
            standardError: terminal.handle)
        #expect(try await running.outcome().exitCode == 0)
        #expect(terminal.text == "")
    }

    private static func log(lines: Int) -> Data {
        Data((1...lines).map { line($0) + "\n" }.joined().utf8)
    }

    private static func line(_ number: Int) -> String {
        let data = String(repeating: "x", count: 100)
        return #"{"specversion":"1.0","id":"\#(number)","source":"/s","type":"T","subject":"stream","data":"\#(data)"}"#
    }
}
