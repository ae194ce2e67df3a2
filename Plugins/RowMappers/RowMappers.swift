import Foundation
import PackagePlugin

/// Generates the row mappers of each Swift target that names the plugin, from the schema snapshot of its package: of all
/// tables, or of those that the target's own `row-mappers.json` includes; and the functions of the target's own `queries`.
@main
struct RowMappers: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
        guard target is SwiftSourceModuleTarget else { return [] }
        let folder = context.package.directoryURL.appending(path: "schema")
        let snapshot = folder.appending(path: "schema.json")
        let overrides = folder.appending(path: "overrides.json")
        let output = context.pluginWorkDirectoryURL
        // What is not there cannot be an input; without a snapshot the generator says how to make one, and only when the
        // target is built, so that `swift run event-store schema dump` can. The folder is an input because it changes
        // when one of the files appears.
        let own = target.directoryURL.appending(path: "row-mappers.json")
        let queries = Self.queries(in: target.directoryURL.appending(path: "queries"))
        let inputs = [snapshot, folder, overrides, own].filter { FileManager.default.fileExists(atPath: $0.path) }
        let hasOverrides = inputs.contains(overrides)
        let packageFolder = context.package.directoryURL.path + "/"
        func display(_ url: URL) -> String {
            url.path.hasPrefix(packageFolder) ? String(url.path.dropFirst(packageFolder.count)) : url.path
        }
        return [
            .buildCommand(
                displayName: "Generating row mappers for \(target.name)",
                executable: try context.tool(named: "row-generator").url,
                arguments: [
                    "--snapshot", snapshot.path, hasOverrides ? "--overrides" : "--new-overrides", overrides.path,
                    "--display", "schema/schema.json", "--output", output.path,
                    "--target", display(target.directoryURL),
                ] + (inputs.contains(own) ? ["--target-overrides", own.path, "--target-display", display(own)] : [])
                    + queries.flatMap { ["--query-file", $0.path] },
                inputFiles: inputs + queries,
                outputFiles: Self.outputs.map { output.appending(path: $0) })
        ]
    }

    /// The files of named queries, in an order that is always the same.
    private static func queries(in folder: URL) -> [URL] {
        let paths = FileManager.default.subpaths(atPath: folder.path) ?? []
        return paths.filter { $0.hasSuffix(".sql") }.sorted().map { folder.appending(path: $0) }
    }

    /// Every file that the generator writes; the list must not depend on the schema (see `OutputFiles`).
    private static let outputs =
        (0..<16).map { "Rows\($0 < 10 ? "0" : "")\($0).swift" } + ["Queries.swift", "Schema.swift"]
}
