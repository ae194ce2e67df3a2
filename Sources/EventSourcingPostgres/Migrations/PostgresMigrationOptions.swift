public import EventSourcing
import SQLSchema

/// How migrations are run on a connection.
public struct PostgresMigrationOptions {
    /// The schema of the table that remembers what was applied; it is created when it is not there.
    public var historySchema: String
    /// How long to wait for somebody else who applies migrations.
    public var lockTimeout: Duration
    /// Is called when there is somebody to wait for, and again when it is somebody else.
    public var onWaiting: (PostgresLockHolder) -> Void

    /// Creates options.
    public init(
        historySchema: String = "public", lockTimeout: Duration = .seconds(300),
        onWaiting: @escaping (PostgresLockHolder) -> Void = { _ in }
    ) {
        self.historySchema = historySchema
        self.lockTimeout = lockTimeout
        self.onWaiting = onWaiting
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
