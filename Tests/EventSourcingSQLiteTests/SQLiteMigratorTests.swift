import EventSourcingSQLite
import SQLMigrations
import SQLSchema
import TestSupport
import Testing

@Suite("The migrator of SQLite")
struct SQLiteMigratorTests {
    private let folder: TemporaryFolder
    private let migrations: [Migration]

    init() throws {
        folder = try TemporaryFolder()
        migrations = try ["a", "b"].enumerated().map { index, name in
            let text = "-- migrate:up\nCREATE TABLE \(name) (id INTEGER);\n-- migrate:down\nDROP TABLE \(name);\n"
            return try Migration(path: "\(index + 1)_x.sql", bytes: Array(text.utf8), dialect: .sqlite)
        }
    }

    @Test("applies, finds, plans and undoes")
    func whole() throws {
        let path = folder.file("test.db")
        let events = Recorder<MigrationEvent>()
        let migrator = SQLiteMigrator(path: path, migrations: migrations) { events.append($0) }
        // Only what applies creates a file.
        #expect(throws: DatabaseError.self) { try migrator.status() }
        #expect(throws: DatabaseError.self) { try migrator.tryUp() }
        #expect(!folder.exists("test.db"))
        try migrator.up(to: 1)
        #expect(try migrator.findings().map(\.code) == [.pending])
        #expect(try migrator.plan().statements.map(\.statement.text) == ["CREATE TABLE b (id INTEGER)"])
        #expect(try migrator.tryUp().map(\.version) == [2])
        #expect(try migrator.status().map(\.state) == [.applied, .pending])
        try migrator.up()
        #expect(try migrator.findings().isEmpty)
        try migrator.down(.after(0))
        #expect(try migrator.status().map(\.state) == [.pending, .pending])
        #expect(events.values.count { if case .undone = $0 { true } else { false } } == 2)
    }
}
