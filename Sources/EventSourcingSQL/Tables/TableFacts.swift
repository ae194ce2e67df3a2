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
}
