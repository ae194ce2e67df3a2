import Foundation
import TestSupport
import Testing

/// The executable `event-store`, run as a process of its own.
struct CommandLineTool {
    /// What a process left behind.
    struct Outcome: CustomStringConvertible, Sendable {
        let exitCode: Int32
        /// Whether a signal ended it, so that `exitCode` is the signal's number.
        let wasKilled: Bool
        let output: Data
        let errors: String

        var text: String { String(decoding: output, as: UTF8.self) }
        var lines: [String] { text.split(separator: "\n").map(String.init) }

        var description: String {
            "exit code \(exitCode)\n--- stdout\n\(text.prefix(2000))\n--- stderr\n\(errors.prefix(2000))"
        }

        /// Every line of the output as JSON, read by Foundation and not by the code under test.
        func objects(sourceLocation: SourceLocation = #_sourceLocation) throws -> [[String: Any]] {
            try lines.map { line in
                try #require(
                    try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                    "a line is no JSON object: \(line)", sourceLocation: sourceLocation)
            }
        }
    }

    /// Where the process runs; its output goes into files there.
    let folder: TemporaryFolder

    /// Runs a command to its end.
    ///
    /// Output goes to files, not pipes: nothing can fill up and block.
    @discardableResult
    func run(
        _ arguments: [String], standardInput: Data? = nil, environment: [String: String] = [:],
        currentDirectory: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Outcome {
        let input = try folder.write(standardInput ?? Data(), to: "stdin-\(UUID().uuidString)")
        return try await ConcurrencyLimit.processes.run {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: input))
            let process = try RunningTool(
                self, arguments, standardInput: handle, environment: environment, currentDirectory: currentDirectory)
            try handle.close()
            return try await process.outcome(sourceLocation: sourceLocation)
        }
    }

    /// Starts a command whose standard input is fed, and that may be killed.
    func start(_ arguments: String..., standardError: FileHandle? = nil) throws -> RunningTool {
        try RunningTool(self, arguments, standardInput: nil, standardError: standardError)
    }

    /// Starts a command line of the shell, in which `$0` is the tool.
    func startShell(_ script: String, standardError: FileHandle? = nil) throws -> RunningTool {
        try RunningTool(
            self, ["-c", script, Self.executable.path], executable: URL(fileURLWithPath: "/bin/sh"),
            standardError: standardError)
    }

    /// Beside the test bundle, where the package's build puts it.
    static let executable = BuildFolder.url.appending(path: "event-store")
}
