package import Foundation

/// A command that has been run to its end.
package struct FinishedCommand: CustomStringConvertible {
    /// How the process ended.
    package let status: Int32
    /// What it wrote to standard output.
    package let output: String
    /// What it wrote to standard error.
    package let errors: String

    /// Runs a program, found on the PATH, and waits for its end.
    ///
    /// What it writes goes into files: a pipe fills up when nobody reads it, and reading one fails when a signal comes,
    /// as it does in a process that has other children. No thread waits: tests share few of them.
    package init(_ program: String, _ arguments: [String], in folder: URL? = nil) async throws {
        let files = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        if let folder { process.currentDirectoryURL = folder }
        process.standardInput = FileHandle.nullDevice
        let output = URL(fileURLWithPath: try files.write("", to: "output"))
        let errors = URL(fileURLWithPath: try files.write("", to: "errors"))
        let handles = try [FileHandle(forWritingTo: output), FileHandle(forWritingTo: errors)]
        process.standardOutput = handles[0]
        process.standardError = handles[1]
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do {
                try process.run()
                for handle in handles { try? handle.close() }
            } catch {
                continuation.resume(throwing: error)
            }
        }
        status = process.terminationStatus
        self.output = String(decoding: try Data(contentsOf: output), as: UTF8.self)
        self.errors = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
    }

    /// Runs a script with bash, up to the first command that fails.
    package init(script: String, in folder: URL) async throws {
        try await self.init("bash", ["-euo", "pipefail", "-c", script], in: folder)
    }

    /// Everything that it wrote.
    package var text: String { output + errors }

    /// Everything that it wrote, and how it ended.
    package var description: String {
        "\(text)(ended with \(status))"
    }
}
