import Foundation
import Synchronization

/// Where messages go that are not the result: they never end up in a pipe.
enum StandardError {
    /// Whether a line of progress stands on the terminal, which the next message takes the place of.
    private static let hasLine = Mutex(false)

    static func write(_ message: String) {
        hasLine.withLock { write("\(message)\n", insteadOfLine: &$0) }
    }

    /// Shows a line that the next one, or a message, takes the place of.
    static func show(line: String) {
        hasLine.withLock { hasLine in
            write(line, insteadOfLine: &hasLine)
            hasLine = true
        }
    }

    /// Takes such a line away.
    static func clearLine() {
        hasLine.withLock { if $0 { write("", insteadOfLine: &$0) } }
    }

    /// Writes a message, unless that would have to wait for another thread or for whoever reads it.
    static func writeLastWords(_ message: String) {
        guard FileDescriptor.standardError.hasRoom else { return }
        _ = hasLine.withLockIfAvailable { write("\(message)\n", insteadOfLine: &$0) }
    }

    private static func write(_ text: String, insteadOfLine hasLine: inout Bool) {
        // Whoever cannot be told is not told; the exit code still says it.
        try? FileDescriptor.standardError.write(Array(((hasLine ? "\r\u{1B}[K" : "") + text).utf8))
        hasLine = false
    }
}

/// Where results go, in large writes.
///
/// With an interruption, a signal ends a write that waits for its reader, and ends it between two lines.
struct StandardOutput: ~Copyable {
    private var buffer: [UInt8] = []
    private let interruption: Interruption?

    init(interruption: Interruption? = nil) {
        self.interruption = interruption
    }

    mutating func write(line: String) throws {
        try write(line: line.utf8)
    }

    mutating func write(line: some Sequence<UInt8>) throws {
        buffer.append(contentsOf: line)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= 64 * 1024 { try flush() }
    }

    mutating func flush() throws {
        do {
            if let interruption {
                try FileDescriptor.standardOutput.write(lines: buffer, until: interruption)
            } else {
                try FileDescriptor.standardOutput.write(buffer)
            }
        } catch let error as SystemError {
            throw Self.error(error)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Waits some time, but no longer than somebody reads.
    ///
    /// - Throws: `Interrupted` when a signal comes, `ReaderGone` when the reader goes.
    func wait(_ time: Duration) throws {
        guard let interruption else { return }
        do {
            try FileDescriptor.standardOutput.waitWhileRead(time, until: interruption)
        } catch let error as SystemError {
            throw Self.error(error)
        }
    }

    /// What the system's error means to a command.
    static func error(_ error: SystemError) -> any Error {
        error.code == EPIPE ? ReaderGone() : UsageError("standard output: \(error)")
    }
}
