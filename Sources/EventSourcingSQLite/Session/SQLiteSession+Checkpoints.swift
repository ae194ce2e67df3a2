import EventSourcing
import SQLSchema

extension SQLiteSession {
    func loadCheckpoint(of reader: String) throws -> Int {
        try EventValidator.check(reader: reader)
        let statement = try checkpointStatement(.loadCheckpoint)
        var parameters = statement.parameters()
        try parameters.write(mapping.feedName, at: 0)
        try parameters.write(reader, at: 1)
        let (position, lastPosition) =
            try statement.first { row in
                (try row.value(Int.self, at: 0), try row.value(Int.self, at: 1))
            } ?? (0, 0)
        guard position <= lastPosition else {
            throw CheckpointError(reader: reader, position: position, lastPosition: lastPosition)
        }
        return position
    }

    /// Saves a checkpoint inside a transaction.
    func saveCheckpoint(_ position: Int, of reader: String) throws {
        try EventValidator.check(reader: reader)
        try StreamQuery.check(position: position)
        let lastPosition = try connection.statement(.lastPosition).first { row in try row.value(Int.self, at: 0) } ?? 0
        guard position <= lastPosition else {
            throw CheckpointError(reader: reader, position: position, lastPosition: lastPosition)
        }
        let statement = try checkpointStatement(.saveCheckpoint)
        var parameters = statement.parameters()
        try parameters.write(mapping.feedName, at: 0)
        try parameters.write(reader, at: 1)
        try parameters.write(Int64(position), at: 2)
        try parameters.write(Instant.now(), at: 3)
        try statement.run()
    }

    /// A team's own schema need not have the table until somebody asks for a checkpoint.
    private func checkpointStatement(_ name: StatementName) throws -> SQLiteStatement {
        do {
            return try connection.statement(name)
        } catch let error as DatabaseError where error.code == .invalidSQL {
            throw StoreError(
                .unsupported,
                "checkpoints need the table \(StatementTexts.checkpointsTable): copy the standard migration "
                    + "create_checkpoints into your folder and apply it (\(error.message))")
        }
    }
}
