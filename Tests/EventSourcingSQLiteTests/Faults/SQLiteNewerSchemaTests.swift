import EventSourcingSQLite
import SQLSchema
import SQLiteTestSupport
import TestSupport
import Testing

@Suite("A SQLite store on a database of a newer program")
struct SQLiteNewerSchemaTests {
    private let folder: TemporaryFolder
    private let database: Database
    private let connection: SQLiteConnection

    init() throws {
        folder = try TemporaryFolder()
        database = try Database(folder)
        connection = try SQLiteConnection(path: database.path)
        try connection.execute(
            """
            INSERT INTO schema_history SELECT 99990101000000, (SELECT max(sequence) + 1 FROM schema_history),
                '99990101000000_later.sql', checksum, state, 1, 1, 1, tool, applied_by, started_at, duration, NULL
                FROM schema_history WHERE sequence = 1
            """)
    }

    /// What the database is, but for the events.
    private func schema() throws -> String {
        "\(try connection.catalog()) \(try connection.readHistory())"
    }

    @Test("is not migrated by an older program, which says what to do", arguments: EitherStore.Kind.allCases)
    func applying(kind: EitherStore.Kind) async throws {
        let before = try schema()
        let attempts = await EitherStore(kind, path: database.path).attempts(.apply)
        #expect(attempts.map(\.error) == ["MigrationError.missing"])
        #expect(attempts[0].text.contains(database.path))
        #expect(
            attempts[0].text.contains(
                "start a newer build, or one that only verifies: initialize(migrations: .verify)"))
        #expect(try schema() == before)
    }

    @Test(
        "serves an older program that only verifies, as long as the columns fit", arguments: EitherStore.Kind.allCases)
    func verifying(kind: EitherStore.Kind) async throws {
        try connection.execute("ALTER TABLE events ADD COLUMN note TEXT")
        let before = try schema()
        let attempts = await EitherStore(kind, path: database.path).attempts(.verify)
        #expect(attempts.map(\.error) == [nil, nil, nil])
        #expect(attempts.map(\.text) == ["()", "kept", "2"])
        #expect(try schema() == before)
    }

    @Test("refuses an older program that its columns do not fit, and names them", arguments: EitherStore.Kind.allCases)
    func misfit(kind: EitherStore.Kind) async throws {
        try connection.execute("ALTER TABLE events ADD COLUMN tenant TEXT NOT NULL DEFAULT ''")
        try connection.execute("ALTER TABLE events RENAME COLUMN subject TO about")
        let before = try schema()
        let attempts = await EitherStore(kind, path: database.path).attempts(.verify)
        #expect(attempts.map(\.error) == ["SchemaMismatchError"])
        #expect(attempts[0].text.contains("differs: events.subject: expected TEXT, there is no such column"))
        #expect(attempts[0].text.contains("start a program that was built for this schema, or migrate the database"))
        #expect(try schema() == before)
    }
}
