import Foundation
import TestSupport
import Testing

/// A year of loan applications (BPI Challenge 2012) as CloudEvents, 262,200 events, where a copy of it is at hand.
enum RealLog {
    /// The compressed file; nil where there is none. `EVENT_LOG` names another copy of it.
    static var path: String? {
        let beside = Checkout.folder.deletingLastPathComponent().appendingPathComponent(
            "shared/data/bpic2012.ndjson.gz"
        )
        .path
        if let path = ProcessInfo.processInfo.environment["EVENT_LOG"] { return path }
        return FileManager.default.fileExists(atPath: beside) ? beside : nil
    }

    /// How many of the first events each stream has.
    static func versions(ofFirst count: Int, of path: String) async throws -> [String: Int] {
        let lines = try await FinishedCommand(
            "bash", ["-c", #"gunzip -c "$0" | head -n "$1""#, path, "\(count)"])
        return try lines.output.split(separator: "\n").reduce(into: [:]) { versions, line in
            let subject = try #require(line.firstMatch(of: /"subject":"([^"]+)"/))
            versions[String(subject.1), default: 0] += 1
        }
    }

    /// Imports the first events of a log, and expects that its summary counts them.
    static func importEvents(_ count: Int, of path: String, with tool: CommandLineTool, into database: String)
        async throws
    {
        let pipeline = #"gunzip -c "$1" | head -n "$2" | "$0" import - --json --database "$3""#
        let shell = try RunningTool(
            tool, ["-c", pipeline, CommandLineTool.executable.path, path, "\(count)", database],
            executable: URL(fileURLWithPath: "/bin/sh"), timeout: 1200)
        let outcome = try await shell.outcome()
        try #require(outcome.exitCode == 0, "\(outcome)")
        let summary = try #require(try outcome.objects().first)
        #expect(summary["stored"] as? Int == count)
        #expect(summary["truncatedTimes"] as? Int == 0)
    }
}
