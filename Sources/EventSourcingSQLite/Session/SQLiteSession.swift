import EventSourcing

/// What a store does on one connection, whether the call is alone, in a batch, or in a caller's transaction.
///
/// It is made once for each connection, and belongs to whoever holds that.
final class SQLiteSession<Columns: EventColumns>: Sendable {
    let mapping: SQLiteMapping<Columns>
    let snapshotRetention: SnapshotRetention
    let connection: StoreConnection

    init(mapping: SQLiteMapping<Columns>, snapshotRetention: SnapshotRetention, connection: StoreConnection) {
        self.mapping = mapping
        self.snapshotRetention = snapshotRetention
        self.connection = connection
    }
}
