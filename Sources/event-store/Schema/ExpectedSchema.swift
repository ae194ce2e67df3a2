import SQLMigrations
import SQLSchema

/// What a live database should have, as far as that can be told from its history.
enum ExpectedSchema {
    /// The catalog, where it is from, and the migrations that give it.
    case catalog(Catalog, place: String, [Migration])
    /// Why it cannot be told: "while a migration is half done".
    case unknown(String)

    /// Finds out.
    ///
    /// A database that has exactly the snapshot's migrations is held against the snapshot; any other against what those
    /// migrations give that it has, so that one that is pending is no difference.
    init(
        of database: any ExaminedDatabase, dialect: Dialect, history: [MigrationRecord], snapshot: ProjectSnapshot?,
        known: [Migration]
    ) throws {
        let applied = history.filter { $0.state == .applied }
        guard !history.isEmpty else {
            self = .unknown("before a migration is applied")
            return
        }
        guard applied.count == history.count else {
            self = .unknown("while a migration is half done")
            return
        }
        let migrations = known.filter { migration in
            applied.contains { $0.version == migration.version && $0.checksum == migration.checksum }
        }
        if let snapshot, let part = snapshot.content.dialects[dialect],
            Set(part.migrations.map(\.checksum)) == Set(applied.map(\.checksum.description))
        {
            self = .catalog(part.catalog, place: snapshot.path, migrations)
            return
        }
        guard migrations.count == applied.count else {
            self = .unknown("because the text of some applied migrations is not known here")
            return
        }
        let catalog = try database.catalogs(afterEach: migrations).last ?? Catalog()
        self = .catalog(catalog, place: "what the applied migrations give", migrations)
    }
}
