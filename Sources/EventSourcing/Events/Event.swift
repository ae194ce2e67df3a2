#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Something that happened, as a CloudEvents 1.0 message, before a store has recorded it.
///
/// The attributes are those of CloudEvents 1.0, sections 3.1 and 3.2; correlation and causation ids make events of
/// several streams one trace. A team whose events table has columns of its own finds them in `columns`, and reads them
/// as if they were properties of the event:
///
/// ```swift
/// let placed = try Event(type: "OrderPlaced", source: "/shop", encoding: OrderPlaced(total: 20))
/// let typed = Event(type: "OrderPlaced", source: "/shop", columns: OrderEventsColumns(tenantID: tenant))
/// print(typed.tenantID)
/// ```
///
/// Text attributes hold at most 1,024 bytes of UTF-8 and anything but U+0000; a store refuses others before it writes.
@dynamicMemberLookup
public struct Event<Columns: EventColumns>: Sendable {
    /// Everything but the columns; first, so that code for any columns finds it without asking where it is.
    @usableFromInline package var shared: SharedAttributes

    /// Everything but the columns; a change of it makes other shared attributes.
    @usableFromInline package var attributes: EventAttributes {
        get { shared.values }
        set { shared = SharedAttributes(newValue) }
    }

    /// Identifies the event within its stream; a random UUID unless given. Saving the same id again is a safe retry.
    ///
    /// An event that was loaded makes the string each time that it is asked.
    @inlinable
    public var id: String {
        get { shared.id }
        set { attributes.id = newValue }
    }
    /// What happened: `OrderPlaced`, `com.example.order.placed`.
    @inlinable
    public var type: String {
        get { shared.stated.type }
        set { attributes.type = newValue }
    }
    /// Where it happened, as a URI reference: `/shop`, `https://example.com/shop`.
    @inlinable
    public var source: String {
        get { shared.stated.source }
        set { attributes.source = newValue }
    }
    /// What it happened to, within the source; nil when that goes without saying.
    @inlinable
    public var subject: String? {
        get { shared.stated.subject }
        set { attributes.subject = newValue }
    }
    /// When it happened, to the microsecond; nil means when it is recorded.
    @inlinable
    public var time: Instant? {
        get { shared.stated.time }
        set { attributes.time = newValue }
    }
    /// What else there is to say about it: JSON, bytes, or nothing.
    @inlinable
    public var data: EventData? {
        get { shared.data }
        set { attributes.data = newValue }
    }
    /// The media type of `data`; nil means JSON, as CloudEvents has it.
    @inlinable
    public var dataContentType: String? {
        get { shared.stated.dataContentType }
        set { attributes.dataContentType = newValue }
    }
    /// The schema of `data` as a URI.
    @inlinable
    public var dataSchema: String? {
        get { shared.stated.dataSchema }
        set { attributes.dataSchema = newValue }
    }
    /// The version of CloudEvents: `1.0`, the only one there is.
    @inlinable
    public var specVersion: String {
        get { shared.stated.specVersion }
        set { attributes.specVersion = newValue }
    }
    /// Extension attributes; names are lower-case letters and digits (CloudEvents, section 3).
    @inlinable
    public var extensions: [String: ExtensionValue] {
        get { shared.stated.extensions }
        set { attributes.extensions = newValue }
    }
    /// What all events of one trace have in common; nil when the event belongs to none.
    @inlinable
    public var correlationID: String? {
        get { shared.stated.correlationID }
        set { attributes.correlationID = newValue }
    }
    /// The id of the event that led to this one; nil at the root of a trace.
    @inlinable
    public var causationID: String? {
        get { shared.stated.causationID }
        set { attributes.causationID = newValue }
    }
    /// The values of a team's own columns.
    public var columns: Columns

    /// Creates an event with a team's own columns.
    @inlinable
    public init(
        id: String = Event.makeID(), type: String, source: String, subject: String? = nil, time: Instant? = nil,
        data: EventData? = nil, dataContentType: String? = nil, dataSchema: String? = nil, specVersion: String = "1.0",
        extensions: [String: ExtensionValue] = [:], correlationID: String? = nil, causationID: String? = nil,
        columns: Columns
    ) {
        shared = SharedAttributes(
            id: id, type: type, source: source, subject: subject, time: time, data: data,
            dataContentType: dataContentType, dataSchema: dataSchema, specVersion: specVersion,
            extensions: extensions, correlationID: correlationID, causationID: causationID)
        self.columns = columns
    }

    /// Creates an event of what it consists of.
    @inlinable
    package init(shared: SharedAttributes, columns: Columns) {
        self.shared = shared
        self.columns = columns
    }

    /// A new random id: a UUID in lower case.
    public static func makeID() -> String {
        UUID.random().lowercaseText
    }

    /// Reads and writes a team's own column as if it were an attribute of the event.
    @inlinable
    public subscript<Value>(dynamicMember keyPath: WritableKeyPath<Columns, Value>) -> Value {
        get { columns[keyPath: keyPath] }
        set { columns[keyPath: keyPath] = newValue }
    }
}

extension Event where Columns == StandardColumns {
    /// Creates an event of a store that has the standard columns only.
    @inlinable
    public init(
        id: String = Event.makeID(), type: String, source: String, subject: String? = nil, time: Instant? = nil,
        data: EventData? = nil, dataContentType: String? = nil, dataSchema: String? = nil, specVersion: String = "1.0",
        extensions: [String: ExtensionValue] = [:], correlationID: String? = nil, causationID: String? = nil
    ) {
        self.init(
            id: id, type: type, source: source, subject: subject, time: time, data: data,
            dataContentType: dataContentType, dataSchema: dataSchema, specVersion: specVersion,
            extensions: extensions, correlationID: correlationID, causationID: causationID, columns: StandardColumns())
    }

    /// Creates an event whose data is a value encoded as JSON.
    ///
    /// - Throws: what the encoder throws.
    public init(
        id: String = Event.makeID(), type: String, source: String, subject: String? = nil, time: Instant? = nil,
        encoding value: some Encodable, correlationID: String? = nil, causationID: String? = nil
    ) throws {
        try self.init(
            id: id, type: type, source: source, subject: subject, time: time, encoding: value,
            correlationID: correlationID, causationID: causationID, columns: StandardColumns())
    }
}

extension Event {
    /// Creates an event with a team's own columns, whose data is a value encoded as JSON.
    ///
    /// - Throws: what the encoder throws.
    public init(
        id: String = Event.makeID(), type: String, source: String, subject: String? = nil, time: Instant? = nil,
        encoding value: some Encodable, correlationID: String? = nil, causationID: String? = nil, columns: Columns
    ) throws {
        self.init(
            id: id, type: type, source: source, subject: subject, time: time, data: .json(try JSON(encoding: value)),
            correlationID: correlationID, causationID: causationID, columns: columns)
    }

    /// Decodes the event's JSON data.
    ///
    /// - Throws: ``InvalidEventError`` when the event has no JSON data, and what the decoder throws.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        guard case .json(let json) = data else {
            throw InvalidEventError(
                .missing, attribute: "data", eventID: id,
                message: data == nil ? "the event has no data" : "the event's data is bytes, not JSON")
        }
        return try json.decode(type)
    }
}

extension Event: Equatable {
    /// Two events are equal when every attribute is: text by its UTF-8 bytes, time as an instant.
    public static func == (left: Event, right: Event) -> Bool {
        left.time == right.time && left.hasSameContent(as: right)
    }

    /// Whether every attribute but the time is the same.
    package func hasSameContent(as other: Event) -> Bool {
        shared.hasSameContent(as: other.shared) && columns == other.columns
    }
}
