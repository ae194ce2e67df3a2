/// Which page of a stream to load next: the decision behind all loads that come in pages.
///
/// Events that are saved meanwhile have higher versions than all others: an ascending load has them at its end, perhaps,
/// and a descending one has not.
package struct StreamPages: Sendable {
    private let range: StreamQuery
    private var pageSize: Int
    private let maximumPageSize: Int

    /// The end of the stream as far as it has been read: the next page starts beyond it.
    private var lastVersion: Int?
    /// How many events may still come; nil when nothing limits them.
    private var left: Int?
    package private(set) var isFinished: Bool

    /// Begins before the first page of what a query asks for.
    ///
    /// - Parameters:
    ///   - range: the query.
    ///   - pageSize: how many events a page has.
    ///   - maximumPageSize: up to which size each page has twice as many as the one before; nil means that all have the same.
    /// - Throws: ``InvalidArgumentError`` for a page without events.
    package init(_ range: StreamQuery, pageSize: Int, growingTo maximumPageSize: Int? = nil) throws {
        guard pageSize > 0 else { throw InvalidArgumentError("pageSize", "a page has 1 event or more") }
        self.range = range
        self.pageSize = pageSize
        self.maximumPageSize = maximumPageSize ?? pageSize
        left = range.limit
        isFinished = range.limit == 0
    }

    /// How many events the next page has at most.
    private var count: Int { min(pageSize, left ?? pageSize) }

    /// The query of the next page.
    package func nextQuery() throws -> StreamQuery {
        switch range.order {
        case .ascending:
            try StreamQuery(
                range.aggregateID, fromVersion: lastVersion.map { $0 + 1 } ?? range.fromVersion,
                toVersion: range.toVersion, limit: count, order: .ascending)
        case .descending:
            try StreamQuery(
                range.aggregateID, fromVersion: range.fromVersion,
                toVersion: lastVersion.map { $0 - 1 } ?? range.toVersion, limit: count, order: .descending)
        }
    }

    /// Takes note of a page that came back; one that is not full is the last.
    package mutating func received(count received: Int, lastVersion: Int?) {
        let isFull = received >= count
        if let lastVersion { self.lastVersion = lastVersion }
        left = left.map { $0 - received }
        pageSize = pageSize > maximumPageSize / 2 ? maximumPageSize : pageSize * 2
        isFinished = !isFull || left == 0 || lastVersion == 1 && range.order == .descending
    }
}
