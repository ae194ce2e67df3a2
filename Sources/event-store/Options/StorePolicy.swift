import EventSourcingSQLite
import SQLMigrations
import StandardSchema

/// Whether the standard migrations may be applied to a database.
enum StorePolicy {
    /// A database that other migrations have shaped is used as it is, if its tables fit; ours would not belong there.
    static func choose(_ database: some MigrationDatabase) throws -> MigrationPolicy {
        let ours = Set((Schema.embedded.migrations[database.dialect] ?? []).map(\.name))
        let history = try database.historyExists() ? database.readHistory() : []
        return history.allSatisfy { ours.contains($0.name) } ? .apply : .verify
    }
}
