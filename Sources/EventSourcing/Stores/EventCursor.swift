/// Reads a stream of a synchronous store page by page.
///
/// It is not a `Sequence`, because reading a page can fail.
public struct EventCursor<Store: EventStore> {
    private let store: Store
    private var pages: StreamPages
    private var page: ArraySlice<RecordedEvent<Store.Columns>> = []

    init(store: Store, pages: StreamPages) {
        self.store = store
        self.pages = pages
    }

    /// The next event, or nil at the end of the stream.
    ///
    /// - Throws: what the store's `load` throws.
    public mutating func next() throws -> RecordedEvent<Store.Columns>? {
        if page.isEmpty, !pages.isFinished {
            page = ArraySlice(try store.load(pages.nextQuery()))
            pages.received(count: page.count, lastVersion: page.last?.version)
        }
        return page.popFirst()
    }

    /// Calls a closure with each event up to the end of the stream.
    ///
    /// - Throws: what the store's `load` or the closure throws.
    public mutating func forEach(_ body: (RecordedEvent<Store.Columns>) throws -> Void) throws {
        while let event = try next() { try body(event) }
    }
}
