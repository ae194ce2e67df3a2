import EventSourcing

extension PostgresSession {
    /// Saves a snapshot and drops those that are not to stay, in one trip.
    func saveSnapshot(_ snapshot: Snapshot) throws {
        try EventValidator.check(snapshot)
        let save = try connection.prepare(sql.saveSnapshot)
        let trim = try connection.prepare(sql.trimSnapshots)
        let results = try connection.pipeline { pipeline in
            try mapping.writeSnapshot(snapshot, save)
            try pipeline.run(save)
            guard let count = snapshotRetention.count else { return }
            var parameters = trim.parameters()
            try parameters.write(snapshot.aggregateID, at: 0)
            try parameters.write(Int64(count), at: 1)
            try pipeline.run(trim)
        }
        let streamVersion = try results.first?.first { row in try row.value(Int.self, at: 0) } ?? 0
        guard snapshot.version <= streamVersion else {
            throw SnapshotError(
                .beyondStream, aggregateID: snapshot.aggregateID, version: snapshot.version,
                streamVersion: streamVersion)
        }
    }

    func loadSnapshot(_ aggregateID: String, stateSchema: String?) throws -> Snapshot? {
        guard canBeStored(aggregateID), stateSchema.map(canBeStored) ?? true else { return nil }
        return try mapping.readSnapshots(
            statement(sql.newestSnapshot) { parameters in
                try parameters.write(aggregateID, at: 0)
                try parameters.set(stateSchema, at: 1)
            }
        ).first
    }
}
