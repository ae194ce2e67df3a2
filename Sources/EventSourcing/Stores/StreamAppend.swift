/// Events on their way to one stream, with what the caller believes about it.
public struct StreamAppend<Columns: EventColumns>: Sendable {
    /// The aggregate whose stream grows.
    public var aggregateID: String
    /// The events in their order.
    public var events: [Event<Columns>]
    /// What the stream's version is believed to be.
    public var expectedVersion: ExpectedVersion

    /// Creates an append.
    public init(_ events: [Event<Columns>], to aggregateID: String, expectedVersion: ExpectedVersion = .any) {
        self.aggregateID = aggregateID
        self.events = events
        self.expectedVersion = expectedVersion
    }
}

extension Array {
    /// The outcome of each append in order, up to the first failure when that is to be the last.
    package func outcomes<Columns, Value>(
        stoppingAtFailure: Bool, _ save: (StreamAppend<Columns>) throws -> Result<Value, any Error>
    ) rethrows -> [Result<Value, any Error>] where Element == StreamAppend<Columns> {
        var outcomes: [Result<Value, any Error>] = []
        outcomes.reserveCapacity(count)
        for append in self {
            let outcome = try save(append)
            outcomes.append(outcome)
            if case .failure = outcome, stoppingAtFailure { break }
        }
        return outcomes
    }
}
