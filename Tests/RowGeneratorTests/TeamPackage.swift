import Foundation
import TestSupport

/// A copy of the package `Tests/Packages/TeamStore` in a folder of its own, which depends on this checkout.
struct TeamPackage {
    private let folder: URL

    init() throws {
        let original = Checkout.folder.appending(path: "Tests/Packages/TeamStore")
        folder = FileManager.default.temporaryDirectory.appending(path: "TeamStore-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["Package.swift", "Sources", "schema", "migrations"] {
            try FileManager.default.copyItem(at: original.appending(path: name), to: folder.appending(path: name))
        }
        let manifest = String(decoding: try read("Package.swift"), as: UTF8.self)
        try write("Package.swift", Data(manifest.replacing("\"../../..\"", with: "\"\(Checkout.folder.path)\"").utf8))
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    func read(_ path: String) throws -> Data {
        try Data(contentsOf: folder.appending(path: path))
    }

    func write(_ path: String, _ data: Data) throws {
        try data.write(to: folder.appending(path: path))
    }

    func build() async throws -> FinishedCommand {
        try await FinishedCommand(
            "swift", ["build", "--product", "TeamStore", "--package-path", folder.path] + QuickBuild.flags)
    }

    func run() async throws -> FinishedCommand {
        try await FinishedCommand(folder.appending(path: ".build/debug/TeamStore").path, [])
    }
}
