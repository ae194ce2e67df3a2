import EventSourcing

extension SQLiteSession {
    /// Saves a snapshot inside a transaction.
    func saveSnapshot(_ snapshot: Snapshot) throws {
        try EventValidator.check(snapshot)
        let streamVersion = try version(of: snapshot.aggregateID)
        guard snapshot.version <= streamVersion else {
            throw SnapshotError(
                .beyondStream, aggregateID: snapshot.aggregateID, version: snapshot.version,
                streamVersion: streamVersion)
        }
        let statement = try connection.statement(.upsertSnapshot)
        try mapping.writeSnapshot(snapshot, statement)
        try statement.run()
        try trimSnapshots(of: snapshot.aggregateID)
    }

    private func trimSnapshots(of aggregateID: String) throws {
        guard let count = snapshotRetention.count else { return }
        let statement = try connection.statement(.trimSnapshots)
        var parameters = statement.parameters()
        try parameters.write(aggregateID, at: 0)
        try parameters.write(Int64(count), at: 1)
        try statement.run()
    }

    func loadSnapshot(_ aggregateID: String, stateSchema: String?) throws -> Snapshot? {
        let statement = try connection.statement(.newestSnapshot)
        var parameters = statement.parameters()
        try parameters.write(aggregateID, at: 0)
        try parameters.set(stateSchema, at: 1)
        return try mapping.readSnapshots(statement).first
    }
}
