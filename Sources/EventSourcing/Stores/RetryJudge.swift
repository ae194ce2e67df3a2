/// Decides whether a save is a retry of one that has happened, from the ids that the stream has already.
package enum RetryJudge {
    /// Judges events against what the stream holds under their ids.
    ///
    /// - Parameters:
    ///   - events: the events to save.
    ///   - stored: the recorded event with an id in that stream, or nil.
    /// - Returns: the result of the save that has happened, or nil when all events are new.
    /// - Throws: ``DuplicateEventError`` when they overlap in any other way.
    package static func judge<Columns>(
        _ events: [Event<Columns>], for aggregateID: String,
        stored: (_ eventID: String) throws -> RecordedEvent<Columns>?
    ) throws -> SaveResult? {
        var found: [RecordedEvent<Columns>] = []
        var hasNewEvents = false
        for event in events {
            guard let recorded = try stored(event.id) else {
                hasNewEvents = true
                continue
            }
            guard recorded.isRecord(of: event) else {
                throw DuplicateEventError(.differentContent, aggregateID: aggregateID, eventID: event.id)
            }
            found.append(recorded)
        }
        try checkDistinct(events, for: aggregateID)
        guard let first = found.first, let last = found.last else { return nil }
        guard !hasNewEvents else {
            throw DuplicateEventError(.partlySaved, aggregateID: aggregateID, eventID: first.event.id)
        }
        for (index, recorded) in found.enumerated() where recorded.version != first.version + index {
            throw DuplicateEventError(.differentOrder, aggregateID: aggregateID, eventID: recorded.event.id)
        }
        return SaveResult(version: last.version, positions: found.map { $0.position }, wasAlreadySaved: true)
    }

    private static func checkDistinct<Columns>(_ events: [Event<Columns>], for aggregateID: String) throws {
        guard events.count > 1 else { return }
        var ids = Set<UTF8Key>(minimumCapacity: events.count)
        for event in events where !ids.insert(UTF8Key(event.id)).inserted {
            throw DuplicateEventError(.twiceInBatch, aggregateID: aggregateID, eventID: event.id)
        }
    }
}

extension RecordedEvent {
    /// Whether this is what saving that event recorded; an event without a time happened when it was recorded.
    fileprivate func isRecord(of event: Event<Columns>) -> Bool {
        time == event.time ?? recordedAt && self.event.hasSameContent(as: event)
    }
}
