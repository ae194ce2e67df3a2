import SQLSchema

/// The SQL that writes and finds rows of a table, in one dialect.
///
/// Names are quoted, and values are parameters in the order in which a row is written: those of `insertedColumns`, and
/// behind them the columns of the key that the database counts up. What the database computes is never written.
public struct RowStatements: Sendable {
    /// Inserts a row and returns it as it is stored, with what the database has decided.
    public let insert: String
    /// Changes the row of the same key and returns it; nil when the table has no key, or nothing beside it.
    public let update: String?
    /// Inserts a row, or changes the one of the same key, and returns it; nil when there is no key, or the database counts
    /// it up.
    public let upsert: String?
    /// Finds the row of a key; nil when there is none.
    public let selectByKey: String?
    /// Deletes the row of a key; nil when there is none.
    public let deleteByKey: String?

    /// Makes the statements of a table in every dialect that has it.
    public static func all<Row: TableRow>(_ row: Row.Type) -> [Dialect: RowStatements] {
        Dictionary(uniqueKeysWithValues: Row.names.keys.map { ($0, RowStatements(row, in: $0)) })
    }

    private init<Row: TableRow>(_ row: Row.Type, in dialect: Dialect) {
        let facts = TableFacts(row, in: dialect, uniqueKeys: [])
        let inserted = Row.insertedColumns
        let key = Row.keyColumns
        let counted = key.filter { !inserted.contains($0) }
        let written = inserted + counted
        func parameter(_ number: Int, for column: String) -> String {
            switch dialect {
            case .sqlite: "?\(number)"
            case .postgres: facts.isCast(column) ? facts.value("$\(number)::text", for: column) : "$\(number)"
            }
        }
        func value(of column: String) -> String {
            parameter((written.firstIndex(of: column) ?? 0) + 1, for: column)
        }
        func assignments(_ columns: [String], _ value: (String) -> String) -> String {
            columns.map { "\(SQLIdentifier.quoted($0)) = \(value($0))" }.joined(separator: ", ")
        }
        func condition(_ value: (String) -> String) -> String {
            key.map { "\(SQLIdentifier.quoted($0)) = \(value($0))" }.joined(separator: " AND ")
        }
        let returning = " RETURNING \(facts.selection())"
        let names = inserted.map(SQLIdentifier.quoted).joined(separator: ", ")
        let insertion =
            inserted.isEmpty
            ? "INSERT INTO \(facts.name) DEFAULT VALUES"
            : "INSERT INTO \(facts.name) (\(names)) VALUES (\(inserted.map(value).joined(separator: ", ")))"
        let others = inserted.filter { !key.contains($0) }
        let byKey = key.isEmpty ? nil : condition { parameter((key.firstIndex(of: $0) ?? 0) + 1, for: $0) }
        insert = insertion + returning
        update =
            key.isEmpty || others.isEmpty
            ? nil
            : "UPDATE \(facts.name) SET \(assignments(others, value)) WHERE \(condition(value))" + returning
        // What is there already is changed to what it is, so that it is returned.
        let changed = others.isEmpty ? key : others
        upsert =
            key.isEmpty || !counted.isEmpty
            ? nil
            : insertion + " ON CONFLICT (\(key.map(SQLIdentifier.quoted).joined(separator: ", "))) DO UPDATE SET "
                + assignments(changed) { "excluded.\(SQLIdentifier.quoted($0))" } + returning
        selectByKey = byKey.map { "SELECT \(facts.selection()) FROM \(facts.name) WHERE \($0)" }
        deleteByKey = byKey.map { "DELETE FROM \(facts.name) WHERE \($0)" }
    }
}
