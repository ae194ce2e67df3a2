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
        try MigrationFolder.load(path: filesFolder(for: dialect), dialect: dialect)
    }

    /// The folder that has the files of a dialect: the one of the dialect, or, without one, the given folder when the
    /// files are in it, as they are in dbmate's `db/migrations`.
    private func filesFolder(for dialect: Dialect) -> String {
        let folder = folder(for: dialect)
        guard !FileManager.default.fileExists(atPath: folder) else { return folder }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: migrations)) ?? []
        return names.contains { $0.hasSuffix(".sql") } ? migrations : folder
    }
}
