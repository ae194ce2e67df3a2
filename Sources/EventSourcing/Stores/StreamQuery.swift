/// Which events of a stream to load, and from which end.
public struct StreamQuery: Hashable, Sendable {
    /// The aggregate whose stream is read.
    public let aggregateID: String
    /// The lowest version to load, inclusive; 0 and 1 both mean the first event.
    public let fromVersion: Int
    /// The highest version to load, inclusive; nil means the stream's end.
    public let toVersion: Int?
    /// At most so many events; nil means all.
    public let limit: Int?
    /// Whether the lowest or the highest version comes first.
    public let order: ReadOrder

    /// Creates a query.
    ///
    /// - Throws: ``InvalidArgumentError`` for a negative version or limit.
    public init(
        _ aggregateID: String, fromVersion: Int = 0, toVersion: Int? = nil, limit: Int? = nil,
        order: ReadOrder = .ascending
    ) throws {
        guard fromVersion >= 0 else {
            throw InvalidArgumentError("fromVersion", "a version is 0 or more, not \(fromVersion)")
        }
        if let toVersion, toVersion < 0 {
            throw InvalidArgumentError("toVersion", "a version is 0 or more, not \(toVersion)")
        }
        try Self.check(limit: limit)
        self.aggregateID = aggregateID
        self.fromVersion = fromVersion
        self.toVersion = toVersion
        self.limit = limit
        self.order = order
    }

    /// Refuses a negative limit.
    package static func check(limit: Int?) throws {
        if let limit, limit < 0 { throw InvalidArgumentError("limit", "a limit is 0 or more, not \(limit)") }
    }

    /// Refuses a negative position.
    package static func check(position: Int) throws {
        guard position >= 0 else {
            throw InvalidArgumentError("after", "a position is 0 or more, not \(position)")
        }
    }
}

/// From which end a stream is read.
public enum ReadOrder: Hashable, Sendable {
    /// The oldest event first.
    case ascending
    /// The newest event first.
    case descending
}
