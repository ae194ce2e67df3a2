import ArgumentParser
import Foundation
import RowGenerator
import SQLSchema

/// Runs the generator by hand, for teams that commit generated code.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Generate the Swift row mappers of a schema snapshot into a folder.",
        discussion: """
            The build plugin RowMappers does the same at build time. With --check nothing is written, and the exit \
            code is 1 when a file is not what would be generated.

            Example:
              event-store generate --target Sources/Orders/row-mappers.json --output Sources/Orders/Generated
            """)

    @Option(help: ArgumentHelp("The folder of the snapshot.", valueName: "folder"))
    var schema = "schema"

    @Option(help: ArgumentHelp("The folder for the generated files.", valueName: "folder"))
    var output: String

    @Option(
        help: ArgumentHelp("What the target says of its own: which tables, which types and names.", valueName: "file"))
    var target: String?

    @Option(
        help: ArgumentHelp(
            "The folder of the target whose named queries are generated. Default: those of all targets.",
            valueName: "folder"))
    var queriesOf: String?

    @Flag(help: "Only check that the files are what would be generated.")
    var check = false

    func run() throws {
        let path = "\(schema)/schema.json"
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw UsageError("\(path): there is no schema snapshot; make one with: event-store schema dump")
        }
        let snapshot = try SnapshotFile(Array(bytes), path: path)
        let overrides = try overrides(for: snapshot.snapshot).overridden(by: targetOverrides(for: snapshot.snapshot))
        let stale = try RowGenerator.files(for: snapshot, overrides: overrides, target: queriesOf)
            .filter { FileManager.default.contents(atPath: "\(output)/\($0.name)") != Data($0.text.utf8) }
        if check {
            for file in stale { print("stale \(output)/\(file.name)") }
            guard stale.isEmpty else { throw CheckFailure(description: "run: event-store generate --output \(output)") }
            return
        }
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        for file in stale {
            try Data(file.text.utf8).write(to: URL(fileURLWithPath: "\(output)/\(file.name)"), options: .atomic)
            print("wrote \(output)/\(file.name)")
        }
    }

    /// The file of the target, which must be there when it is named.
    private func targetOverrides(for snapshot: SchemaSnapshot) throws -> OverrideFile {
        guard let path = target else { return .none }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw UsageError("\(path): there is no such file")
        }
        return try OverrideFile(Array(bytes), path: path, for: snapshot)
    }

    /// The override file beside the snapshot, which need not be there.
    private func overrides(for snapshot: SchemaSnapshot) throws -> OverrideFile {
        let path = "\(schema)/overrides.json"
        guard let bytes = FileManager.default.contents(atPath: path) else { return .none }
        return try OverrideFile(Array(bytes), path: path, for: snapshot)
    }
}
