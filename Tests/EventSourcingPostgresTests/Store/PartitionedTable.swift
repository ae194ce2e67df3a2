import EventSourcingPostgres
import Foundation
import SQLMigrations
import TestSupport

/// The standard tables with events in 8 partitions, by the migration that the documentation shows.
enum PartitionedTable {
    /// - Parameter withEvents: whether there are 20 events that move into the partitions.
    static func create(in configuration: PostgresConfiguration, withEvents: Bool = true) async throws {
        let folder = Checkout.folder.appending(path: "migrations/postgres").path
        let standard = try MigrationFolder.load(path: folder, dialect: .postgres)
        let partition = try Migration(
            path: "20990101000000_partition_events.sql", bytes: Array(try documented().utf8), dialect: .postgres)
        let connection = try await PostgresAsyncConnection.connect(configuration)
        try await connection.run { connection in
            try Migrator(database: connection, migrations: standard, tool: "test").up()
            try connection.execute(
                """
                INSERT INTO events (aggregate_id, version, event_id, type, source)
                SELECT 'before-' || n, 1, 'e', 'T', '/tests' FROM generate_series(1, \(withEvents ? 20 : 0)) AS n
                """)
            try Migrator(database: connection, migrations: standard + [partition], tool: "test").up()
            // A store that knows only the standard migrations would otherwise refuse to apply what is pending.
            try connection.execute("DELETE FROM \(MigrationHistory.tableName) WHERE version = \(partition.version)")
        }
        await connection.close()
    }

    private static func documented() throws -> String {
        let page = try Checkout.read("Sources/EventSourcingPostgres/Documentation.docc/Store.md")
        guard let block = page.firstMatch(of: /(?s)```sql postgres\n(.*?)```/) else {
            throw CocoaError(.fileReadCorruptFile)
        }
        return String(block.1)
    }
}
