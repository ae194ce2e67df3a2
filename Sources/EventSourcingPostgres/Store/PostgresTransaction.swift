public import EventSourcing
import EventSourcingSQL

/// One transaction of a store: events, snapshots, checkpoints and a team's own tables commit together, or not at all.
///
/// It is valid inside the closure of `withTransaction` only, which runs on the thread of a connection of its own.
///
/// ```swift
/// try await store.withTransaction { transaction in
///     try transaction.save([placed], for: "order-1", expectedVersion: .noStream)
///     let statement = try transaction.prepare("INSERT INTO totals (day, amount) VALUES ($1, $2)")
///     var parameters = statement.parameters()
///     try parameters.set("2026-01-31", at: 0)
///     try parameters.set(20, at: 1)
///     try statement.run()
/// }
/// ```
public struct PostgresTransaction<Columns: EventColumns>: ~Copyable {
    private let session: PostgresSession<Columns>
    /// For events that have none; nil leaves them without.
    private let correlationID: String?

    init(_ session: PostgresSession<Columns>, correlationID: String?) {
        self.session = session
        self.correlationID = correlationID
    }

    // MARK: Events

    /// Appends events to a stream; when it throws, nothing of this save stays, and the transaction can go on.
    ///
    /// - Throws: what the store's `save` throws; and `DatabaseError` with the code `transactionConflict` when somebody
    ///   was faster and the isolation of the transaction does not let it see by how much: begin it again.
    @discardableResult
    public borrowing func save(
        _ events: [Event<Columns>], for aggregateID: String, expectedVersion: ExpectedVersion = .any
    ) throws -> SaveResult {
        let events = events.correlated(correlationID)
        let append = StreamAppend(events, to: aggregateID, expectedVersion: expectedVersion)
        try EventValidator.check(events, for: aggregateID)
        // When the connection is lost the transaction is, too, and nothing is tried again.
        var history = SaveHistory(patience: .zero)
        while true {
            do {
                let isSure = history.hasLostRace
                return try session.connection.withSavepoint { try session.append(append, isSure: isSure) }
            } catch let error as DatabaseError where error.code == .uniqueViolation {
                if let earlier = try session.earlierSave(of: append) { return earlier }
                guard history.mayTryAgain(afterRaceAt: try session.version(of: aggregateID)) else {
                    throw try session.isStuckInItsSnapshot ? DatabaseError.conflict(error) : error
                }
            }
        }
    }

    /// Loads events of a stream, those that this transaction has saved included.
    public borrowing func load(_ query: StreamQuery) throws -> [RecordedEvent<Columns>] {
        try session.load(query)
    }

    /// Loads events of a stream from a version on, those that this transaction has saved included.
    public borrowing func load(_ aggregateID: String, fromVersion: Int = 0) throws -> [RecordedEvent<Columns>] {
        try session.load(StreamQuery(aggregateID, fromVersion: fromVersion))
    }

    /// How many events a stream has; 0 for an unknown one.
    public borrowing func version(of aggregateID: String) throws -> Int {
        try session.version(of: aggregateID)
    }

    // MARK: Snapshots

    /// Keeps a snapshot, as the store's `saveSnapshot` does.
    public borrowing func saveSnapshot(_ snapshot: Snapshot) throws {
        try session.connection.withSavepoint { try session.saveSnapshot(snapshot) }
    }

    /// Loads the snapshot of the highest version; nil when there is none.
    ///
    /// - Parameter stateSchema: only a snapshot with this tag; nil means any.
    public borrowing func loadSnapshot(_ aggregateID: String, stateSchema: String? = nil) throws -> Snapshot? {
        try session.loadSnapshot(aggregateID, stateSchema: stateSchema)
    }

    // MARK: The feed

    /// The position that a reader has come to; 0 for one that has never kept any.
    public borrowing func loadCheckpoint(of reader: String) throws -> Int {
        try session.loadCheckpoint(of: reader)
    }

    /// Keeps the position that a reader has come to.
    public borrowing func saveCheckpoint(_ position: Int, of reader: String) throws {
        try session.connection.withSavepoint { try session.saveCheckpoint(position, of: reader) }
    }

    // MARK: A team's own tables

    /// What the rows of a team's own tables are written with.
    borrowing func rowConnection() -> PostgresConnection { session.connection }

    /// Prepares one statement of the caller's own, to be run inside the closure.
    ///
    /// - Throws: `DatabaseError` with the offset of the mistake.
    public borrowing func prepare(_ sql: String) throws -> PostgresStatement {
        try session.connection.prepare(sql)
    }

    /// Runs one statement and ignores the rows that it returns.
    ///
    /// - Throws: `DatabaseError` with the offset of the mistake.
    public borrowing func execute(_ sql: String) throws {
        try session.connection.execute(sql)
    }
}

extension PostgresSession {
    /// Whether the transaction sees the database as it was at its beginning, so that no other attempt can succeed.
    fileprivate var isStuckInItsSnapshot: Bool {
        get throws {
            try connection.prepare(
                "SELECT current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted')"
            )
            .first { row in try row.bool(at: 0) } ?? false
        }
    }
}

extension DatabaseError {
    /// Somebody was faster, and this transaction cannot see it.
    fileprivate static func conflict(_ error: DatabaseError) -> DatabaseError {
        DatabaseError(
            code: .transactionConflict, engineCode: "40001",
            message: "another transaction has appended to the stream since this one began", sql: error.sql,
            database: error.database)
    }
}
