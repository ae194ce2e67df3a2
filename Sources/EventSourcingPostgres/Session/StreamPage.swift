import EventSourcing
import EventSourcingSQL

/// Which events of a stream a statement asks for: those of a query, a page at a time.
///
/// Versions have no holes, so that events which are saved meanwhile come after all others, or before the first one.
struct StreamPage {
    /// What a server sends without waiting fits into the buffer of a socket, about 200 kB.
    static let size = 256

    private let query: StreamQuery
    private var lowest: Int64
    private var highest: Int64
    /// How many events are wanted from this page on; nil means all.
    private var left: Int?

    init(_ query: StreamQuery) {
        self.query = query
        lowest = Int64(query.fromVersion)
        highest = query.toVersion.map(Int64.init) ?? .max
        left = query.limit
    }

    private var limit: Int { min(Self.size, left ?? Self.size) }

    func write(to parameters: inout PostgresParameters) throws {
        try parameters.write(query.aggregateID, at: 0)
        try parameters.write(lowest, at: 1)
        try parameters.write(highest, at: 2)
        try parameters.set(limit, at: 3)
    }

    /// Goes on to the events after those of a result; false when there are no more.
    mutating func advance(past result: PostgresResult) throws -> Bool {
        let count = result.rowCount
        guard count == Self.size, left != count else { return false }
        left = left.map { $0 - count }
        let last = try result.version(at: count - 1)
        switch query.order {
        case .ascending: lowest = last + 1
        case .descending: highest = last - 1
        }
        return true
    }
}

extension PostgresResult {
    /// The version of an event of the result.
    fileprivate func version(at index: Int) throws -> Int64 {
        var row = PostgresRow(self)
        row.index = Int32(truncatingIfNeeded: index)
        return try row.int64(at: columns.names.firstIndex(of: "version") ?? -1)
    }
}
