/// Reads the feed of an asynchronous store page by page: up to its present end, or for ever.
///
/// The next page is loaded when the one at hand is used up, so that a slow reader holds no more than one in memory.
public struct FeedSequence<Store: AsyncEventFeed>: AsyncSequence, Sendable {
    /// An event as the store keeps it.
    public typealias Element = RecordedEvent<Store.Columns>

    private let store: Store
    private let position: Int
    private let pageSize: Int
    private let polling: FeedPolling?

    init(store: Store, after position: Int, pageSize: Int, polling: FeedPolling?) throws {
        try FeedPages.check(position: position, pageSize: pageSize)
        self.store = store
        self.position = position
        self.pageSize = pageSize
        self.polling = polling
    }

    /// Starts reading after the position that the sequence was made with.
    public func makeAsyncIterator() -> Iterator {
        Iterator(store: store, position: position, pageSize: pageSize, polling: polling)
    }

    /// Hands out the events of the page at hand and loads the next one when it is used up.
    public struct Iterator: AsyncIteratorProtocol {
        private let store: Store
        private let pageSize: Int
        private let polling: FeedPolling?
        private var page: ArraySlice<Element> = []

        /// The position of the event that came last, or where the reader started: go on after it.
        public private(set) var position: Int

        fileprivate init(store: Store, position: Int, pageSize: Int, polling: FeedPolling?) {
            self.store = store
            self.position = position
            self.pageSize = pageSize
            self.polling = polling
        }

        /// The next event; nil at the present end of the feed, unless the sequence follows it.
        ///
        /// - Throws: what the store's `loadFeed` throws, and `CancellationError` when the task is cancelled and another
        ///   page is needed.
        public mutating func next() async throws -> Element? {
            var emptyPages = 0
            while page.isEmpty {
                try Task.checkCancellation()
                page = ArraySlice(try await store.loadFeed(after: position, limit: pageSize))
                guard page.isEmpty else { break }
                guard let polling else { return nil }
                emptyPages += 1
                try await Task.sleep(for: polling.pause(afterEmptyPages: emptyPages))
            }
            guard let event = page.popFirst() else { return nil }
            position = event.position
            return event
        }
    }
}
