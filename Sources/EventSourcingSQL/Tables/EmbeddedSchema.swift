public import SQLSchema

/// The migrations that a generated module was made from, for each dialect that the schema has.
///
/// A store that is built on the module's tables applies the same list into the same history as the command line does.
public struct EmbeddedSchema: Sendable {
    /// The migrations of each dialect in the order of their versions.
    public let migrations: [Dialect: [EmbeddedMigration]]

    /// Creates the value; generated code does.
    public init(migrations: [Dialect: [EmbeddedMigration]]) {
        self.migrations = migrations
    }
}
