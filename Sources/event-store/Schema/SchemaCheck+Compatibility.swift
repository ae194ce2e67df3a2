import Foundation
import SQLSchema

extension SchemaCommand.Check {
    /// Fails when a program that was built from an earlier snapshot does not work on the new schema.
    ///
    /// - Parameter earlier: a file, or a revision of Git in which the snapshot is looked up.
    static func checkCompatibility(of earlier: String, in folder: String, with new: SchemaSnapshot) throws {
        let old = try snapshot(earlier, in: folder)
        let problems = Dialect.allCases.flatMap { dialect -> [String] in
            guard let old = old.dialects[dialect]?.catalog else { return [] }
            let catalog = new.dialects[dialect]?.catalog ?? Catalog()
            return SchemaCompatibility(of: old, on: catalog).problems.map { "\(dialect.rawValue): \($0)" }
        }
        guard problems.isEmpty else {
            for line in problems { print(line) }
            throw CheckFailure(
                description: "a program built from \(earlier) does not work on this schema; make the change in steps, "
                    + "the last one when no such program runs any more")
        }
        print("a program built from \(earlier) works on this schema")
    }

    private static func snapshot(_ earlier: String, in folder: String) throws -> SchemaSnapshot {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: earlier, isDirectory: &isFolder), !isFolder.boolValue {
            guard let bytes = FileManager.default.contents(atPath: earlier) else {
                throw UsageError("\(earlier): the file cannot be read")
            }
            return try SnapshotFile(Array(bytes), path: earlier).snapshot
        }
        let path = "\(folder)/schema.json"
        let bytes = try GitFile.contents(of: path, at: earlier)
        return try SnapshotFile(Array(bytes), path: "\(earlier):\(path)").snapshot
    }
}
