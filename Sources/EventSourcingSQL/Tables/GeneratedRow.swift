/// A row of a table or a view that is no events or snapshots table; the generator writes it.
///
/// It is read from a row of `selectedColumns`.
public protocol GeneratedRow: GeneratedTable, ResultRow, Equatable {}

extension GeneratedRow {
    /// The statement that reads all rows, to which conditions can be added: `SELECT … FROM "customers"`.
    ///
    /// - Returns: nil when the dialect does not have the table.
    public static func selection(in dialect: Dialect) -> String? {
        guard let name = names[dialect] else { return nil }
        return "SELECT \(TableFacts(self, in: dialect, uniqueKeys: []).selection()) FROM \(name.quoted)"
    }
}

/// A row of a table, which can also be written.
public protocol TableRow: GeneratedRow {
    /// What finds a row: the value of the primary key's one column, or a struct of several; `NoPrimaryKey` when there is none.
    associatedtype PrimaryKey: Sendable

    /// The columns of the primary key; empty when there is none.
    static var keyColumns: [String] { get }

    /// The statements in each dialect that has the table.
    static var statements: [Dialect: RowStatements] { get }

    /// Writes the values of `insertedColumns`.
    func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws

    /// Writes the values of the key's columns that are not among `insertedColumns`, behind those.
    func writeCounted<Row: RowWriter & ~Copyable>(to row: inout Row) throws

    /// Writes the values of a key, in the order of `keyColumns`.
    static func write<Row: RowWriter & ~Copyable>(key: PrimaryKey, to row: inout Row) throws
}

extension TableRow {
    /// Writes nothing: the database counts no column of the key up.
    @inlinable
    public func writeCounted<Row: RowWriter & ~Copyable>(to row: inout Row) throws {}
}

extension TableRow where PrimaryKey == NoPrimaryKey {
    /// No columns.
    public static var keyColumns: [String] { [] }

    /// Writes nothing.
    @inlinable
    public static func write<Row: RowWriter & ~Copyable>(key: NoPrimaryKey, to row: inout Row) throws {}
}

/// The key of a table that has none; there is no value of it.
public enum NoPrimaryKey: Sendable {}
