/// An event id is in the stream already, and the save is not simply the same one again.
public struct DuplicateEventError: Error, Sendable {
    /// In which way the ids overlap.
    public enum Code: String, Hashable, Sendable {
        /// The id is in the stream, with other content.
        case differentContent
        /// Some of the events are in the stream, others are not.
        case partlySaved
        /// All of them are in the stream, but not one after the other in this order.
        case differentOrder
        /// The id occurs twice in the events given.
        case twiceInBatch
    }

    /// In which way the ids overlap.
    public let code: Code
    /// The aggregate whose stream it is.
    public let aggregateID: String
    /// The first id that is in the way.
    public let eventID: String

    /// Creates the error; stores do.
    public init(_ code: Code, aggregateID: String, eventID: String) {
        self.code = code
        self.aggregateID = aggregateID
        self.eventID = eventID
    }
}

extension DuplicateEventError: CustomStringConvertible {
    /// What overlaps with what, and what to do.
    public var description: String {
        let event = "\(aggregateID): event id \(eventID)"
        return switch code {
        case .differentContent: "\(event) is in the stream with other content; a new event needs a new id"
        case .partlySaved:
            "\(event) is in the stream, but not all events of this save are; retry exactly what was saved"
        case .differentOrder: "\(event) is in the stream, but the events of this save stand there in another order"
        case .twiceInBatch: "\(event) occurs twice in this save"
        }
    }
}

extension DuplicateEventError: Equatable {
    /// Two errors are equal when all they hold is: ids by their UTF-8 bytes.
    public static func == (left: DuplicateEventError, right: DuplicateEventError) -> Bool {
        left.code == right.code && left.aggregateID.hasSameBytes(as: right.aggregateID)
            && left.eventID.hasSameBytes(as: right.eventID)
    }
}
