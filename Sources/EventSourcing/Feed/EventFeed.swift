/// A store whose events can all be read in one order, to build read models or to copy them elsewhere.
public protocol EventFeed<Columns>: EventStore {
    /// Loads the next events of the whole store in the order of their positions.
    ///
    /// A reader that goes on after the last position it was given receives every committed event exactly once, never
    /// a stream's events in the wrong order, and never skips one that commits late.
    ///
    /// - Parameters:
    ///   - position: the position of the last event that was read; 0 at the start.
    ///   - limit: at most so many events.
    /// - Returns: no events when there are none yet.
    func loadFeed(after position: Int, limit: Int) throws -> [RecordedEvent<Columns>]
}

extension EventFeed {
    /// Reads the feed page by page, so that memory does not grow with it.
    ///
    /// ```swift
    /// var feed = try store.feed(after: position)
    /// while let event = try feed.next() { print(event.position, event.aggregateID, event.type) }
    /// position = feed.position
    /// ```
    ///
    /// - Throws: ``InvalidArgumentError`` for a negative position or a page of no events.
    public func feed(after position: Int = 0, pageSize: Int = 512) throws -> FeedCursor<Self> {
        try FeedCursor(store: self, after: position, pageSize: pageSize)
    }
}
