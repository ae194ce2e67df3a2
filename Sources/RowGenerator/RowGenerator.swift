public import SQLSchema

/// Turns a schema snapshot into Swift: a row mapper for each table, and the migrations that the schema came from.
///
/// It reads and writes no files, so that the plugin's tool, the command line and the tests share it.
public enum RowGenerator {
    /// A file of Swift text.
    public struct File: Hashable, Sendable {
        /// The file's name: `Rows07.swift`.
        public let name: String
        /// What stands in it.
        public let text: String
    }

    /// Generates all files, always the same ones, some perhaps without any code.
    ///
    /// - Parameter target: the folder of the target, from the package's folder on, whose named queries get code:
    ///   `Sources/Shop`; nil for those of all targets.
    /// - Throws: `InvalidSchemaError` with everything that has no Swift, each with its place.
    public static func files(
        for snapshot: SnapshotFile, overrides: OverrideFile, target: String? = nil
    ) throws(InvalidSchemaError) -> [File] {
        var resolver = TableResolver(snapshot, overrides: overrides, target: target)
        let schema = try resolver.resolve()
        return OutputFiles.rows(of: schema)
            + [OutputFiles.queries(of: schema), OutputFiles.schema(of: snapshot.snapshot, schema.access)]
    }
}
