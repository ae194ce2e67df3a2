package import Foundation
import Synchronization
import TestSupport

/// A process from its start to its end, which somebody may wait for, or kill.
///
/// Unchecked: `Process` may be used from any thread; what changes here is behind a mutex.
package final class RunningProcess: @unchecked Sendable {
    /// How a process ended, and what it wrote.
    package struct Outcome: CustomStringConvertible, Sendable {
        /// The exit code, or the number of the signal that ended it.
        package let status: Int32
        package let wasKilled: Bool
        package let output: String
        package let errors: String

        package var lines: [Substring] { output.split(separator: "\n") }

        package var description: String {
            "\(wasKilled ? "signal" : "exit code") \(status)\n--- stdout\n\(output.prefix(2000))"
                + "\n--- stderr\n\(errors.prefix(2000))"
        }
    }

    private struct State {
        var hasEnded = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let process = Process()
    private let outputPath: String
    private let errorPath: String
    private let state = Mutex(State())

    /// Starts a process whose output goes into files of a folder: a pipe fills up when nobody reads it.
    package init(_ executable: URL, _ arguments: [String], folder: String) throws {
        outputPath = "\(folder)/\(UUID().uuidString).stdout"
        errorPath = "\(folder)/\(UUID().uuidString).stderr"
        for path in [outputPath, errorPath] { try Data().write(to: URL(fileURLWithPath: path)) }
        process.executableURL = executable
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorPath))
        process.terminationHandler = { [weak self] _ in self?.end() }
        try process.run()
    }

    package var isRunning: Bool { state.withLock { !$0.hasEnded } }

    /// Ends the process so that it can do nothing about it.
    package func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
    }

    /// Waits for the end; no thread waits.
    package func outcome() async throws -> Outcome {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.waiting.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
        return Outcome(
            status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
            output: String(decoding: try Data(contentsOf: URL(fileURLWithPath: outputPath)), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: URL(fileURLWithPath: errorPath)), as: UTF8.self))
    }

    private func end() {
        let waiting = state.withLock { state in
            state.hasEnded = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

extension RunningProcess {
    /// Starts the executable `sqlite-worker`, which the package builds beside the tests.
    package static func worker(_ arguments: [String], folder: String) throws -> RunningProcess {
        try RunningProcess(workerExecutable, arguments, folder: folder)
    }

    /// Where the package's build puts it: beside the test bundle.
    package static let workerExecutable = BuildFolder.url.appending(path: "sqlite-worker")
}
