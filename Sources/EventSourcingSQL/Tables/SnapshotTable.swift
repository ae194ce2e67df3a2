public import EventSourcing

/// The row mapper of a snapshots table; the generator writes it.
///
/// A table is a snapshots table because of its shape: the standard columns, and UNIQUE (aggregate_id, version).
public protocol SnapshotTable: GeneratedTable {
    /// Reads a row of `selectedColumns`.
    static func read<Row: RowReader & ~Copyable>(_ row: borrowing Row) throws -> Snapshot

    /// Writes the values of `insertedColumns`.
    static func write<Row: RowWriter & ~Copyable>(_ snapshot: Snapshot, to row: inout Row) throws
}
