/// What the rows of a result are read as: those of a table, or of a named query.
public protocol ResultRow: Sendable {
    /// Reads a row, whose columns are in the order in which the code was generated.
    init<Row: RowReader & ~Copyable>(row: borrowing Row) throws
}
