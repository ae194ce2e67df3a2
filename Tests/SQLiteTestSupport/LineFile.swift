import Foundation

/// A file that grows by whole lines, and keeps them when its process is killed: each call is one write(2).
///
/// Any number of threads may append to it.
package struct LineFile: Sendable {
    private let descriptor: Int32

    /// Opens a file to append to it, and creates it when there is none.
    package init(appendingTo path: String) throws {
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Failure(call: "open", code: errno) }
    }

    /// Appends text that ends with a line break.
    package func append(_ lines: String) throws {
        var bytes = ArraySlice(lines.utf8)
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                guard errno == EINTR else { throw Failure(call: "write", code: errno) }
            } else {
                bytes = bytes.dropFirst(written)
            }
        }
    }

    /// The complete lines of a file; none when it does not exist.
    package static func lines(of path: String) throws -> [Substring] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        // What follows the last line break was being written when the process was killed.
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    /// A line that is not what its file has.
    package struct UnreadableLine: Error {
        let line: String
    }

    /// A call of the system that failed.
    package struct Failure: Error, CustomStringConvertible {
        let call: String
        let code: Int32

        package var description: String { "\(call): \(String(cString: strerror(code)))" }
    }
}
