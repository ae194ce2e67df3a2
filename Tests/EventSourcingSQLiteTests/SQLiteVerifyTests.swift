import EventSourcingSQLite
import SQLSchema
import TestSupport
import Testing

@Suite("A SQLite store that only verifies the schema")
struct SQLiteVerifyTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("events.db")
    }

    private func verify() throws {
        let store = SQLiteEventStore(path: path)
        defer { store.close() }
        try store.initialize(migrations: .verify)
        _ = try store.load("a")
    }

    private func migrate() throws -> SQLiteConnection {
        let store = SQLiteEventStore(path: path)
        try store.initialize()
        store.close()
        return try SQLiteConnection(path: path)
    }

    /// Replaces the events table by one with another definition; the history knows nothing of it.
    private func replaceEvents(_ from: String, _ to: String) throws {
        let connection = try migrate()
        let catalog = try connection.catalog()
        let definition = try #require(catalog.table(RelationName("events"))).definition
        try connection.execute("DROP TABLE events")
        try connection.execute(definition.replacing(from, with: to))
    }

    @Test("accepts the schema that the migrations made")
    func fits() throws {
        _ = try migrate()
        try verify()
    }

    @Test("names every pending migration, and changes nothing")
    func pending() throws {
        let connection = try SQLiteConnection(path: path)
        #expect {
            try verify()
        } throws: { error in
            (error as? SchemaMismatchError)?.pendingMigrations
                == [
                    "20261123080000_create_events.sql", "20261123080100_create_snapshots.sql",
                    "20261123080200_create_checkpoints.sql",
                ]
        }
        #expect(try connection.catalog() == Catalog())
    }

    @Test("does not create a database that is not there")
    func missing() throws {
        #expect { try verify() } throws: { ($0 as? DatabaseError)?.code == .cannotOpen }
    }

    @Test(
        "names each column that differs",
        arguments: [
            ("    subject         TEXT,\n", "", "events.subject: expected TEXT, there is no such column"),
            ("data_binary     BLOB", "data_binary     TEXT", "events.data_binary: expected BLOB, found TEXT"),
            (
                "source          TEXT    NOT NULL", "source          TEXT",
                "events.source: expected NOT NULL, found a column that allows NULL"
            ),
            (
                "    subject         TEXT,\n", "    subject TEXT, tenant TEXT NOT NULL,\n",
                "events.tenant: unknown, and NOT NULL without a default"
            ),
        ])
    func differences(from: String, to: String, difference: String) throws {
        try replaceEvents(from, to)
        #expect { try verify() } throws: { ($0 as? SchemaMismatchError)?.differences == [difference] }
    }

    @Test("accepts a database that is ahead, as long as the columns fit")
    func ahead() throws {
        let connection = try migrate()
        try connection.execute("ALTER TABLE events ADD COLUMN note TEXT")
        try connection.execute(
            """
            INSERT INTO schema_history SELECT 99990101000000, 4, '99990101000000_later.sql', checksum, state, 1, 1, 1,
                tool, applied_by, started_at, duration, NULL FROM schema_history WHERE sequence = 1
            """)
        try verify()
        #expect { try SQLiteEventStore(path: path).initialize() } throws: { ($0 as? MigrationError)?.code == .missing }
    }
}
