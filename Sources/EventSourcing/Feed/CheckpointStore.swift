/// A store that remembers how far each reader of its feed has come, by name.
///
/// ```swift
/// let count = try store.readFeed(as: "order-totals") { events in
///     for event in events { totals.apply(event) }
/// }
/// ```
public protocol CheckpointStore<Columns>: EventFeed {
    /// The position that a reader has come to; 0 for one that has never kept any.
    ///
    /// - Throws: ``CheckpointError`` when the store does not have the position, as after a backup was restored.
    func loadCheckpoint(of reader: String) throws -> Int

    /// Keeps the position that a reader has come to; a lower one than before makes it read again.
    ///
    /// - Throws: ``CheckpointError`` when the store does not have the position.
    func saveCheckpoint(_ position: Int, of reader: String) throws
}

extension CheckpointStore {
    /// Hands the next events of the feed to a closure, and keeps the position of the last one when it returns.
    ///
    /// A reader that is stopped between its own writes and the checkpoint is given the same events again: at least once.
    /// Stores on databases have a form whose closure writes in the checkpoint's own transaction, which is exactly once.
    ///
    /// - Parameters:
    ///   - reader: the name under which the position is kept.
    ///   - limit: at most so many events; 1 or more.
    ///   - handle: is called with the events, but not when there are none.
    /// - Returns: how many events there were; 0 at the present end of the feed.
    /// - Throws: what the closure throws; the position stays as it was then.
    @discardableResult
    public func readFeed(
        as reader: String, limit: Int = 512, _ handle: ([RecordedEvent<Columns>]) throws -> Void
    ) throws -> Int {
        let position = try loadCheckpoint(of: reader)
        try FeedPages.check(position: position, pageSize: limit)
        let events = try loadFeed(after: position, limit: limit)
        guard let last = events.last else { return 0 }
        try handle(events)
        try saveCheckpoint(last.position, of: reader)
        return events.count
    }
}
