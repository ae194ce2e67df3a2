import Foundation
import SQLSchema

/// The files of named queries of a package: `queries` in the folder of each target.
///
/// A file in `queries/postgres` or `queries/sqlite` is for that database alone; any other one is for each database that
/// has migrations.
struct QueryFolder {
    /// The folder that has a folder for each target.
    let sources: String

    /// The files, read and cut into queries.
    ///
    /// - Throws: `InvalidSchemaError` with everything that is wrong in any of them.
    func load() throws -> [QueryFile] {
        var files: [QueryFile] = []
        var diagnostics: [SchemaDiagnostic] = []
        for path in paths() {
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw UsageError("\(path): the file cannot be read")
            }
            do throws(InvalidSchemaError) {
                files.append(try QueryFile(Array(bytes), path: path))
            } catch {
                diagnostics += error.diagnostics
            }
        }
        if !diagnostics.isEmpty { throw InvalidSchemaError(diagnostics) }
        return files
    }

    private func paths() -> [String] {
        let targets = (try? FileManager.default.contentsOfDirectory(atPath: sources)) ?? []
        return targets.sorted().flatMap { target -> [String] in
            let folder = "\(sources)/\(target)/queries"
            let paths = FileManager.default.subpaths(atPath: folder) ?? []
            return paths.filter { $0.hasSuffix(".sql") }.sorted().map { "\(folder)/\($0)" }
        }
    }

    /// The dialects that a file is for, among those that have migrations.
    static func dialects(of path: String, among known: [Dialect]) -> [Dialect] {
        let folders = path.split(separator: "/")
        guard let queries = folders.lastIndex(of: "queries"), queries + 1 < folders.count else { return known }
        guard let only = Dialect(rawValue: String(folders[queries + 1])) else { return known }
        return known.filter { $0 == only }
    }
}
