/// Reads the feed of a synchronous store page by page.
///
/// At the present end of the feed ``next()`` gives nil, and goes on when it is called again after others have saved.
public struct FeedCursor<Store: EventFeed> {
    private let store: Store
    private let pageSize: Int
    private var page: ArraySlice<RecordedEvent<Store.Columns>> = []

    /// The position of the event that came last, or where the reader started: go on after it.
    public private(set) var position: Int

    init(store: Store, after position: Int, pageSize: Int) throws {
        try FeedPages.check(position: position, pageSize: pageSize)
        self.store = store
        self.position = position
        self.pageSize = pageSize
    }

    /// The next event, or nil when there is none yet.
    ///
    /// - Throws: what the store's `loadFeed` throws.
    public mutating func next() throws -> RecordedEvent<Store.Columns>? {
        if page.isEmpty { page = ArraySlice(try store.loadFeed(after: position, limit: pageSize)) }
        guard let event = page.popFirst() else { return nil }
        position = event.position
        return event
    }

    /// Calls a closure with each event up to the present end of the feed.
    ///
    /// - Throws: what the store's `loadFeed` or the closure throws.
    public mutating func forEach(_ body: (RecordedEvent<Store.Columns>) throws -> Void) throws {
        while let event = try next() { try body(event) }
    }
}

/// The arguments that every reader of the feed has.
enum FeedPages {
    static func check(position: Int, pageSize: Int) throws {
        try StreamQuery.check(position: position)
        guard pageSize > 0 else { throw InvalidArgumentError("pageSize", "a page has 1 event or more") }
    }
}
