import EventSourcingSQLite
import Foundation
import SQLMigrations
import SQLSchema

/// Makes the snapshot by applying the migrations to an empty database and asking it what it has.
struct SnapshotBuilder {
    let options: MigrationOptions

    func build() throws -> SchemaSnapshot {
        guard !FileManager.default.fileExists(atPath: options.folder(for: .postgres)) else {
            throw UsageError("\(options.folder(for: .postgres)): migrations for PostgreSQL are not supported yet")
        }
        return SchemaSnapshot(dialects: [.sqlite: try buildSQLite()])
    }

    private func buildSQLite() throws -> DialectSnapshot {
        let migrations = try options.load(.sqlite)
        let connection = try SQLiteConnection(path: ":memory:")
        try Migrator(database: connection, migrations: migrations, tool: ToolVersion.commandLine).up()
        let catalog = try connection.catalog(excluding: [MigrationHistory.tableName])
        return DialectSnapshot(catalog: catalog, migrations: migrations.map(\.embedded))
    }
}

/// The files that a snapshot is written to.
struct SnapshotFiles {
    let folder: String

    /// The snapshot that the build reads, and the schema of each dialect as SQL for people.
    func contents(of snapshot: SchemaSnapshot) -> [(path: String, text: String)] {
        [("\(folder)/schema.json", String(decoding: snapshot.encoded(), as: UTF8.self))]
            + snapshot.dialects.sorted { $0.key < $1.key }.map { dialect, part in
                ("\(folder)/\(dialect.rawValue).sql", part.catalog.sql)
            }
    }

    /// The files that are not those of a snapshot.
    func stale(against snapshot: SchemaSnapshot) -> [String] {
        contents(of: snapshot).filter { text(at: $0.path) != $0.text }.map(\.path)
    }

    /// The text of a file, or nil when it is not there.
    func text(at path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}

extension Catalog {
    /// The statements that create everything, as the database keeps them.
    fileprivate var sql: String {
        var statements: [String] = []
        for table in tables {
            statements.append(table.definition)
            statements += table.indexes.map(\.definition)
            statements += table.triggers.map(\.definition)
        }
        statements += views.map(\.definition)
        let header = "-- Written by `event-store schema dump` from the migrations; do not edit.\n"
        return header + statements.map { "\n\($0);\n" }.joined()
    }
}
