import Foundation
import TestSupport
import Testing

@Suite("Help, usage and exit codes")
struct UsageTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
    }

    static let commands = [
        ["init"], ["demo"], ["migrate"], ["migrate", "new"], ["migrate", "up"], ["migrate", "down"],
        ["migrate", "status"],
        ["migrate", "verify"], ["migrate", "plan"], ["migrate", "lint"], ["migrate", "baseline"],
        ["migrate", "repair"],
        ["schema"], ["schema", "dump"], ["schema", "check"], ["schema", "drift"], ["generate"], ["import"], ["export"],
        ["append"], ["load"],
        ["streams"], ["trace"], ["snapshot"], ["tail"], ["doctor"], ["bigquery"], ["bigquery", "schema"],
        ["bigquery", "export"], ["bigquery", "status"],
    ]

    @Test("The help of every command has an example of that command", arguments: commands)
    func help(_ command: [String]) async throws {
        let help = try await place.tool.run(command + ["--help"])
        #expect(help.exitCode == 0)
        #expect(help.errors == "")
        let example = try #require(help.text.components(separatedBy: "Example:\n").dropFirst().first, "\(help)")
        #expect(example.contains("event-store \(command.joined(separator: " "))"))
    }

    @Test("No command is left out of the tests of the help")
    func allCommands() async throws {
        for group in [[], ["migrate"], ["schema"], ["bigquery"]] {
            let help = try await place.tool.run(group + ["--help"])
            #expect(help.exitCode == 0)
            let list = try #require(help.text.components(separatedBy: "SUBCOMMANDS:\n").last)
            let names = list.split(separator: "\n").compactMap { try? /\s\s([a-z]+)(?:\s.*)?/.wholeMatch(in: $0)?.1 }
            for name in names { #expect(Self.commands.contains(group + [String(name)]), "\(name) is not tested") }
        }
        #expect(try await place.run("--version", on: nil).text.contains("."))
    }

    @Test("Every command refuses an unknown flag with 2", arguments: commands)
    func unknownFlag(_ command: [String]) async throws {
        let refused = try await place.tool.run(command + ["--no-such-flag"])
        #expect(refused.exitCode == 2)
        #expect(refused.text == "")
        // The parser complains about what is missing first.
        let complaints = ["--no-such-flag", "Missing expected argument", "give either --to or --to-directory"]
        #expect(complaints.contains { refused.errors.contains($0) }, "\(refused)")
    }

    @Test(
        "Wrong usage exits with 2 and says something on standard error only",
        arguments: [
            ["no-such-command"], ["migrate", "sideways"], ["load"], ["trace"], ["snapshot"], ["append"],
            ["append", "a"],
            ["generate"], ["migrate", "new"], ["load", "a", "--from", "one", "--database", "sqlite:test.db"],
            ["load", "a", "b", "--database", "sqlite:test.db"], ["import", "--on-error", "explode"],
            ["migrate", "down", "--steps", "0", "--database", "sqlite:test.db"],
            ["migrate", "down", "--steps", "1", "--to", "1", "--database", "sqlite:test.db"],
            ["streams"], ["export"], ["tail"], ["migrate", "up"], ["streams", "--database", "sqlite:"],
            ["doctor", "--database", "sqlite:"], ["doctor", "--database", "oracle:x"],
            ["load", "a", "--pretty", "--json", "--database", "sqlite:test.db"],
            ["snapshot", "a", "--pretty", "--json", "--database", "sqlite:test.db"],
            ["streams", "--database", "test.db"],
        ])
    func wrongUsage(_ arguments: [String]) async throws {
        let refused = try await place.tool.run(arguments)
        #expect(refused.exitCode == 2, "\(refused)")
        #expect(refused.text == "")
        #expect(!refused.errors.isEmpty)
    }

    @Test("The database comes from DATABASE_URL, and --database wins over it")
    func databaseURL() async throws {
        let environment = ["DATABASE_URL": "sqlite:environment.db"]
        let first = try await place.tool.run(["append", "a", "--type", "T"], environment: environment)
        #expect(first.exitCode == 0, "\(first)")
        try await place.tool.run(
            ["append", "a", "--type", "T", "--database", "sqlite://\(place.folder.file("option.db"))"],
            environment: environment)
        #expect(try place.count("events", in: "environment.db") == 1)
        #expect(try place.count("events", in: "option.db") == 1)
    }

    @Test(
        "A password is never repeated, wherever it was given",
        arguments: [
            ["streams", "--database", "postgresql://user:s3cret@host/db"],
            ["streams", "--database", "postgresql://user:s3/cret@host/db"],
            ["streams", "--database", "host=example password=s3cret"],
            ["streams", "--database", "password=s3cret:x"],
            ["doctor", "--database", "postgresql://user:s3cret@host/db"],
            ["streams", "postgresql://user:s3cret@host/db"], ["load", "a", "postgresql://user:s3cret@host/db"],
            ["migrate", "up", "--databas", "postgresql://user:s3cret@host/db"],
        ])
    func password(_ arguments: [String]) async throws {
        // What can be read names a server that there is not.
        let url = arguments.last ?? ""
        let isReadable = !url.contains("s3/cret") && url.hasPrefix("postgresql:")
        let refused = try await place.tool.run(arguments)
        #expect(refused.exitCode == (isReadable && arguments.contains("--database") ? 3 : 2))
        #expect(!refused.errors.contains("cret") && !refused.text.contains("cret"), "\(refused)")
        let fromEnvironment = try await place.tool.run(
            ["streams"], environment: ["DATABASE_URL": url])
        #expect(fromEnvironment.exitCode == (isReadable ? 3 : 2))
        #expect(!fromEnvironment.errors.contains("cret"), "\(fromEnvironment)")
    }

    @Test("Commands that read refuse a database that is not there; commands that write create it")
    func missingDatabase() async throws {
        try place.folder.write(SampleMigrations.table("a"), to: "migrations/sqlite/1_a.sql")
        for command in [
            ["load", "a"], ["streams"], ["trace", "a"], ["snapshot", "a"], ["export"], ["migrate", "status"],
            ["migrate", "down"], ["tail"], ["tail", "--follow"], ["doctor"],
        ] {
            let refused = try await place.tool.run(command + ["--database", "sqlite:test.db"])
            #expect(refused.exitCode == 3, "\(command): \(refused)")
            #expect(refused.errors.hasPrefix("error: test.db: there is no such file"))
            #expect(!place.folder.exists("test.db"))
        }
        try await place.run("append", "a", "--type", "T", on: "1.db")
        try await place.run("import", "-", on: "2.db")
        try await place.run("migrate", "up", on: "3.db")
        try await place.run("append", "a", "--type", "T", on: "no/such/folder.db", exits: 3)
    }

    @Test("A file that is not a database is refused with advice, and left as it is")
    func noDatabase() async throws {
        let text = String(repeating: "this is a letter and no database\n", count: 100)
        try place.folder.write(text, to: "test.db")
        for command in [["streams"], ["append", "a", "--type", "T"], ["import", "-"], ["doctor"]] {
            let refused = try await place.tool.run(command + ["--database", "sqlite:test.db"])
            #expect(refused.exitCode == 3, "\(command): \(refused)")
            #expect(refused.errors.contains("check the path"))
        }
        #expect(try place.folder.data(of: "test.db") == Data(text.utf8))
    }

    @Test("A database without our tables is refused with what is missing")
    func otherDatabase() async throws {
        try place.folder.write(SampleMigrations.table("a"), to: "migrations/sqlite/30000101000000_a.sql")
        try await place.run("migrate", "up")
        for command in [["streams"], ["append", "a", "--type", "T"]] {
            let refused = try await place.tool.run(command + ["--database", "sqlite:test.db"])
            #expect(refused.exitCode == 1, "\(command): \(refused)")
            #expect(refused.errors.contains("events"))
        }
        #expect(try place.count("sqlite_schema WHERE name = 'events'") == 0)
    }

    #if os(Linux)
        @Test(
            "A full disk behind standard output is an error",
            arguments: [["export"], ["load", "a"], ["streams"], ["tail"], ["tail", "--follow"]])
        func fullDisk(_ command: [String]) async throws {
            try await place.run("append", "a", "--type", "T")
            let shell = try RunningTool(
                place.tool,
                ["-c", "\"$0\" \"$@\" > /dev/full", CommandLineTool.executable.path] + command
                    + ["--database", "sqlite:test.db"], executable: URL(fileURLWithPath: "/bin/sh"))
            let outcome = try await shell.outcome()
            #expect(outcome.exitCode == 2)
            #expect(outcome.errors == "error: standard output: No space left on device\n")
        }
    #endif
}
