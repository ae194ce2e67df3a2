import EventSourcing
import EventSourcingSQL

extension PostgresSession {
    func loadCheckpoint(of reader: String) throws -> Int {
        try EventValidator.check(reader: reader)
        let found = try withCheckpoints {
            try statement(sql.loadCheckpoint) { parameters in
                try parameters.write(mapping.feedName, at: 0)
                try parameters.write(reader, at: 1)
            }.first { row in (try row.value(Int.self, at: 0), try row.value(Int.self, at: 1)) }
        }
        let (position, lastPosition) = found ?? (0, 0)
        try check(position, of: reader, lastPosition: lastPosition)
        return position
    }

    func saveCheckpoint(_ position: Int, of reader: String) throws {
        try EventValidator.check(reader: reader)
        try StreamQuery.check(position: position)
        let lastPosition = try withCheckpoints {
            try statement(sql.saveCheckpoint) { parameters in
                try parameters.write(mapping.feedName, at: 0)
                try parameters.write(reader, at: 1)
                try parameters.write(Int64(position), at: 2)
            }.first { row in try row.value(Int.self, at: 0) }
        }
        try check(position, of: reader, lastPosition: lastPosition ?? 0)
    }

    /// Makes this transaction the only one that reads under a name; false when another has the name at present.
    func claimReader(_ reader: String) throws -> Bool {
        try EventValidator.check(reader: reader)
        return try statement(PostgresTexts.claimReader) { parameters in
            try parameters.write(mapping.feedName, at: 0)
            try parameters.write(reader, at: 1)
        }.first { row in try row.bool(at: 0) } ?? false
    }

    private func check(_ position: Int, of reader: String, lastPosition: Int) throws {
        guard position <= lastPosition else {
            throw CheckpointError(reader: reader, position: position, lastPosition: lastPosition)
        }
    }

    /// A team's own schema need not have the table until somebody asks for a checkpoint.
    private func withCheckpoints<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError where error.engineCode == "42P01" {
            throw StoreError(
                .unsupported,
                "checkpoints need the table \(PostgresTexts.checkpointsTable): copy the standard migration "
                    + "create_checkpoints into your folder and apply it (\(error.message))")
        }
    }
}
