import ArgumentParser
import EventSourcingSQLite
import Foundation
import SQLMigrations

/// Where the migrations are.
struct MigrationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The folder with a folder of migrations for each dialect.", valueName: "folder"))
    var migrations = "migrations"

    /// The folder of a dialect.
    func folder(for dialect: Dialect) -> String {
        migrations.hasSuffix("/") ? migrations + dialect.rawValue : "\(migrations)/\(dialect.rawValue)"
    }

    /// The migrations of one dialect.
    struct DialectMigrations {
        let dialect: Dialect
        let migrations: [Migration]
    }

    /// The dialects that have a folder; that of SQLite comes first, because it is the faster one to try.
    var dialects: [Dialect] {
        [.sqlite, .postgres].filter { FileManager.default.fileExists(atPath: folder(for: $0)) }
    }

    /// The migrations of every dialect that has a folder, checked.
    func loadAll() throws -> [DialectMigrations] {
        let known = dialects
        // Without any, the error names the folder that is missing.
        return try (known.isEmpty ? [.sqlite] : known).map { DialectMigrations(dialect: $0, migrations: try load($0)) }
    }

    /// All migrations of a dialect, checked.
    func load(_ dialect: Dialect) throws -> [Migration] {
        try MigrationFolder.load(path: folder(for: dialect), dialect: dialect)
    }
}
