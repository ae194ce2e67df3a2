public import EventSourcing

extension SQLiteStore {
    /// Runs a closure in one transaction, which holds the write lock of the database from its beginning.
    ///
    /// What the closure does through the transaction commits together when it returns, and none of it when it throws.
    ///
    /// - Returns: what the closure returns, once the transaction is on disk.
    /// - Throws: what the closure throws, and `DatabaseError` when the transaction cannot be begun or committed.
    public func withTransaction<Result>(
        _ body: (borrowing SQLiteTransaction<Columns>) throws -> Result
    ) throws -> Result {
        try write { session in
            try session.connection.withTransaction { try body(SQLiteTransaction(session)) }
        }
    }

    /// Hands the next events of the feed to a closure that writes in the transaction of the reader's checkpoint.
    ///
    /// Each event is dealt with exactly once, whatever happens: what the closure writes and the position commit together.
    ///
    /// ```swift
    /// try store.readFeed(as: "order-count", limit: 500) { events, transaction in
    ///     let statement = try transaction.prepare("UPDATE counts SET orders = orders + ?1")
    ///     var parameters = statement.parameters()
    ///     try parameters.set(events.count, at: 0)
    ///     try statement.run()
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - reader: the name under which the position is kept.
    ///   - limit: at most so many events; 1 or more.
    ///   - handle: is called with the events and the transaction, but not when there are none.
    /// - Returns: how many events there were; 0 at the present end of the feed.
    /// - Throws: what the closure throws; nothing of it stays then, and the position neither.
    @discardableResult
    public func readFeed(
        as reader: String, limit: Int = 512,
        _ handle: ([RecordedEvent<Columns>], borrowing SQLiteTransaction<Columns>) throws -> Void
    ) throws -> Int {
        guard limit > 0 else { throw InvalidArgumentError("limit", "a reader takes 1 event or more") }
        // A look beside the writer first: a reader at the end of the feed keeps nobody waiting.
        guard try reading({ try !$0.loadFeed(after: $0.loadCheckpoint(of: reader), limit: 1).isEmpty }) else {
            return 0
        }
        return try withTransaction { transaction in
            let position = try transaction.loadCheckpoint(of: reader)
            let events = try transaction.loadFeed(after: position, limit: limit)
            guard let last = events.last else { return 0 }
            try handle(events, transaction)
            try transaction.saveCheckpoint(last.position, of: reader)
            return events.count
        }
    }
}
