/// A store that finds events by what they belong to, across streams.
public protocol TraceStore<Columns>: EventStore {
    /// Loads the events of a trace from all streams, in the order of their positions.
    ///
    /// - Parameters:
    ///   - correlationID: what the events have in common.
    ///   - position: only events after this position; 0 means all.
    ///   - limit: at most so many events; nil means all.
    func loadTrace(correlationID: String, after position: Int, limit: Int?) throws -> [RecordedEvent<Columns>]

    /// Loads the events that an event led to, by their causation id, in the order of their positions.
    func loadEffects(of eventID: String) throws -> [RecordedEvent<Columns>]
}

extension TraceStore {
    /// Loads all events of a trace from all streams, in the order of their positions.
    public func loadTrace(correlationID: String) throws -> [RecordedEvent<Columns>] {
        try loadTrace(correlationID: correlationID, after: 0, limit: nil)
    }
}
