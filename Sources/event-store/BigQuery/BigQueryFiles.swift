#if GoogleCloud
    import EventSourcingGoogleCloud
    import Foundation
    import SQLSchema

    /// The files in the folder of the snapshot that say what becomes of it in BigQuery, and those that show it.
    struct BigQueryFiles {
        let folder: String

        private func bytes(of name: String) -> [UInt8]? {
            FileManager.default.contents(atPath: "\(folder)/\(name)").map { Array($0) }
        }

        func overrides(for snapshot: SchemaSnapshot) throws -> OverrideFile {
            guard let bytes = bytes(of: "overrides.json") else { return .none }
            return try OverrideFile(bytes, path: "\(folder)/overrides.json", for: snapshot)
        }

        func settings() throws -> BigQuerySettings {
            guard let bytes = bytes(of: "bigquery.json") else { return .none }
            return try BigQuerySettings(bytes, path: "\(folder)/bigquery.json")
        }

        func mappings(of snapshot: SchemaSnapshot) throws -> [BigQueryMapping] {
            try Self.mappings(of: snapshot, overrides: try overrides(for: snapshot), settings: try settings())
        }

        static func mappings(
            of snapshot: SchemaSnapshot, overrides: OverrideFile, settings: BigQuerySettings
        ) throws -> [BigQueryMapping] {
            try BigQueryMapper(
                catalogs: snapshot.dialects.mapValues(\.catalog), overrides: overrides, settings: settings
            ).mappings()
        }

        /// Whether there is a place for the files, or something is said about the tables.
        var areWanted: Bool {
            ["bigquery", "bigquery.json"].contains { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
        }

        /// The files that are there.
        var existing: [String] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/bigquery")) ?? []
            return names.filter { $0.hasSuffix(".json") }.sorted().map { "\(folder)/bigquery/\($0)" }
        }

        /// The files that show it.
        func contents(of snapshot: SchemaSnapshot) throws -> [(path: String, text: String)] {
            try mappings(of: snapshot).map { mapping in
                var lines: [UInt8] = []
                try PrettyJSON.append(Array(mapping.tableJSON.utf8), margin: 0, isForTerminal: false, to: &lines)
                return ("\(folder)/bigquery/\(mapping.name).json", String(decoding: lines, as: UTF8.self) + "\n")
            }
        }
    }
#endif
