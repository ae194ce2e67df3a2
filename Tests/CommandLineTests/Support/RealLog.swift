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

    /// Imports the first events of the log.
    static func importEvents(_ count: Int, of path: String, with tool: CommandLineTool, into database: String)
        async throws
    {
        let pipeline = #"gunzip -c "$1" | head -n "$2" | "$0" import - --database "$3""#
        let shell = try RunningTool(
            tool, ["-c", pipeline, CommandLineTool.executable.path, path, "\(count)", database],
            executable: URL(fileURLWithPath: "/bin/sh"), timeout: 1200)
        let outcome = try await shell.outcome()
        try #require(outcome.exitCode == 0, "\(outcome)")
    }
}
