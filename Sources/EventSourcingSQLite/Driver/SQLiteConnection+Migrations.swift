import EventSourcingSQL
public import SQLMigrations
public import SQLSchema

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A connection is all that migrations need.
extension SQLiteConnection: MigrationDatabase {
    public var dialect: Dialect { .sqlite }

    public func begin() throws { try execute("BEGIN IMMEDIATE") }

    /// Commits a migration, unless it left references behind that lead nowhere.
    public func commit() throws {
        try checkConstraints()
        try execute("COMMIT")
    }

    /// Finds references that lead nowhere (PRAGMA foreign_key_check).
    public func checkConstraints() throws {
        let dangling = try prepare("PRAGMA foreign_key_check").first { row in
            (table: try row.string(at: 0), row: try row.value(Int?.self, at: 1), parent: try row.string(at: 2))
        }
        if let dangling {
            let row = dangling.row.map { "row \($0) of " } ?? "a row of "
            throw DatabaseError(
                code: .constraintViolation, engineCode: "SQLITE_CONSTRAINT_FOREIGNKEY (787)",
                message: "\(row)\(dangling.table) refers to a row of \(dangling.parent) that is not there",
                database: path)
        }
    }

    public func rollback() throws { try execute("ROLLBACK") }

    /// Keeps other processes out, and switches foreign keys off: a table that is rebuilt is dropped in between, which
    /// must not delete the rows that refer to it. Inside a transaction SQLite ignores that switch.
    ///
    /// Transactions alone are no lock: VACUUM, for instance, runs between two of them.
    public func withMigrationLock<Result>(_ body: () throws -> Result) throws -> Result {
        try execute("PRAGMA foreign_keys = OFF")
        defer { try? execute("PRAGMA foreign_keys = ON") }
        guard !path.isEmpty, path != ":memory:" else { return try body() }
        let lock = try MigrationLockFile(database: path)
        return try withExtendedLifetime(lock) { try body() }
    }

    public func currentUser() throws -> String { ProcessInfo.processInfo.userName }

    public func historyExists() throws -> Bool {
        let statement = try prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1")
        var parameters = statement.parameters()
        try parameters.write(MigrationHistory.tableName, at: 0)
        return try statement.first { row in try row.int64(at: 0) } != nil
    }

    public func createHistory() throws {
        try execute(MigrationHistory.createTable(for: .sqlite))
    }

    public func readHistory() throws -> [MigrationRecord] {
        let columns = MigrationHistory.columns.joined(separator: ", ")
        return try prepare("SELECT \(columns) FROM \(MigrationHistory.tableName)").all(MigrationRecord.init)
    }

    public func appliedChecksums() throws -> [Int64: MigrationChecksum]? {
        let query = "SELECT version, checksum, state = 'applied' FROM \(MigrationHistory.tableName)"
        let rows = try prepare(query).all { row in
            (version: try row.int64(at: 0), checksum: try row.checksum(at: 1), isApplied: try row.bool(at: 2))
        }
        guard rows.allSatisfy({ $0.isApplied }) else { return nil }
        return Dictionary(rows.map { ($0.version, $0.checksum) }, uniquingKeysWith: { $1 })
    }

    public func lastSequence() throws -> Int64 {
        let query = "SELECT coalesce(max(sequence), 0) FROM \(MigrationHistory.tableName)"
        return try prepare(query).first { row in try row.int64(at: 0) } ?? 0
    }

    public func insert(_ record: MigrationRecord) throws {
        try write(record, with: "INSERT")
    }

    public func update(_ record: MigrationRecord) throws {
        try write(record, with: "REPLACE")
    }

    private func write(_ record: MigrationRecord, with verb: String) throws {
        let columns = MigrationHistory.columns
        let values = columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        let statement = try prepare(
            "\(verb) INTO \(MigrationHistory.tableName) (\(columns.joined(separator: ", "))) VALUES (\(values))")
        var parameters = statement.parameters()
        try record.write(to: &parameters)
        try statement.run()
    }

    public func deleteRecord(version: Int64) throws {
        let statement = try prepare("DELETE FROM \(MigrationHistory.tableName) WHERE version = ?1")
        var parameters = statement.parameters()
        try parameters.write(version, at: 0)
        try statement.run()
    }
}

extension SQLiteRow {
    fileprivate borrowing func checksum(at column: Int) throws -> MigrationChecksum {
        guard let checksum = MigrationChecksum(bytes: try bytes(at: column)) else {
            throw unexpectedValue(at: column, expected: "a checksum of 32 bytes")
        }
        return checksum
    }
}

extension MigrationRecord {
    /// Reads a row of `MigrationHistory.columns`.
    fileprivate init(_ row: borrowing SQLiteRow) throws {
        guard let state = State(rawValue: try row.string(at: 4)) else {
            throw row.unexpectedValue(at: 4, expected: "a state that this version knows")
        }
        self.init(
            version: try row.value(at: 0), sequence: try row.value(at: 1), name: try row.value(at: 2),
            checksum: try row.checksum(at: 3), state: state, statementsDone: try row.value(at: 5),
            statements: try row.value(at: 6),
            isTransactional: try row.value(at: 7), tool: try row.value(at: 8), appliedBy: try row.value(at: 9),
            startedAt: try row.value(at: 10), duration: try row.value(at: 11), error: try row.value(at: 12))
    }

    fileprivate func write(to row: inout SQLiteParameters) throws {
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
        try row.set(startedAt, at: 10)
        try row.set(duration, at: 11)
        try row.set(error, at: 12)
    }
}
