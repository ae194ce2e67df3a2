/// Reads a stream of an asynchronous store page by page.
public struct EventSequence<Store: AsyncEventStore>: AsyncSequence, Sendable {
    /// An event as the store keeps it.
    public typealias Element = RecordedEvent<Store.Columns>

    private let store: Store
    private let pages: StreamPages

    init(store: Store, pages: StreamPages) {
        self.store = store
        self.pages = pages
    }

    /// Starts reading from the first page.
    public func makeAsyncIterator() -> Iterator {
        Iterator(store: store, pages: pages)
    }

    /// Hands out the events of the page at hand and loads the next one when it is used up.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let store: Store
        fileprivate var pages: StreamPages
        private var page: ArraySlice<Element> = []

        fileprivate init(store: Store, pages: StreamPages) {
            self.store = store
            self.pages = pages
        }

        /// The next event, or nil at the end of the stream.
        ///
        /// - Throws: what the store's `load` throws.
        public mutating func next() async throws -> Element? {
            if page.isEmpty, !pages.isFinished {
                page = ArraySlice(try await store.load(pages.nextQuery()))
                pages.received(count: page.count, lastVersion: page.last?.version)
            }
            return page.popFirst()
        }
    }
}
