import EventSourcing

/// What a store does on one connection, whether the call is alone, in a batch, or in a caller's transaction.
struct SQLiteSession<Columns: EventColumns> {
    let mapping: SQLiteMapping<Columns>
    let snapshotRetention: SnapshotRetention
    let connection: StoreConnection
}
