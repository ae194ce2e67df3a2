package import EventSourcingPostgres
package import SQLSchema

/// A database that events are exported from.
package enum ExportDatabase: Sendable {
    /// A SQLite file.
    case sqlite(path: String)
    /// A database on a PostgreSQL server.
    case postgres(PostgresConfiguration)

    func source() throws -> any ExportSource {
        switch self {
        case .sqlite(let path): try SQLiteExportSource(path: path)
        case .postgres(let configuration): PostgresExportSource(configuration)
        }
    }

    /// Which dialect it speaks.
    package var dialect: Dialect {
        switch self {
        case .sqlite: .sqlite
        case .postgres: .postgres
        }
    }

    /// What the database has.
    package func catalog() async throws -> Catalog {
        let source = try source()
        let catalog = try await source.catalog()
        await source.close()
        return catalog
    }
}
