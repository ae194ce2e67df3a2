public import EventSourcing

/// The row mapper of an events table; the generator writes it.
///
/// A table is an events table because of its shape: the standard columns, and UNIQUE (aggregate_id, version).
public protocol EventTable<Columns>: GeneratedTable {
    /// The columns beyond the standard ones.
    associatedtype Columns: EventColumns

    /// Reads a row of `selectedColumns`.
    static func read<Row: RowReader & ~Copyable>(_ row: borrowing Row) throws -> RecordedEvent<Columns>

    /// Writes the values of `insertedColumns`: all but the position, the aggregate id, the version and the time of
    /// recording, which are the store's.
    static func write<Row: RowWriter & ~Copyable>(_ event: Event<Columns>, to row: inout Row) throws
}
