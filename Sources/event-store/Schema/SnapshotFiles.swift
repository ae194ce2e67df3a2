import Foundation
import SQLSchema

/// The files that a snapshot is written to.
struct SnapshotFiles {
    let folder: String

    /// The snapshot that the build reads, and the schema of each dialect as SQL for people.
    func contents(of snapshot: SchemaSnapshot) -> [(path: String, text: String)] {
        [("\(folder)/schema.json", String(decoding: snapshot.encoded(), as: UTF8.self))]
            + snapshot.dialects.sorted { $0.key < $1.key }.map { dialect, part in
                ("\(folder)/\(dialect.rawValue).sql", part.catalog.sql(in: dialect))
            }
    }

    /// The files that are not those of a snapshot.
    func stale(against snapshot: SchemaSnapshot) -> [String] {
        contents(of: snapshot).filter { text(at: $0.path) != $0.text }.map(\.path) + superfluous(for: snapshot)
    }

    /// The files that were written for a dialect that the snapshot no longer has.
    func superfluous(for snapshot: SchemaSnapshot) -> [String] {
        Dialect.allCases.filter { snapshot.dialects[$0] == nil }.map { "\(folder)/\($0.rawValue).sql" }
            .filter { text(at: $0)?.hasPrefix(Catalog.sqlHeader) == true }
    }

    /// The text of a file, or nil when it is not there.
    func text(at path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
