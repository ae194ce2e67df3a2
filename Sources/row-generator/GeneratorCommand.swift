import Foundation
import RowGenerator
import SQLSchema

/// Generates the Swift of one module from its schema snapshot; the plugin runs it.
struct GeneratorCommand {
    private let snapshot: String
    private let overrides: String?
    private let newOverrides: String?
    private let targetOverrides: String?
    private let targetDisplay: String?
    private let target: String?
    private let queryFiles: [String]
    private let display: String
    private let output: String

    init(arguments: [String]) throws(UsageError) {
        var values: [String: String] = [:]
        var queryFiles: [String] = []
        var rest = arguments[...]
        while let option = rest.popFirst() {
            guard Self.options.contains(option) else { throw UsageError("unknown option '\(option)'") }
            guard let value = rest.popFirst() else { throw UsageError("'\(option)' needs a value") }
            if option == "--query-file" { queryFiles.append(value) } else { values[option] = value }
        }
        func value(_ option: String) throws(UsageError) -> String {
            guard let value = values[option] else { throw UsageError("'\(option)' is missing") }
            return value
        }
        snapshot = try value("--snapshot")
        output = try value("--output")
        display = values["--display"] ?? snapshot
        overrides = values["--overrides"]
        newOverrides = values["--new-overrides"]
        targetOverrides = values["--target-overrides"]
        targetDisplay = values["--target-display"]
        target = values["--target"]
        self.queryFiles = queryFiles
    }

    private static let options = [
        "--snapshot", "--overrides", "--new-overrides", "--target-overrides", "--target-display", "--target",
        "--query-file", "--display", "--output",
    ]

    func run() throws {
        guard let bytes = FileManager.default.contents(atPath: snapshot) else {
            throw MissingSnapshotError(path: display)
        }
        let file = try SnapshotFile([UInt8](bytes), path: display)
        let overrides = try readOverrides(for: file.snapshot).overridden(by: readTargetOverrides(for: file.snapshot))
        if let target { try QueryFiles.check(queryFiles, of: target, against: file.snapshot) }
        for file in try RowGenerator.files(for: file, overrides: overrides, target: target) { try write(file) }
    }

    /// The override file, which need not be there.
    private func readOverrides(for snapshot: SchemaSnapshot) throws -> OverrideFile {
        guard let name = overrides ?? newOverrides, let bytes = FileManager.default.contents(atPath: name) else {
            return .none
        }
        let folder = display.lastIndex(of: "/").map { String(display[...$0]) } ?? ""
        let path = folder + URL(fileURLWithPath: name).lastPathComponent
        if newOverrides != nil {
            // SwiftPM noticed that the file appeared, but will not notice every change of it.
            print("\(path):1:1: warning: SwiftPM does not watch this new file yet; once: touch Package.swift")
        }
        return try OverrideFile([UInt8](bytes), path: path, for: snapshot)
    }

    /// What the target says by itself, if it does.
    private func readTargetOverrides(for snapshot: SchemaSnapshot) throws -> OverrideFile {
        guard let name = targetOverrides, let bytes = FileManager.default.contents(atPath: name) else { return .none }
        return try OverrideFile([UInt8](bytes), path: targetDisplay ?? name, for: snapshot)
    }

    /// Leaves a file alone that is right already, so that nothing is compiled again because of it.
    private func write(_ file: RowGenerator.File) throws {
        let url = URL(fileURLWithPath: output, isDirectory: true).appendingPathComponent(file.name)
        let bytes = Data(file.text.utf8)
        if FileManager.default.contents(atPath: url.path) == bytes { return }
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        try bytes.write(to: url, options: .atomic)
    }
}

/// The arguments make no sense.
struct UsageError: Error, CustomStringConvertible {
    let message: String

    init(_ message: String) {
        self.message = message
    }

    var description: String {
        """
        error: \(message)
        usage: row-generator --snapshot FILE [--overrides FILE | --new-overrides FILE] [--target-overrides FILE]
                             [--target-display PATH] [--target FOLDER [--query-file FILE]…] [--display PATH]
                             --output FOLDER
        """
    }
}

/// There is no snapshot to generate from.
struct MissingSnapshotError: Error, CustomStringConvertible {
    let path: String

    var description: String {
        "\(path):1:1: error: there is no schema snapshot; make one from the migrations: event-store schema dump"
    }
}
