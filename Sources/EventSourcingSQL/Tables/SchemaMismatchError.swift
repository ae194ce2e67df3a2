import SQLSchema

/// A database whose schema is not the one that the store's code was generated from; nothing was changed.
public struct SchemaMismatchError: Error, Hashable, Sendable {
    /// The database, without any password.
    public let database: String
    /// The file names of the migrations that have not been applied.
    public let pendingMigrations: [String]
    /// Each `table.column` that differs, with what was expected and what is there.
    public let differences: [String]

    /// Creates the error; stores do.
    public init(database: String, pendingMigrations: [String], differences: [String]) {
        self.database = database
        self.pendingMigrations = pendingMigrations
        self.differences = differences
    }
}

extension SchemaMismatchError: CustomStringConvertible {
    /// Every pending migration and every column that differs, a line each.
    public var description: String {
        var lines = ["\(database): the schema is not the one that this program was built for"]
        lines += pendingMigrations.map { "  pending: \($0)" }
        lines += differences.map { "  differs: \($0)" }
        lines.append(
            pendingMigrations.isEmpty
                ? "  start a program that was built for this schema, or migrate the database to the one of this program"
                : "  apply them with: event-store migrate up")
        return lines.joined(separator: "\n")
    }
}
