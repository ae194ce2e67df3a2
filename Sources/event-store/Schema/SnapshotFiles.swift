import Foundation
import SQLSchema

/// The files that a snapshot is written to.
struct SnapshotFiles {
    let folder: String

    /// The snapshot that the build reads, the schema of each dialect as SQL for people, and the events tables as BigQuery
    /// has them where somebody wants that.
    func contents(of snapshot: SchemaSnapshot) throws -> [(path: String, text: String)] {
        try [("\(folder)/schema.json", String(decoding: snapshot.encoded(), as: UTF8.self))]
            + snapshot.dialects.sorted { $0.key < $1.key }.map { dialect, part in
                ("\(folder)/\(dialect.rawValue).sql", part.catalog.sql(in: dialect))
            } + bigQueryContents(of: snapshot)
    }

    private func bigQueryContents(of snapshot: SchemaSnapshot) throws -> [(path: String, text: String)] {
        #if GoogleCloud
            let files = BigQueryFiles(folder: folder)
            return files.areWanted ? try files.contents(of: snapshot) : []
        #else
            return []
        #endif
    }

    /// The files that are not those of a snapshot.
    func stale(against snapshot: SchemaSnapshot) throws -> [String] {
        try contents(of: snapshot).filter { text(at: $0.path) != $0.text }.map(\.path) + superfluous(for: snapshot)
    }

    /// The files that were written for a dialect, or a table of BigQuery, that the snapshot no longer has.
    func superfluous(for snapshot: SchemaSnapshot) throws -> [String] {
        try Dialect.allCases.filter { snapshot.dialects[$0] == nil }.map { "\(folder)/\($0.rawValue).sql" }
            .filter { text(at: $0)?.hasPrefix(Catalog.sqlHeader) == true }
            + superfluousBigQueryFiles(for: snapshot)
    }

    private func superfluousBigQueryFiles(for snapshot: SchemaSnapshot) throws -> [String] {
        #if GoogleCloud
            let known = Set(try bigQueryContents(of: snapshot).map(\.path))
            return BigQueryFiles(folder: folder).existing.filter { !known.contains($0) }
        #else
            return []
        #endif
    }

    /// The text of a file, or nil when it is not there.
    func text(at path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
