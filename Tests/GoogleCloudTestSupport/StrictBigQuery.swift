import Foundation
import Synchronization

/// The strict stand-in for BigQuery: a program of its own, which Google's client works with.
///
/// Unchecked: `Process` may be used from any thread, and nothing else changes.
package final class StrictBigQuery: @unchecked Sendable {
    private let process = Process()
    /// The beginning of all URLs.
    package let url: String

    /// Starts it; the first start on a machine makes an environment for it, which takes a while.
    package init(folder: String) async throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "\(folder)/start")
        process.arguments = ["bigquery", "--port", "0", "--location", "EU"]
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let reading = output.fileHandleForReading
        let line = await withCheckedContinuation { continuation in
            // Reading blocks, which no thread of the tests may.
            Thread.detachNewThread {
                var text = ""
                while !text.contains("\n") {
                    let data = reading.availableData
                    if data.isEmpty { break }
                    text += String(decoding: data, as: UTF8.self)
                }
                continuation.resume(returning: text)
            }
        }
        guard let address = line.split(separator: "\n").first?.split(separator: " ").last, address.contains("http")
        else {
            throw NotReady()
        }
        url = String(address)
    }

    package struct NotReady: Error {}

    deinit {
        // It may have inherited that SIGTERM is blocked. As long as it lives, Foundation does not notice the end of other
        // processes that were started before it.
        kill(process.processIdentifier, SIGKILL)
    }
}
