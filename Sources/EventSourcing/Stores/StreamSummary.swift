/// A stream and how far it has come.
public struct StreamSummary: Sendable {
    /// The aggregate whose stream it is.
    public let aggregateID: String
    /// How many events it has.
    public let version: Int
    /// When its last event was recorded.
    public let lastRecordedAt: Instant

    /// Creates a summary; stores do.
    public init(aggregateID: String, version: Int, lastRecordedAt: Instant) {
        self.aggregateID = aggregateID
        self.version = version
        self.lastRecordedAt = lastRecordedAt
    }
}

extension StreamSummary: Equatable {
    /// Two summaries are equal when all they hold is: the id by its UTF-8 bytes.
    public static func == (left: StreamSummary, right: StreamSummary) -> Bool {
        left.version == right.version && left.lastRecordedAt == right.lastRecordedAt
            && left.aggregateID.hasSameBytes(as: right.aggregateID)
    }
}
