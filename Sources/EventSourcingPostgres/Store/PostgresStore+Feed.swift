public import EventSourcing
import Synchronization

extension PostgresStore: AsyncCheckpointStore {
    /// Loads the next events of the whole store in the order of their positions.
    ///
    /// Positions are drawn before transactions commit, so that a later one can be visible first. At a hole the reader
    /// waits for the transactions that may still fill it, whatever program they are; no timer decides. Until then it gets
    /// what comes before the hole, which may be nothing: ``feedHold(after:)`` tells who is in the way.
    ///
    /// - Throws: `StoreError` with the code `unsupported` at a hole when the server is a standby, or when the table does
    ///   not announce inserts.
    public func loadFeed(after position: Int, limit: Int) async throws -> [RecordedEvent<Columns>] {
        try await observer.span(.loadFeed, rows: { $0.count }) {
            let page = try await readFeed(after: position, limit: limit)
            observer.read(page)
            return page.events
        }
    }

    /// Why a reader at a position is given nothing at present although there are events after it; nil when it is not so.
    public func feedHold(after position: Int) async throws -> PostgresFeedHold? {
        try await observer.span(.feedHold) {
            let page = try await readFeed(after: position, limit: 1)
            guard page.events.isEmpty, let obstacle = page.obstacle else { return nil }
            return try await lend { try $0.hold(for: obstacle) }
        }
    }

    private func readFeed(after position: Int, limit: Int) async throws -> FeedPage<Columns> {
        let loan = feedHorizon.withLock { $0.lend() }
        let page = try await lend { try $0.readFeed(after: position, limit: limit, horizon: loan.horizon) }
        feedHorizon.withLock { $0.keep(page.horizon, from: loan) }
        return page
    }

    public func loadCheckpoint(of reader: String) async throws -> Int {
        try await run(.loadCheckpoint) { try $0.loadCheckpoint(of: reader) }
    }

    public func saveCheckpoint(_ position: Int, of reader: String) async throws {
        try await run(.saveCheckpoint) { try $0.saveCheckpoint(position, of: reader) }
    }

    /// Hands the next events of the feed to a closure that writes in the transaction of the reader's checkpoint.
    ///
    /// Each event is dealt with exactly once, whatever happens: what the closure writes and the position commit together.
    /// Of several processes that read under one name, one is given events at a time, and the others none meanwhile.
    ///
    /// ```swift
    /// try await store.readFeed(as: "order-count", limit: 500) { events, transaction in
    ///     let statement = try transaction.prepare("UPDATE counts SET orders = orders + $1")
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
        _ handle: @escaping @Sendable ([RecordedEvent<Columns>], borrowing PostgresTransaction<Columns>) throws -> Void
    ) async throws -> Int {
        guard limit > 0 else { throw InvalidArgumentError("limit", "a reader takes 1 event or more") }
        let loan = feedHorizon.withLock { $0.lend() }
        let correlationID = observer.correlationID
        let page = try await run(.readFeed, rows: { $0?.events.count }) { session -> FeedPage<Columns>? in
            try session.connection.withTransaction(beginning: PlanSettings.beginForCaller(.readCommitted)) {
                guard try session.claimReader(reader) else { return nil }
                let position = try session.loadCheckpoint(of: reader)
                let page = try session.readFeed(after: position, limit: limit, horizon: loan.horizon)
                if let last = page.events.last {
                    try handle(page.events, PostgresTransaction(session, correlationID: correlationID))
                    try session.saveCheckpoint(last.position, of: reader)
                }
                return page
            }
        }
        guard let page else { return 0 }
        observer.read(page)
        feedHorizon.withLock { $0.keep(page.horizon, from: loan) }
        return page.events.count
    }
}
