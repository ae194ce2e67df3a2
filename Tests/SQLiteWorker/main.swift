import Foundation
import SQLiteTestSupport

// A process of a test that works on a SQLite file through the stores. What it finds it writes into files and to
// standard output; when something happens that must not, it says so and ends with 1.
do {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let command = WorkerCommand(arguments) else { throw UsageError(arguments: arguments) }
    try await command.run()
} catch {
    FileHandle.standardError.write(Data("\(type(of: error)): \(error)\n".utf8))
    exit(1)
}

struct UsageError: Error {
    let arguments: [String]
}
