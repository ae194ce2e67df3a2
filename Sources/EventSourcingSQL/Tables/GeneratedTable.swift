public import SQLSchema

/// What the generator says of every table: where it is and what its code was generated for.
public protocol GeneratedTable: Sendable {
    /// The migrations that the code was generated from.
    static var schema: EmbeddedSchema { get }
    /// The table's name in each dialect that has it.
    static var names: [Dialect: RelationName] { get }
    /// The columns that the code was generated for, in each dialect that has the table.
    static var columns: [Dialect: [Column]] { get }
    /// The columns to select, in the order in which the row mapper reads them.
    static var selectedColumns: [String] { get }
    /// The columns to insert, in the order in which the row mapper writes them.
    static var insertedColumns: [String] { get }
    /// The columns that PostgreSQL is given as texts, of which the statement makes the column's type.
    static var castColumns: [String] { get }
    /// The columns that PostgreSQL is asked for as texts, because nothing else is known of their type.
    static var textColumns: [String] { get }
}

extension GeneratedTable {
    /// None.
    public static var castColumns: [String] { [] }
    /// None.
    public static var textColumns: [String] { [] }
}
