import EventSourcing
import EventSourcingSQL
import SQLMigrations
import SQLSchema

/// Brings a database to the schema that a store's code was generated from, or checks that it is there.
struct SQLiteSchemaSetup<Columns: EventColumns> {
    let connection: SQLiteConnection
    let mapping: SQLiteMapping<Columns>

    func prepare(_ policy: MigrationPolicy) throws {
        switch policy {
        case .apply:
            do {
                try migrator(toleratesNewer: false).up()
            } catch let error as MigrationError where error.code == .missing {
                throw MigrationError.newerDatabase(connection.path, missing: error.problems.count)
            }
            try check(pending: [])
        case .verify:
            let plan = try migrator(toleratesNewer: true).plan()
            // A database may have more migrations than this code knows; whether its tables fit is what counts.
            let tolerated: Set<MigrationError.Code> = [.missing, .outOfOrder]
            if let error = MigrationError(plan.problems.filter { !tolerated.contains($0.code) }) { throw error }
            try check(pending: plan.pending.map(\.name))
        }
    }

    private func migrator(toleratesNewer: Bool) throws -> Migrator {
        let migrations = try Migration.all(embedded: mapping.schema.migrations[.sqlite] ?? [], dialect: .sqlite)
        return Migrator(
            database: connection, migrations: migrations, toleratesNewer: toleratesNewer)
    }

    private func check(pending: [String]) throws {
        // The rest of the database is not the store's, and may have parts that it cannot even look at.
        let differences = mapping.differences(try connection.catalog(of: mapping.tableNames))
        guard pending.isEmpty, differences.isEmpty else {
            throw SchemaMismatchError(
                database: connection.path, pendingMigrations: pending, differences: differences)
        }
    }
}
