import Foundation
import SQLSchema

/// The files of named queries, which the snapshot must know as they are.
enum QueryFiles {
    /// Compares the files of a target with what the databases have typed.
    ///
    /// - Throws: `InvalidSchemaError` at each query that is not in the snapshot, or is there with another text.
    static func check(_ files: [String], of target: String, against snapshot: SchemaSnapshot) throws {
        var diagnostics: [SchemaDiagnostic] = []
        for path in files {
            guard let bytes = FileManager.default.contents(atPath: path) else { continue }
            // The folder of the package may lie below one of the same name.
            let range = path.ranges(of: "/\(target)/queries/").last
            let display = range.map { String(path[$0.lowerBound...].dropFirst()) } ?? path
            for query in try QueryFile(Array(bytes), path: display).queries {
                let known = snapshot.queries.first { $0.file == display && $0.name == query.name }
                guard known?.checksum != query.checksum else { continue }
                let change = known == nil ? "is not in the schema snapshot" : "has changed since the schema was dumped"
                diagnostics.append(
                    SchemaDiagnostic("'\(query.name)' \(change); run: event-store schema dump", at: query.location))
            }
        }
        if !diagnostics.isEmpty { throw InvalidSchemaError(diagnostics) }
    }
}
