import EventSourcingSQLite
import Foundation
import TestSupport
import Testing

@Suite("Commands that are asked to end by a signal")
struct SignalTests {
    private let place: Workplace
    private let files: SampleMigrations

    init() throws {
        place = try Workplace()
        files = SampleMigrations(folder: place.folder)
    }

    static let signals: [(number: Int32, exitCode: Int32, name: String)] = [
        (SIGINT, 130, "SIGINT"), (SIGTERM, 143, "SIGTERM"),
    ]

    private static func lines(_ numbers: ClosedRange<Int>, padding: Int = 10) -> Data {
        let data = String(repeating: "x", count: padding)
        let lines = numbers.map {
            #"{"specversion":"1.0","id":"\#($0)","source":"/s","type":"T","subject":"\#($0 % 7)","data":"\#(data)"}"#
                + "\n"
        }
        return Data(lines.joined().utf8)
    }

    // MARK: Import

    @Test(
        "An import that waits for input stores what it has read, says so, and goes on when it is run again",
        arguments: signals)
    func importFromPipe(_ signal: (number: Int32, exitCode: Int32, name: String)) async throws {
        let running = try place.tool.start("import", "-", "--on-error", "skip", "--database", "sqlite:test.db")
        // More than one transaction takes; a line with a message behind them tells that they have been read.
        try running.write(Self.lines(1...2500) + Data("[]\n".utf8))
        try await eventually("all are read") { try running.errors.contains("line 2501: skipped") }
        running.send(signal.number)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == signal.exitCode && !outcome.wasKilled, "\(outcome)")
        #expect(outcome.text == "2500 events stored, 0 were stored already, 1 lines skipped\n")
        let words = "stopped by \(signal.name): 2500 events were stored; run the same import again, and it goes on\n"
        #expect(outcome.errors.hasSuffix("\n\(words)"))
        #expect(try place.count("events") == 2500)
        let again = try await place.run("import", "-", input: Self.lines(1...3000))
        #expect(again.text == "500 events stored, 2500 were stored already\n")
    }

    @Test("An import in full swing ends between two transactions")
    func importFile() async throws {
        let running = try place.tool.start("import", "-", "--json", "--database", "sqlite:test.db")
        // Input that does not end by itself; the write fails when the process is gone.
        Thread.detachNewThread {
            for start in stride(from: 1, to: 10_000_000, by: 500) {
                guard (try? running.write(Self.lines(start...start + 499))) != nil else { break }
            }
        }
        try await eventually("some are committed") {
            try place.folder.exists("test.db") && place.count("sqlite_schema WHERE name = 'events'") == 1
                && place.count("events") > 0
        }
        running.send(SIGINT)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == 130 && !outcome.wasKilled, "\(outcome)")
        let stored = try place.count("events")
        #expect(try outcome.objects().map { $0["stored"] as? Int } == [stored])
        #expect(outcome.errors.contains(": \(stored) events were stored; "))
        let again = try await place.run("import", "-", input: Self.lines(1...stored + 500))
        #expect(again.text == "500 events stored, \(stored) were stored already\n")
        #expect(
            try place.count(
                "(SELECT 1 FROM events GROUP BY aggregate_id HAVING count(*) <> max(version) OR min(version) <> 1)")
                == 0)
    }

    @Test("A second signal ends an import at once, whatever it waits for")
    func secondSignal() async throws {
        try await place.run("append", "a", "--type", "T")
        let other = try SQLiteConnection(path: place.folder.file("test.db"), mode: .write)
        try other.execute("BEGIN IMMEDIATE")
        let running = try place.tool.start("import", "-", "--database", "sqlite:test.db")
        // A pipe has room for less, so that the tool has read most of it, and soon waits for the database.
        try running.write(Self.lines(1...2500, padding: 100))
        running.send(SIGTERM)
        running.send(SIGINT)
        let outcome = try await running.outcome()
        // The system gives the two in the order that it likes.
        #expect([130, 143].contains(outcome.exitCode) && !outcome.wasKilled, "\(outcome)")
        #expect(outcome.errors.contains("stopped by SIG"))
        #expect(outcome.errors.contains("0 events were stored"))
        try other.execute("ROLLBACK")
        #expect(try place.count("events") == 1)
    }

    @Test("A signal that was switched off for the process stays so, as SIGINT is in the background of a script")
    func ignoredSignal() async throws {
        let shell = try place.tool.startShell(
            #"trap '' INT; mkfifo in; "$0" import in --database sqlite:test.db > out & exec 3> in; "#
                + #"while ! test -s test.db; do sleep 0.01; done; kill -INT $!; "#
                + #"printf '%s\n' '{"specversion":"1.0","id":"1","source":"/s","type":"T","subject":"a"}' >&3; exec 3>&-; "#
                + "wait $!; echo $? >> out")
        #expect(try await shell.outcome().errors == "")
        #expect(
            String(decoding: try place.folder.data(of: "out"), as: UTF8.self)
                == "1 events stored, 0 were stored already\n0\n")
    }

    // MARK: Export

    @Test("An export whose reader does not read ends at the end of a line", arguments: signals)
    func export(_ signal: (number: Int32, exitCode: Int32, name: String)) async throws {
        try await place.run("import", "-", input: Self.lines(1...3000))
        let pipe = try SmallPipe()
        let running = try RunningTool(
            place.tool, ["export", "--database", "sqlite:test.db"], standardOutput: pipe.writing)
        try pipe.closeWriting()
        var seen = Data()
        try await eventually("it has begun to write") {
            seen += pipe.next(upToCount: 1) ?? Data()
            return !seen.isEmpty
        }
        running.send(signal.number)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == signal.exitCode && !outcome.wasKilled, "\(outcome)")
        #expect(outcome.errors == "stopped by \(signal.name): the export is not complete\n")
        seen += pipe.rest()
        try expectWholeLines(seen)
    }

    @Test("A line that is longer than a pipe takes at once is finished when its reader reads on")
    func longLines() async throws {
        try await place.run("import", "-", input: Self.lines(1...40, padding: 200_000))
        let pipe = try SmallPipe()
        let running = try RunningTool(
            place.tool, ["export", "--database", "sqlite:test.db"], standardOutput: pipe.writing)
        try pipe.closeWriting()
        var seen = Data()
        var isAsked = false
        while let next = pipe.next(upToCount: 10_000) {
            seen += next
            if seen.count > 300_000, !isAsked {
                running.send(SIGTERM)
                isAsked = true
            }
            try await Task.sleep(for: .milliseconds(1))
        }
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == 143, "\(outcome)")
        try expectWholeLines(seen)
        #expect(seen.count < 40 * 200_000)
    }

    private func expectWholeLines(_ output: Data, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(output.last == UInt8(ascii: "\n"), sourceLocation: sourceLocation)
        for line in output.split(separator: UInt8(ascii: "\n")) {
            #expect(throws: Never.self, sourceLocation: sourceLocation) { try JSONSerialization.jsonObject(with: line) }
        }
    }

    // MARK: Migrations

    @Test("A migration in the middle of a long statement ends soon, and nothing of it remains", arguments: signals)
    func longStatement(_ signal: (number: Int32, exitCode: Int32, name: String)) async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        try files.write("2_b", Self.endless)
        let running = try RunningTool(place.tool, ["migrate", "up", "--database", "sqlite:test.db"])
        try await eventually("the long one runs") { try running.output.contains("applying 2_b.sql") }
        running.send(signal.number)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == signal.exitCode && !outcome.wasKilled, "\(outcome)")
        #expect(outcome.text.hasPrefix("applying 1_a.sql\napplied  1_a.sql in "))
        #expect(
            outcome.errors
                == "stopped by \(signal.name): what was applied before stays; see: event-store migrate status\n")
        #expect(try place.texts("SELECT name FROM schema_history") == ["1_a.sql"])
        #expect(try place.count("sqlite_schema WHERE name = 'b'") == 0)
        try files.write("2_b", SampleMigrations.table("b"))
        #expect(try await place.run("migrate", "up").text.hasSuffix("1 applied\n"))
    }

    @Test("A process whose messages nobody reads ends, too")
    func stuckMessages() async throws {
        try files.write("1_b", Self.endless)
        let pipe = try SmallPipe()
        try pipe.fill()
        let running = try RunningTool(
            place.tool, ["migrate", "up", "--database", "sqlite:test.db"], standardError: pipe.writing)
        try await eventually("it runs") { try running.output.contains("applying 1_b.sql") }
        running.send(SIGTERM)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == 143 && !outcome.wasKilled, "\(outcome)")
    }

    /// One statement that never ends by itself.
    private static let endless = """
        -- migrate:up
        CREATE TABLE b (n INTEGER) STRICT;
        INSERT INTO b WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c WHERE n < 0;

        """

    /// Adds a row in about 20 milliseconds, or at once when there is a table called `fast`.
    private static let slowInsert = """
        INSERT INTO a SELECT count(*) FROM (
            WITH RECURSIVE c(n) AS (
                SELECT 1 UNION ALL SELECT n + 1 FROM c
                LIMIT (SELECT iif(count(*) = 0, 100000, 1) FROM sqlite_schema WHERE name = 'fast'))
            SELECT n FROM c);

        """

    private func execute(_ sql: String) throws {
        try SQLiteConnection(path: place.folder.file("test.db"), mode: .write).execute(sql)
    }

    @Test("A file without a transaction stops between two statements, and goes on with the next", arguments: signals)
    func manyStatements(_ signal: (number: Int32, exitCode: Int32, name: String)) async throws {
        let statements = String(repeating: Self.slowInsert, count: 1500)
        try files.write("1_a", "-- migrate:up transaction:false\nCREATE TABLE a (n INTEGER) STRICT;\n\(statements)")
        let running = try RunningTool(place.tool, ["migrate", "up", "--database", "sqlite:test.db"])
        try await eventually("some have run") {
            try place.folder.exists("test.db") && place.count("sqlite_schema WHERE name = 'a'") == 1
                && place.count("a") > 0
        }
        running.send(signal.number)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == signal.exitCode && !outcome.wasKilled, "\(outcome)")
        let done = try place.count("a")
        #expect(done < 1500)
        #expect(outcome.errors.hasPrefix("1_a.sql was stopped; its first \(done + 1) statements remain\nstopped by"))
        let status = try await place.run("migrate", "status", "--json", exits: 1)
        #expect(try status.objects().map { $0["state"] as? String } == ["failed"])
        try execute("CREATE TABLE fast (n)")
        #expect(
            try await place.run("migrate", "up").text.hasPrefix("applying 1_a.sql, from statement \(done + 2)\n"))
        #expect(try place.count("a") == 1500)
    }

    @Test("A transaction that is stopped between two statements is undone in good order, and so is its undoing")
    func transaction() async throws {
        let statements = String(repeating: Self.slowInsert, count: 1500)
        try files.write(
            "1_a",
            "-- migrate:up\nCREATE TABLE a (n INTEGER) STRICT;\n\(statements)\n"
                + "-- migrate:down\n\(statements)DROP TABLE a;\n")
        let up = try RunningTool(place.tool, ["migrate", "up", "--database", "sqlite:test.db"])
        try await eventually("it runs") { try up.output.contains("applying 1_a.sql") }
        up.send(SIGINT)
        let outcome = try await up.outcome()
        #expect(outcome.exitCode == 130 && !outcome.wasKilled, "\(outcome)")
        #expect(outcome.errors.hasPrefix("1_a.sql was stopped; nothing of it remains\nstopped by SIGINT"))
        #expect(try place.count("sqlite_schema WHERE name = 'a'") == 0)
        #expect(!place.folder.exists("test.db-migrating"))
        try execute("CREATE TABLE fast (n)")
        try await place.run("migrate", "up")

        try execute("DROP TABLE fast")
        let down = try RunningTool(place.tool, ["migrate", "down", "--database", "sqlite:test.db"])
        try await eventually("it runs") { try down.output.contains("undoing  1_a.sql") }
        down.send(SIGTERM)
        #expect(try await down.outcome().exitCode == 143)
        #expect(try place.count("a") == 1500)
    }

    // MARK: Demo

    @Test("A demo leaves nothing behind, whenever it is stopped")
    func demo() async throws {
        try FileManager.default.createDirectory(atPath: place.folder.file("tmp"), withIntermediateDirectories: true)
        for delay in [0, 10, 20, 30, 50, 80] {
            let running = try RunningTool(place.tool, ["demo"], environment: ["TMPDIR": place.folder.file("tmp")])
            try await Task.sleep(for: .milliseconds(delay))
            running.send(SIGINT)
            let outcome = try await running.outcome()
            // Before it takes signals, the system ends it.
            let expected: [Int32] = outcome.wasKilled ? [SIGINT] : [0, 130]
            #expect(expected.contains(outcome.exitCode), "\(outcome)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.file("tmp")) == [])
        }
    }

    @Test("A demo that waits for a locked database ends soon")
    func waitingDemo() async throws {
        try await place.run("append", "a", "--type", "T")
        let other = try SQLiteConnection(path: place.folder.file("test.db"), mode: .write)
        try other.execute("BEGIN IMMEDIATE")
        // A shell is quicker to notice the beginning than a test that shares its threads, and a store waits 5 seconds.
        let shell = try place.tool.startShell(
            #": > out; "$0" demo --database sqlite:test.db >> out & while ! grep -q "1. Save" out; do sleep 0.01; done; "#
                + "kill -TERM $!; wait $!; echo $? > code")
        let outcome = try await shell.outcome()
        #expect(String(decoding: try place.folder.data(of: "code"), as: UTF8.self) == "143\n")
        #expect(outcome.errors == "stopped by SIGTERM\n")
        try other.execute("ROLLBACK")
        #expect(try place.count("events") == 1)
    }
}
