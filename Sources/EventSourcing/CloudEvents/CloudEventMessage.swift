/// An event in the JSON format of CloudEvents 1.0, as `import` reads it and `export` writes it: one message a line.
///
/// `data` is kept byte for byte. Correlation and causation travel as the extensions `correlationid` and `causationid`;
/// the stream travels as `aggregateid` where the subject does not say it.
///
/// ```swift
/// let message = try CloudEventMessage(parsing: line)
/// try store.save([message.event], for: message.aggregateID(from: "subject"))
/// ```
public struct CloudEventMessage: Sendable {
    /// The event with the attributes of the message.
    public var event: Event<StandardColumns>
    /// The extension `aggregateid`: the stream, where the message names it.
    public var aggregateID: String?
    /// Whether the time was finer than a microsecond and has been cut.
    public var isTimeTruncated = false

    /// Creates the message of a recorded event.
    ///
    /// A stream whose id is not the subject is named by the extension `aggregateid`; an event without a subject gets
    /// the stream's id as one.
    public init<Columns>(_ recorded: RecordedEvent<Columns>) {
        let event = recorded.event
        self.event = Event(
            id: event.id, type: event.type, source: event.source, subject: event.subject ?? recorded.aggregateID,
            time: recorded.time, data: event.data, dataContentType: event.dataContentType,
            dataSchema: event.dataSchema, specVersion: event.specVersion, extensions: event.extensions,
            correlationID: event.correlationID, causationID: event.causationID)
        aggregateID = self.event.subject.hasSameBytes(as: recorded.aggregateID) ? nil : recorded.aggregateID
    }

    init(event: Event<StandardColumns>, aggregateID: String?, isTimeTruncated: Bool) {
        self.event = event
        self.aggregateID = aggregateID
        self.isTimeTruncated = isTimeTruncated
    }

    /// The stream that the message belongs to: the extension `aggregateid`, or else the attribute of that name.
    ///
    /// - Parameter attribute: the name of an attribute, such as `subject`, or of an extension.
    /// - Throws: ``CloudEventError`` when the message has no such attribute.
    public func aggregateID(from attribute: String) throws -> String {
        if let aggregateID { return aggregateID }
        let value: String? =
            switch attribute {
            case "subject": event.subject
            case "id": event.id
            case "time": event.time?.description
            case "datacontenttype": event.dataContentType
            case "dataschema": event.dataSchema
            case "causationid": event.causationID
            case "source": event.source
            case "type": event.type
            case "correlationid": event.correlationID
            default: event.extensions[attribute]?.text
            }
        guard let value else {
            throw CloudEventError(attribute, "is missing, and it names the stream that the event belongs to")
        }
        return value
    }
}

extension ExtensionValue {
    /// The value as CloudEvents writes it into a text.
    fileprivate var text: String {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .boolean(let bool): String(bool)
        }
    }
}
