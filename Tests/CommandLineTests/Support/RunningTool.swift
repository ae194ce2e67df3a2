import Foundation
import Synchronization
import TestSupport
import Testing

/// A process of the tool, from its start to its end.
///
/// Unchecked: `Process` and `Pipe` may be used from any thread; what changes here is behind a mutex.
final class RunningTool: @unchecked Sendable {
    private struct State {
        var hasEnded = false
        var isOverdue = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let process = Process()
    private let input: Pipe?
    private let outputPath: String
    private let errorPath: String
    private let state = Mutex(State())

    /// - Parameter timeout: far more seconds than it takes, so that a hanging process fails its test and a slow machine
    ///   does not.
    init(
        _ tool: CommandLineTool, _ arguments: [String], executable: URL = CommandLineTool.executable,
        standardInput: FileHandle? = .nullDevice, standardOutput: FileHandle? = nil, standardError: FileHandle? = nil,
        environment: [String: String] = [:], currentDirectory: String? = nil, timeout: Int = 300
    ) throws {
        // A write to a process that was killed is an error here, not the end of all tests.
        signal(SIGPIPE, SIG_IGN)
        // A process inherits what is ignored, as SIGINT is in the background of a script; the tool is to get it.
        signal(SIGINT, SIG_DFL)
        outputPath = try tool.folder.write(Data(), to: "stdout-\(UUID().uuidString)")
        errorPath = try tool.folder.write(Data(), to: "stderr-\(UUID().uuidString)")
        input = standardInput == nil ? Pipe() : nil
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: currentDirectory ?? tool.folder.path)
        // A setting of whoever runs the tests must not decide which database is written to.
        process.environment = ProcessInfo.processInfo.environment.filter { $0.key != "DATABASE_URL" }
            .merging(environment) { $1 }
        process.standardInput = standardInput ?? input
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
        let errors = try FileHandle(forWritingTo: URL(fileURLWithPath: errorPath))
        process.standardOutput = standardOutput ?? output
        process.standardError = standardError ?? errors
        process.terminationHandler = { [weak self] _ in self?.end() }
        try process.run()
        // The process has its own by now; those of hundreds of processes would be too many.
        try output.close()
        try errors.close()
        try input?.fileHandleForReading.close()
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(timeout)) { [weak self] in self?.giveUp() }
    }

    var processID: Int32 { process.processIdentifier }

    var isRunning: Bool { state.withLock { !$0.hasEnded } }

    /// Writes to the process's standard input; blocks while its pipe is full.
    func write(_ data: Data) throws {
        try input?.fileHandleForWriting.write(contentsOf: data)
    }

    func closeInput() throws {
        try input?.fileHandleForWriting.close()
    }

    /// What it has written to standard output so far, unless that is elsewhere.
    var output: String {
        get throws { try String(contentsOfFile: outputPath, encoding: .utf8) }
    }

    /// What it has written to standard error so far, unless that is elsewhere.
    var errors: String {
        get throws { try String(contentsOfFile: errorPath, encoding: .utf8) }
    }

    /// Sends a signal.
    func send(_ signal: Int32) {
        Foundation.kill(processID, signal)
    }

    /// Ends the process as a power cut would: it can do nothing about it.
    func kill() async throws {
        Foundation.kill(processID, SIGKILL)
        let outcome = try await outcome()
        #expect(outcome.wasKilled, "the process ended before it could be killed: \(outcome)")
    }

    /// Waits for the end.
    func outcome(sourceLocation: SourceLocation = #_sourceLocation) async throws -> CommandLineTool.Outcome {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.waiting.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
        let errors = String(decoding: try Data(contentsOf: URL(fileURLWithPath: errorPath)), as: UTF8.self)
        if state.withLock({ $0.isOverdue }) {
            Issue.record("the process did not end in time: \(errors)", sourceLocation: sourceLocation)
        }
        return CommandLineTool.Outcome(
            exitCode: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
            output: try Data(contentsOf: URL(fileURLWithPath: outputPath)), errors: errors)
    }

    private func end() {
        let waiting = state.withLock { state in
            state.hasEnded = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    private func giveUp() {
        guard isRunning else { return }
        state.withLock { $0.isOverdue = true }
        Foundation.kill(processID, SIGKILL)
    }
}
