package import SQLSchema

/// What a store's statements need to know of a generated table, in one dialect.
@usableFromInline
package struct TableFacts: Sendable {
    /// The table's name; without one the dialect does not have the table, which `differences` reports.
    package let relation: RelationName
    /// The name as it is written into SQL.
    package let name: String
    package let selectedColumns: [String]
    package let insertedColumns: [String]
    /// The columns that PostgreSQL is given as texts.
    private let castColumns: [String]
    /// The columns that PostgreSQL is asked for as texts.
    private let textColumns: [String]
    /// The columns that the code was generated for.
    package let columns: [Column]
    /// What a database has otherwise than the code expects.
    package let differences: @Sendable (Catalog) -> [String]

    /// Looks a table up.
    ///
    /// - Parameter uniqueKeys: the keys without which the contract does not hold.
    @usableFromInline
    package init(_ table: (some GeneratedTable).Type, in dialect: Dialect, uniqueKeys: [[String]]) {
        relation = table.names[dialect] ?? RelationName("")
        name = relation.quoted
        selectedColumns = table.selectedColumns
        insertedColumns = table.insertedColumns
        columns = table.columns[dialect] ?? []
        castColumns = dialect == .postgres ? table.castColumns : []
        textColumns = dialect == .postgres ? table.textColumns : []
        differences = { table.differences(from: $0, in: dialect, uniqueKeys: uniqueKeys) }
    }

    /// The facts of an events table.
    @usableFromInline
    package static func events(_ table: (some GeneratedTable).Type, in dialect: Dialect) -> TableFacts {
        TableFacts(table, in: dialect, uniqueKeys: [["aggregate_id", "version"], ["aggregate_id", "event_id"]])
    }

    /// The facts of a snapshots table.
    @usableFromInline
    package static func snapshots(_ table: (some GeneratedTable).Type, in dialect: Dialect) -> TableFacts {
        TableFacts(table, in: dialect, uniqueKeys: [["aggregate_id", "version"]])
    }

    // MARK: SQL

    /// The columns to select, as a list.
    ///
    /// - Parameter alias: what the table is called in the statement.
    package func selection(of alias: String? = nil) -> String {
        selectedColumns.map { name in
            let column = (alias.map { "\($0)." } ?? "") + SQLIdentifier.quoted(name)
            guard textColumns.contains(name) else { return column }
            // A cast to text is not always what the type itself writes and reads: that of inet adds a mask.
            // And a composite with a NULL in it IS NOT, for SQL, NOT NULL.
            return "CASE WHEN \(column) IS DISTINCT FROM NULL THEN pg_catalog.format('%s', \(column)) END"
        }.joined(separator: ", ")
    }

    /// The type of a column's parameter in PostgreSQL, without a modifier: a cast to `varchar(3)` would cut a longer text
    /// without a word, which an insert refuses.
    package func parameterType(of name: String) -> String {
        if castColumns.contains(name) { return "text" }
        return columns.first { $0.name == name }?.typeWithoutModifier ?? "text"
    }

    /// Whether a column is given as a text, of which the statement makes what it is.
    func isCast(_ name: String) -> Bool { castColumns.contains(name) }

    /// The value of a column from a parameter in PostgreSQL: what is given as a text is made what the column is.
    package func value(_ parameter: String, for name: String) -> String {
        guard castColumns.contains(name), let column = columns.first(where: { $0.name == name }) else {
            return parameter
        }
        return "\(parameter)::\(column.typeWithoutModifier)"
    }
}
