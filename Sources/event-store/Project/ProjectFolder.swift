import Foundation

/// The folder that a package is made in, all of it or nothing.
struct ProjectFolder {
    let path: String

    /// A file of it, as the command line names it.
    func file(_ name: String) -> String { path == "." ? name : "\(path)/\(name)" }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

    func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: file(name))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// Has a folder within it filled, and then moves what is in there, file by file.
    func fill(_ body: (ProjectFolder) throws -> Void) throws {
        let files = FileManager.default
        try files.createDirectory(atPath: path, withIntermediateDirectories: true)
        // Moving is renaming there.
        let draft = ProjectFolder(path: file(".event-store-\(UUID().uuidString)"))
        defer { try? files.removeItem(atPath: draft.path) }
        try files.createDirectory(atPath: draft.path, withIntermediateDirectories: false)
        try body(draft)
        for name in try files.subpathsOfDirectory(atPath: draft.path).sorted() {
            var isFolder = false
            if let type = try files.attributesOfItem(atPath: draft.file(name))[.type] as? FileAttributeType {
                isFolder = type == .typeDirectory
            }
            if isFolder {
                try files.createDirectory(atPath: file(name), withIntermediateDirectories: true)
            } else {
                try files.moveItem(atPath: draft.file(name), toPath: file(name))
            }
        }
    }
}
