import EventSourcingSQLite
import SQLMigrations
import SQLSchema

/// A SQLite database in memory that migrations are tried on.
///
/// SQLite tells nothing of locks, of which there is one for all; what a statement does to rows is seen in the rows.
final class SQLiteShadow: ShadowDatabase {
    let connection: SQLiteConnection

    var dialect: Dialect { .sqlite }

    init(_ connection: SQLiteConnection) {
        self.connection = connection
    }

    func catalog() throws -> Catalog {
        try connection.catalog(excluding: [MigrationHistory.tableName])
    }

    func begin() throws { try connection.begin() }

    func commit() throws { try connection.commit() }

    func rollback() throws { try connection.rollback() }

    // MARK: Observation

    func observe(_ statement: SQLStatement) throws -> StatementObservation {
        let catalog = try catalog()
        let before = try SQLiteShadowState(connection, catalog)
        let error = try refusal(of: statement)
        let changed = try self.catalog()
        let after = try SQLiteShadowState(connection, changed)
        return StatementObservation(
            before: catalog, after: changed, effects: before.effects(until: after),
            renamed: before.renames(until: after), error: error)
    }

    private func refusal(of statement: SQLStatement) throws -> DatabaseError? {
        let isInTransaction = connection.isInTransaction
        do {
            if isInTransaction { try connection.execute("SAVEPOINT lint") }
            try connection.execute(statement.text)
            if isInTransaction { try connection.execute("RELEASE lint") }
            return nil
        } catch let error as DatabaseError {
            if isInTransaction {
                // What rolls the whole transaction back leaves nothing to go on with.
                guard connection.isInTransaction else { throw error }
                try connection.execute("ROLLBACK TO lint")
                try connection.execute("RELEASE lint")
            }
            return error
        }
    }

    // MARK: Rows

    func fill() throws -> [RelationName: String] {
        // A file may have switched them off, and the next one begins with them.
        try connection.execute("PRAGMA foreign_keys = ON")
        try connection.execute("PRAGMA recursive_triggers = ON")
        let catalog = try catalog()
        let values = SampleValues(catalog: catalog, dialect: .sqlite)
        var unfilled: [RelationName: String] = [:]
        for table in catalog.tablesInOrderOfReferences where try isEmpty(table) {
            unfilled[table.name] = try fill(table, values)
        }
        return unfilled
    }

    private func isEmpty(_ table: Table) throws -> Bool {
        try connection.prepare("SELECT count(*) FROM \(table.name.quoted)").first { try $0.int64(at: 0) } == 0
    }

    private func fill(_ table: Table, _ values: SampleValues) throws -> String? {
        var reason: String?
        for extent in SampleValues.Extent.allCases {
            do {
                try connection.execute("SAVEPOINT fill")
                for number in 1...SampleValues.rowCount {
                    try connection.execute(values.insert(into: table, number: number, extent))
                }
                try connection.execute("RELEASE fill")
                return nil
            } catch let error as DatabaseError {
                try connection.execute("ROLLBACK TO fill")
                try connection.execute("RELEASE fill")
                reason = reason ?? error.message
            }
        }
        return reason
    }

    func clear() throws {
        let triggers = try connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all { row in
            (name: try row.string(at: 0), definition: try row.string(at: 1))
        }
        for trigger in triggers { try connection.execute("DROP TRIGGER \(SQLIdentifier.quoted(trigger.name))") }
        // Those that refer to others come after them.
        for table in try catalog().tablesInOrderOfReferences.reversed() {
            try connection.execute("DELETE FROM \(table.name.quoted)")
        }
        for trigger in triggers { try connection.execute(trigger.definition) }
    }
}
