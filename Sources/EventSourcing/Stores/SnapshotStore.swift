/// A store that also keeps snapshots of aggregates.
public protocol SnapshotStore<Columns>: EventStore {
    /// Keeps a snapshot. The same version again replaces it; an older version never hides a newer one.
    ///
    /// - Throws: ``SnapshotError`` when the stream does not have that many events.
    func saveSnapshot(_ snapshot: Snapshot) throws

    /// Loads the snapshot of the highest version.
    ///
    /// - Parameters:
    ///   - aggregateID: the aggregate whose state is wanted.
    ///   - stateSchema: only a snapshot with this tag, so that one of older code ignores itself; nil means any.
    /// - Returns: nil when there is none.
    func loadSnapshot(_ aggregateID: String, stateSchema: String?) throws -> Snapshot?
}

extension SnapshotStore {
    /// Loads the snapshot of the highest version, whatever its tag; nil when there is none.
    public func loadSnapshot(_ aggregateID: String) throws -> Snapshot? {
        try loadSnapshot(aggregateID, stateSchema: nil)
    }
}
