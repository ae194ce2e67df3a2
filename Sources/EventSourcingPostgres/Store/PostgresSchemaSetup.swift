import EventSourcing
import EventSourcingSQL
import SQLMigrations
import SQLSchema

/// Brings a database to the schema that a store's code was generated from, or checks that it is there.
struct PostgresSchemaSetup<Columns: EventColumns>: Sendable {
    let mapping: PostgresMapping<Columns>

    func prepare(_ policy: MigrationPolicy, on connection: PostgresConnection) throws {
        switch policy {
        case .apply:
            do {
                try migrator(connection, toleratesNewer: false).up()
            } catch let error as MigrationError where error.code == .missing {
                throw MigrationError.newerDatabase(connection.address, missing: error.problems.count)
            }
            try check(connection, pending: [])
        case .verify:
            let plan = try migrator(connection, toleratesNewer: true).plan()
            // A database may have more migrations than this code knows; whether its tables fit is what counts.
            let tolerated: Set<MigrationError.Code> = [.missing, .outOfOrder]
            if let error = MigrationError(plan.problems.filter { !tolerated.contains($0.code) }) { throw error }
            try check(connection, pending: plan.pending.map(\.name))
        }
    }

    private func migrator(_ connection: PostgresConnection, toleratesNewer: Bool) throws -> Migrator {
        let migrations = try Migration.all(embedded: mapping.schema.migrations[.postgres] ?? [], dialect: .postgres)
        return Migrator(
            database: connection, migrations: migrations, toleratesNewer: toleratesNewer)
    }

    private func check(_ connection: PostgresConnection, pending: [String]) throws {
        let differences = mapping.differences(try connection.catalog(includingDetails: false))
        guard pending.isEmpty, differences.isEmpty else {
            throw SchemaMismatchError(
                database: connection.address, pendingMigrations: pending, differences: differences)
        }
    }
}
