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

    /// All migrations of a dialect, checked.
    func load(_ dialect: Dialect) throws -> [Migration] {
        try MigrationFolder.load(path: folder(for: dialect), dialect: dialect)
    }
}
