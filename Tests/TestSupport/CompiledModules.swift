package import Foundation

/// The modules that the build of these tests has made.
///
/// An example of one that stands on many others is checked against them, where a package of its own would compile all of
/// them for minutes.
package enum CompiledModules {
    /// Has the compiler check the types of some files, as one module.
    package static func check(_ files: [URL]) async throws -> FinishedCommand {
        let maps = try moduleMaps().flatMap { ["-Xcc", "-fmodule-map-file=\($0.path)"] }
        let modules = BuildFolder.url.appending(path: "Modules").path
        return try await FinishedCommand(
            "swiftc",
            ["-typecheck", "-swift-version", "6", "-module-name", "Examples", "-I", modules] + maps + files.map(\.path))
    }

    /// The modules in C that those in Swift stand on: ours, those of dependencies that come with a map, and those for which
    /// the build has made one.
    private static func moduleMaps() throws -> [URL] {
        let checkouts = BuildFolder.url.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "checkouts")
        let own = try folders(in: Checkout.folder.appending(path: "Sources"))
        let dependencies = try folders(in: checkouts).flatMap { package in
            try folders(in: package.appending(path: "Sources")).map { $0.appending(path: "include") }
        }
        let made = try folders(in: BuildFolder.url).filter { $0.pathExtension == "build" }
        return (own + dependencies + made).map { $0.appending(path: "module.modulemap") }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
    }

    private static func folders(in folder: URL) throws -> [URL] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .sorted { $0.path < $1.path }
    }
}
