import EventSourcingSQLite
import StandardSchema

/// Whether the standard migrations may be applied to a database.
enum StorePolicy {
    /// A database that other migrations have shaped is used as it is, if its tables fit; ours would not belong there.
    static func choose(path: String) throws -> MigrationPolicy {
        let connection = try SQLiteConnection(path: path)
        let ours = Set((Schema.embedded.migrations[.sqlite] ?? []).map(\.name))
        let history = try connection.historyExists() ? connection.readHistory() : []
        return history.allSatisfy { ours.contains($0.name) } ? .apply : .verify
    }
}
