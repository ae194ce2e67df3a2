import EventSourcingSQLite
import SQLMigrations
import Testing

@Suite("Migrations on SQLite")
struct SQLiteMigrationTests {
    private let connection: SQLiteConnection

    init() throws {
        connection = try SQLiteConnection(path: ":memory:")
    }

    private func migrate(_ texts: String...) throws {
        let migrations = try texts.enumerated().map { index, text in
            try Migration(path: "\(index + 1)_x.sql", bytes: Array("-- migrate:up\n\(text)\n".utf8), dialect: .sqlite)
        }
        try Migrator(database: connection, migrations: migrations, tool: "test").up()
    }

    private let family = """
        CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT) STRICT;
        CREATE TABLE child (parent INTEGER NOT NULL REFERENCES parent (id) ON DELETE CASCADE) STRICT;
        INSERT INTO parent VALUES (1, 'x');
        INSERT INTO child VALUES (1), (1);
        """

    @Test("rebuild a table without deleting the rows that refer to it")
    func rebuild() throws {
        try migrate(
            family,
            """
            CREATE TABLE next (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
            INSERT INTO next SELECT * FROM parent;
            DROP TABLE parent;
            ALTER TABLE next RENAME TO parent;
            """)
        #expect(try connection.prepare("SELECT count(*) FROM child").first { try $0.int64(at: 0) } == 2)
        #expect(try connection.prepare("PRAGMA foreign_keys").first { try $0.int64(at: 0) } == 1)
    }

    @Test("refuse to leave a reference behind that leads nowhere, and roll back")
    func dangling() throws {
        #expect {
            try migrate(family, "DELETE FROM parent;")
        } throws: { "\($0)".contains("row 1 of child refers to a row of parent that is not there") }
        #expect(try connection.prepare("SELECT count(*) FROM parent").first { try $0.int64(at: 0) } == 1)
        #expect(try connection.readHistory().map(\.version) == [1])
    }

    @Test("are known by their checksums, when all of them are applied")
    func checksums() throws {
        try migrate(family)
        #expect(try connection.appliedChecksums() == connection.readHistory().first.map { [1: $0.checksum] })
        for state in MigrationRecord.State.allCases where state != .applied {
            try connection.execute("UPDATE schema_history SET state = '\(state.rawValue)'")
            #expect(try connection.appliedChecksums() == nil)
        }
    }
}
