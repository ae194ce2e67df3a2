/// An event as a store keeps it: with its stream, its version in it, and its position in the whole store.
///
/// It reads like the event itself, a team's own columns included:
///
/// ```swift
/// for event in try store.load("order-123") {
///     print(event.version, event.type, event.time)
/// }
/// ```
@dynamicMemberLookup
public struct RecordedEvent<Columns: EventColumns>: Sendable {
    /// The aggregate whose stream the event belongs to.
    public var aggregateID: String
    /// How many events the stream had with this one: the first event has version 1.
    public var version: Int
    /// The event's place in the whole store: ascending, never used again, perhaps with holes.
    public var position: Int
    /// When the store recorded the event.
    public var recordedAt: Instant
    /// The event as it was saved; its time is never nil.
    public var event: Event<Columns>

    /// Creates a recorded event; stores do.
    @inlinable
    public init(aggregateID: String, version: Int, position: Int, recordedAt: Instant, event: Event<Columns>) {
        self.aggregateID = aggregateID
        self.version = version
        self.position = position
        self.recordedAt = recordedAt
        self.event = event
    }

    /// When it happened, to the microsecond; when it was recorded, if the event itself did not say.
    @inlinable
    public var time: Instant { event.time ?? recordedAt }

    /// Reads an attribute or a team's own column of the event.
    @inlinable
    public subscript<Value>(dynamicMember keyPath: KeyPath<Event<Columns>, Value>) -> Value {
        event[keyPath: keyPath]
    }

    /// Decodes the event's JSON data.
    ///
    /// - Throws: ``InvalidEventError`` when the event has no JSON data, and what the decoder throws.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try event.decode(type)
    }
}

extension RecordedEvent: Equatable {
    /// Two recorded events are equal when all they hold is: text by its UTF-8 bytes.
    public static func == (left: RecordedEvent, right: RecordedEvent) -> Bool {
        left.version == right.version && left.position == right.position && left.recordedAt == right.recordedAt
            && left.aggregateID.hasSameBytes(as: right.aggregateID) && left.event == right.event
    }
}
