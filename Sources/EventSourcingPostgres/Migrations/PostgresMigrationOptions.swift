public import EventSourcing
import SQLSchema

/// How migrations are run on a connection.
public struct PostgresMigrationOptions: Sendable {
    /// The schema of the table that remembers what was applied; it is created when it is not there.
    public var historySchema: String
    /// The schema that names without one belong to, and the only one in which they are looked for, besides `pg_catalog`;
    /// it is created when it is not there. Nil leaves the search path as the session has it.
    public var defaultSchema: String?
    /// How long to wait for somebody else who applies migrations.
    public var lockTimeout: Duration
    /// How long a statement waits for the lock of a table before it gives way, so that those who came after it need not
    /// wait any longer (`lock_timeout`). Zero waits without an end. A migration that sets it itself has the last word.
    public var tableLockTimeout: Duration
    /// How long a migration that did not get such a lock is tried again.
    public var tableLockPatience: Duration
    /// Is called when there is somebody to wait for, and again when it is somebody else.
    public var onWaiting: @Sendable (PostgresLockHolder) -> Void

    /// Creates options.
    public init(
        historySchema: String = "public", defaultSchema: String? = nil, lockTimeout: Duration = .seconds(300),
        tableLockTimeout: Duration = .milliseconds(100), tableLockPatience: Duration = .seconds(60),
        onWaiting: @escaping @Sendable (PostgresLockHolder) -> Void = { _ in }
    ) {
        self.historySchema = historySchema
        self.defaultSchema = defaultSchema
        self.lockTimeout = lockTimeout
        self.tableLockTimeout = tableLockTimeout
        self.tableLockPatience = tableLockPatience
        self.onWaiting = onWaiting
    }

    /// Options for the tables of one schema, the history among them, as one of many tenants has it.
    public static func schema(_ name: String) -> PostgresMigrationOptions {
        PostgresMigrationOptions(historySchema: name, defaultSchema: name)
    }
}

/// Who holds a lock that somebody waits for, as `pg_stat_activity` tells it.
public struct PostgresLockHolder: Hashable, Sendable {
    /// The process of the server.
    public let processID: Int32
    /// The user, or nil when it is not known.
    public let user: String?
    /// What the program calls itself.
    public let application: String
    /// The address that it is connected from; nil on the machine of the server.
    public let address: String?
    /// When its latest statement began; nil when this user may not see it.
    public let statementBegan: Instant?
    /// The beginning of that statement; empty when this user may not see it.
    public let statement: String
}

extension PostgresLockHolder: CustomStringConvertible {
    /// One line: `process 4711 (deploy, event-store, from 10.0.0.7), since 2026-01-31T12:00:00Z in: CREATE INDEX …`.
    public var description: String {
        let parts = [user, application.isEmpty ? nil : application, address.map { "from \($0)" }].compactMap { $0 }
        var text = "process \(processID)"
        if !parts.isEmpty { text += " (\(parts.joined(separator: ", ")))" }
        if let statementBegan { text += ", since \(statementBegan)" }
        if !statement.isEmpty { text += " in: \(statement.split(whereSeparator: \.isNewline).joined(separator: " "))" }
        return text
    }
}

extension PostgresLockHolder {
    /// Reads the columns in the order of the properties.
    init(_ row: borrowing PostgresRow) throws {
        self.init(
            processID: try row.value(at: 0), user: try row.value(at: 1), application: try row.string(at: 2),
            address: try row.value(at: 3), statementBegan: try row.value(at: 4), statement: try row.string(at: 5))
    }
}
