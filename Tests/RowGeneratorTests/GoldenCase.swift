import Foundation
import RowGenerator
import SQLSchema

/// A folder with a schema and with what the generator makes of it: Swift files, or diagnostics.
struct GoldenCase: CustomStringConvertible, Sendable {
    let name: String

    /// What the generator makes of a schema.
    enum Result: Equatable {
        /// Every file that holds more than the header.
        case files([String: String])
        case errors(String)
    }

    static let all: [GoldenCase] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().map(GoldenCase.init(name:))
    }()

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    private var folder: URL { Self.folder.appending(path: name) }
    private var files: URL { folder.appending(path: "expected") }
    private var errors: URL { folder.appending(path: "expected-errors.txt") }

    var description: String { name }

    func snapshotBytes() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: "schema.json")))
    }

    func snapshot() throws -> SnapshotFile {
        try SnapshotFile(snapshotBytes(), path: "schema/schema.json")
    }

    func generate() -> Result {
        do {
            let snapshot = try snapshot()
            var overrides = OverrideFile.none
            if let bytes = try? Data(contentsOf: folder.appending(path: "overrides.json")) {
                let path = "schema/overrides.json"
                overrides = try OverrideFile([UInt8](bytes), path: path, for: snapshot.snapshot)
            }
            if let bytes = try? Data(contentsOf: folder.appending(path: "row-mappers.json")) {
                let path = "Sources/Shop/row-mappers.json"
                overrides = overrides.overridden(
                    by: try OverrideFile([UInt8](bytes), path: path, for: snapshot.snapshot))
            }
            let target = try? String(contentsOf: folder.appending(path: "target.txt"), encoding: .utf8)
            let files = try RowGenerator.files(
                for: snapshot, overrides: overrides, target: target.map { String($0.dropLast()) })
            let code = files.filter { $0.text.split(separator: "\n").count > 1 }
            return .files(Dictionary(uniqueKeysWithValues: code.map { ($0.name, $0.text) }))
        } catch {
            return .errors("\(error)\n")
        }
    }

    // MARK: Expectations

    func write(_ result: Result) throws {
        try? FileManager.default.removeItem(at: files)
        try? FileManager.default.removeItem(at: errors)
        try write(result, files: files, errors: errors)
    }

    /// What `diff` says between the expectation and what was generated; empty when they are the same.
    func difference(to result: Result) throws -> String {
        let temporary = FileManager.default.temporaryDirectory.appending(path: "golden-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: temporary) }
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        let actual = (files: temporary.appending(path: "files"), errors: temporary.appending(path: "errors.txt"))
        try write(result, files: actual.files, errors: actual.errors)
        return try diff(files, actual.files) + diff(errors, actual.errors)
    }

    private func write(_ result: Result, files folder: URL, errors: URL) throws {
        switch result {
        case .errors(let text): try Data(text.utf8).write(to: errors)
        case .files(let files):
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        }
    }

    /// `diff` with a missing file or folder taken for an empty one.
    private func diff(_ expected: URL, _ actual: URL) throws -> String {
        let exists = [expected, actual].map { FileManager.default.fileExists(atPath: $0.path) }
        if exists == [false, false] { return "" }
        if exists == [true, false] { return "\(expected.path) was expected\n" }
        if exists == [false, true] { return "\(name): there is no expectation; UPDATE_GOLDEN=1 writes one\n" }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["diff", "-ru", expected.path, actual.path]
        process.standardOutput = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self)
    }
}
