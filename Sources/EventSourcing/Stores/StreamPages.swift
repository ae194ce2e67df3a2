/// Which page of a stream to load next: the decision behind both kinds of streaming loads.
struct StreamPages: Sendable {
    private let aggregateID: String
    private let fromVersion: Int
    private let order: ReadOrder
    private let pageSize: Int

    /// The end of the stream as far as it has been read: the next page starts beyond it.
    private var lastVersion: Int?
    private(set) var isFinished = false

    init(_ aggregateID: String, fromVersion: Int, order: ReadOrder, pageSize: Int) throws {
        guard pageSize > 0 else { throw InvalidArgumentError("pageSize", "a page has 1 event or more") }
        _ = try StreamQuery(aggregateID, fromVersion: fromVersion)
        self.aggregateID = aggregateID
        self.fromVersion = fromVersion
        self.order = order
        self.pageSize = pageSize
    }

    /// The query of the next page.
    func nextQuery() throws -> StreamQuery {
        switch order {
        case .ascending:
            try StreamQuery(
                aggregateID, fromVersion: lastVersion.map { $0 + 1 } ?? fromVersion, limit: pageSize, order: order)
        case .descending:
            try StreamQuery(
                aggregateID, fromVersion: fromVersion, toVersion: lastVersion.map { $0 - 1 }, limit: pageSize,
                order: order)
        }
    }

    /// Takes note of a page that came back; one that is not full is the last.
    mutating func received(count: Int, lastVersion: Int?) {
        if let lastVersion { self.lastVersion = lastVersion }
        isFinished = count < pageSize || lastVersion == 1 && order == .descending
    }
}
