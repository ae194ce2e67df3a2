/// A store whose events can all be read in one order, to build read models or to copy them elsewhere.
public protocol AsyncEventFeed<Columns>: AsyncEventStore {
    /// Loads the next events of the whole store in the order of their positions.
    ///
    /// A reader that goes on after the last position it was given receives every committed event exactly once, never
    /// a stream's events in the wrong order, and never skips one that commits late.
    ///
    /// - Parameters:
    ///   - position: the position of the last event that was read; 0 at the start.
    ///   - limit: at most so many events.
    /// - Returns: no events when there are none yet.
    func loadFeed(after position: Int, limit: Int) async throws -> [RecordedEvent<Columns>]
}

extension AsyncEventFeed {
    /// Reads the feed page by page up to its present end, so that memory does not grow with it.
    ///
    /// ```swift
    /// for try await event in try store.feed(after: position) { position = event.position }
    /// ```
    ///
    /// - Throws: ``InvalidArgumentError`` for a negative position or a page of no events.
    public func feed(after position: Int = 0, pageSize: Int = 512) throws -> FeedSequence<Self> {
        try FeedSequence(store: self, after: position, pageSize: pageSize, polling: nil)
    }

    /// Follows the feed: at its present end the sequence waits for what is saved next, until the task is cancelled.
    ///
    /// ```swift
    /// for try await event in try store.followFeed(after: position) { print(event.position, event.type) }
    /// ```
    ///
    /// - Throws: ``InvalidArgumentError`` for a negative position or a page of no events.
    public func followFeed(
        after position: Int = 0, pageSize: Int = 512, polling: FeedPolling = FeedPolling()
    ) throws -> FeedSequence<Self> {
        try FeedSequence(store: self, after: position, pageSize: pageSize, polling: polling)
    }
}
