import EventSourcingSQL
public import SQLMigrations
public import SQLSchema

/// A connection is all that migrations need.
extension PostgresConnection: MigrationDatabase {
    public var dialect: Dialect { .postgres }

    public func currentUser() throws -> String {
        try prepare("SELECT session_user::text").first { try $0.string(at: 0) } ?? ""
    }

    /// The table that remembers which migrations were applied.
    var historyName: RelationName {
        RelationName(schema: migrationOptions.historySchema, MigrationHistory.tableName)
    }

    public func historyExists() throws -> Bool {
        try exists(
            """
            SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relname = '\(MigrationHistory.tableName)'
            """, migrationOptions.historySchema)
    }

    public func createHistory() throws {
        // CREATE SCHEMA IF NOT EXISTS wants the right to create one even when it does exist.
        for schema in Set([migrationOptions.historySchema, migrationOptions.defaultSchema].compactMap { $0 })
        where try !exists("SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1", schema) {
            try execute("CREATE SCHEMA \(SQLIdentifier.quoted(schema))")
        }
        try execute(MigrationHistory.createTable(for: .postgres, in: migrationOptions.historySchema))
    }

    private func exists(_ query: String, _ schema: String) throws -> Bool {
        let statement = try prepare(query)
        var parameters = statement.parameters()
        try parameters.write(schema, at: 0)
        return try statement.execute().rowCount > 0
    }

    public func readHistory() throws -> [MigrationRecord] {
        let columns = MigrationHistory.columns.joined(separator: ", ")
        return try asOurselves {
            try prepare("SELECT \(columns) FROM \(historyName.quoted)").all(MigrationRecord.init)
        }
    }

    public func appliedChecksums() throws -> [Int64: MigrationChecksum]? {
        let query = "SELECT version, checksum, state = 'applied' FROM \(historyName.quoted)"
        let rows = try asOurselves {
            try prepare(query).all { row in
                (version: try row.int64(at: 0), checksum: try row.checksum(at: 1), isApplied: try row.bool(at: 2))
            }
        }
        guard rows.allSatisfy({ $0.isApplied }) else { return nil }
        return Dictionary(rows.map { ($0.version, $0.checksum) }, uniquingKeysWith: { $1 })
    }

    public func lastSequence() throws -> Int64 {
        let query = "SELECT coalesce(max(sequence), 0) FROM \(historyName.quoted)"
        return try asOurselves { try prepare(query).first { try $0.int64(at: 0) } ?? 0 }
    }

    public func insert(_ record: MigrationRecord) throws {
        let columns = MigrationHistory.columns
        let values = columns.indices.map { "$\($0 + 1)" }
        try run(
            "INSERT INTO \(historyName.quoted) (\(columns.joined(separator: ", "))) "
                + "VALUES (\(values.joined(separator: ", ")))", record)
    }

    public func update(_ record: MigrationRecord) throws {
        let settings = MigrationHistory.columns.enumerated().map { "\($1) = $\($0 + 1)" }
        try run("UPDATE \(historyName.quoted) SET \(settings.joined(separator: ", ")) WHERE version = $1", record)
    }

    private func run(_ sql: String, _ record: MigrationRecord) throws {
        try asOurselves {
            let statement = try prepare(sql)
            var parameters = statement.parameters()
            try record.write(to: &parameters)
            try statement.run()
        }
    }

    public func deleteRecord(version: Int64) throws {
        try asOurselves {
            let statement = try prepare("DELETE FROM \(historyName.quoted) WHERE version = $1")
            var parameters = statement.parameters()
            try parameters.write(version, at: 0)
            try statement.run()
        }
    }
}

extension PostgresRow {
    fileprivate borrowing func checksum(at column: Int) throws -> MigrationChecksum {
        guard let checksum = MigrationChecksum(bytes: try bytes(at: column)) else {
            throw unexpectedValue(at: column, expected: "a checksum of 32 bytes")
        }
        return checksum
    }
}

extension MigrationRecord {
    /// Reads a row of `MigrationHistory.columns`.
    fileprivate init(_ row: borrowing PostgresRow) throws {
        guard let state = State(rawValue: try row.string(at: 4)) else {
            throw row.unexpectedValue(at: 4, expected: "a state that this version knows")
        }
        self.init(
            version: try row.value(at: 0), sequence: try row.value(at: 1), name: try row.value(at: 2),
            checksum: try row.checksum(at: 3), state: state, statementsDone: try row.value(at: 5),
            statements: try row.value(at: 6),
            isTransactional: try row.value(at: 7), tool: try row.value(at: 8), appliedBy: try row.value(at: 9),
            startedAt: try row.instant(at: 10).microsecondsSince1970, duration: try row.value(at: 11),
            error: try row.value(at: 12))
    }

    fileprivate func write(to row: inout PostgresParameters) throws {
        try row.set(version, at: 0)
        try row.set(sequence, at: 1)
        try row.set(name, at: 2)
        try row.set(checksum.bytes, at: 3)
        try row.set(state.rawValue, at: 4)
        try row.set(statementsDone, at: 5)
        try row.set(statements, at: 6)
        try row.set(isTransactional, at: 7)
        try row.set(tool, at: 8)
        try row.set(appliedBy, at: 9)
        try row.set(Instant(microsecondsSince1970: startedAt), at: 10)
        try row.set(duration, at: 11)
        try row.set(error, at: 12)
    }
}
