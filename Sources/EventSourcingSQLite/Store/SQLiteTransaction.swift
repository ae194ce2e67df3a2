public import EventSourcing

/// One transaction of a store: events, snapshots, checkpoints and a team's own tables commit together, or not at all.
///
/// It is valid inside the closure of `withTransaction` only, and on the thread that the closure runs on. The store itself
/// must not be called to write meanwhile: it waits for the transaction, and refuses the thread that is in it.
///
/// ```swift
/// try store.withTransaction { transaction in
///     try transaction.save([placed], for: "order-1", expectedVersion: .noStream)
///     try transaction.execute("CREATE TABLE IF NOT EXISTS totals (day TEXT PRIMARY KEY, amount INTEGER) STRICT")
///     let statement = try transaction.prepare("INSERT INTO totals VALUES (?1, ?2)")
///     var parameters = statement.parameters()
///     try parameters.set("2026-01-31", at: 0)
///     try parameters.set(20, at: 1)
///     try statement.run()
/// }
/// ```
public struct SQLiteTransaction<Columns: EventColumns>: ~Copyable {
    private let session: SQLiteSession<Columns>

    init(_ session: SQLiteSession<Columns>) {
        self.session = session
    }

    // MARK: Events

    /// Appends events to a stream; when it throws, nothing of this save stays, and the transaction can go on.
    ///
    /// - Throws: what the store's `save` throws.
    @discardableResult
    public borrowing func save(
        _ events: [Event<Columns>], for aggregateID: String, expectedVersion: ExpectedVersion = .any
    ) throws -> SaveResult {
        let append = StreamAppend(events, to: aggregateID, expectedVersion: expectedVersion)
        return try session.judgingRetries(of: append) {
            var known: KnownVersions?
            return try withSavepoint { try session.append(append, known: &known) }
        }
    }

    private borrowing func withSavepoint<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try session.connection.withSavepoint(body)
        } catch let error as TransactionEnded {
            throw error.cause
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
        try withSavepoint { try session.saveSnapshot(snapshot) }
    }

    /// Loads the snapshot of the highest version; nil when there is none.
    ///
    /// - Parameter stateSchema: only a snapshot with this tag; nil means any.
    public borrowing func loadSnapshot(_ aggregateID: String, stateSchema: String? = nil) throws -> Snapshot? {
        try session.loadSnapshot(aggregateID, stateSchema: stateSchema)
    }

    // MARK: The feed

    /// Loads the next events of the whole store, those that this transaction has saved included.
    public borrowing func loadFeed(after position: Int, limit: Int) throws -> [RecordedEvent<Columns>] {
        try session.loadFeed(after: position, limit: limit)
    }

    /// The position that a reader has come to; 0 for one that has never kept any.
    public borrowing func loadCheckpoint(of reader: String) throws -> Int {
        try session.loadCheckpoint(of: reader)
    }

    /// Keeps the position that a reader has come to.
    public borrowing func saveCheckpoint(_ position: Int, of reader: String) throws {
        try withSavepoint { try session.saveCheckpoint(position, of: reader) }
    }

    // MARK: A team's own tables

    /// What the rows of a team's own tables are written with.
    borrowing func storeConnection() -> StoreConnection { session.connection }

    /// Prepares one statement of the caller's own, to be run inside the closure.
    ///
    /// - Throws: `DatabaseError` with the offset of the mistake.
    public borrowing func prepare(_ sql: String) throws -> SQLiteStatement {
        try session.connection.connection.prepare(sql)
    }

    /// Runs one statement and ignores the rows that it returns.
    ///
    /// - Throws: `DatabaseError` with the offset of the mistake.
    public borrowing func execute(_ sql: String) throws {
        try session.connection.connection.execute(sql)
    }
}
