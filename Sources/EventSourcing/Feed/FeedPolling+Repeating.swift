extension FeedPolling {
    /// Calls a closure again and again: at once while there is something, and after a pause when there is not.
    ///
    /// It makes a reader of the feed that never ends:
    ///
    /// ```swift
    /// try await FeedPolling().repeatedly {
    ///     try await store.readFeed(as: "order-totals") { events in await totals.apply(events) }
    /// }
    /// ```
    ///
    /// - Parameter read: reads some events and returns how many there were.
    /// - Throws: what the closure throws, and `CancellationError` when the task is cancelled; it never returns.
    public func repeatedly(_ read: () async throws -> Int) async throws -> Never {
        var emptyPages = 0
        while true {
            try Task.checkCancellation()
            if try await read() > 0 {
                emptyPages = 0
            } else {
                emptyPages += 1
                try await Task.sleep(for: pause(afterEmptyPages: emptyPages))
            }
        }
    }
}
