import Foundation
import SQLMigrations
import SQLSchema

/// The schema snapshot of the project that the doctor is called in.
struct ProjectSnapshot {
    let path: String
    let content: SchemaSnapshot

    /// Reads it; nil when there is none.
    ///
    /// - Throws: `InvalidSchemaError` with everything that is wrong in it.
    init?(folder: String) throws {
        path = "\(folder)/schema.json"
        guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
        content = try SnapshotFile(Array(bytes), path: path).snapshot
    }

    /// Whether it is what the migrations give.
    func freshness(folder: String, options: MigrationOptions) -> Finding {
        guard Dialect.allCases.contains(where: { FileManager.default.fileExists(atPath: options.folder(for: $0)) })
        else { return .ok(.schemaSnapshot, "\(path) is there; no folder of migrations to hold it against") }
        return .of(.schemaSnapshot) {
            let expected = try SnapshotBuilder.buildOffline(
                options: options, queries: QueryOptions.standard, other: content)
            let stale = try SnapshotFiles(folder: folder).stale(against: expected)
            guard !stale.isEmpty else { return .ok(.schemaSnapshot, "\(path) is what the migrations give") }
            return .warning(
                .schemaSnapshot, "\(stale.joined(separator: ", ")): not what the migrations give",
                advice: "write it anew with: event-store schema dump", facts: [.list("stale", stale)])
        }
    }
}
