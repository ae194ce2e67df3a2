import ArgumentParser
import EventSourcingSQLite
import Foundation
import SQLMigrations

/// Where the migrations are.
struct MigrationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder with a folder of migrations for each dialect, or with the migrations of a single one.",
            valueName: "folder"))
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
        try files(dialect).migrations()
    }

    /// The files of a dialect, which are read and checked when they are first needed.
    ///
    /// They are in the folder of the dialect or, without one, in the given folder, as they are in dbmate's `db/migrations`.
    func files(_ dialect: Dialect) throws -> MigrationFiles {
        let folder = folder(for: dialect)
        if !FileManager.default.fileExists(atPath: folder),
            let files = try? MigrationFolder.files(path: migrations, dialect: dialect), !files.isEmpty
        {
            return files
        }
        return try MigrationFolder.files(path: folder, dialect: dialect)
    }
}
