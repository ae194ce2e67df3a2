import Foundation

/// A file as it was at a revision of Git.
enum GitFile {
    /// The bytes of a file in the working folder's repository.
    ///
    /// - Throws: `UsageError` with what Git says, when it does not know the revision or the file.
    static func contents(of path: String, at revision: String) throws -> Data {
        guard !revision.hasPrefix("-") else { throw UsageError("'\(revision)' is no file, and no revision of Git") }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("event-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (output, errors) = (folder.appendingPathComponent("output"), folder.appendingPathComponent("errors"))
        for file in [output, errors] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // Beside the working folder, and not at the root of the repository.
        process.arguments = ["git", "show", "\(revision):./\(path)"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let text = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
            let reason = text.split(separator: "\n").first.map(String.init) ?? "Git failed"
            throw UsageError("'\(revision)' is no file, and Git does not show it: \(reason)")
        }
        return try Data(contentsOf: output)
    }
}
