/// An event, an aggregate id, a snapshot or the name of a reader that cannot be kept as it is; nothing was written.
public struct InvalidEventError: Error, Hashable, Sendable {
    /// The rule that is broken.
    public enum Code: String, Hashable, Sendable {
        /// A required attribute is empty or absent.
        case missing
        /// A text is longer than 1,024 bytes of UTF-8.
        case tooLong
        /// A text holds U+0000.
        case containsNull
        /// The time is finer than a microsecond.
        case timeTooFine
        /// The time is outside the years 0000 to 9999.
        case timeOutOfRange
        /// The name of an extension is not made of lower-case letters and digits, or belongs to another attribute.
        case invalidExtensionName
        /// The attribute has a value that CloudEvents does not allow for it.
        case invalidValue
    }

    /// The rule that is broken.
    public let code: Code
    /// The attribute's name as CloudEvents or the table has it: `id`, `datacontenttype`, `aggregate_id`, `reader`.
    public let attribute: String
    /// The event's index in the list given to `save`; nil when it is not about one event of a list.
    public let index: Int?
    /// The event's id, as far as it has one.
    public let eventID: String?
    /// What is wrong, in words.
    public let message: String

    /// Creates the error; stores do.
    public init(_ code: Code, attribute: String, index: Int? = nil, eventID: String? = nil, message: String) {
        self.code = code
        self.attribute = attribute
        self.index = index
        self.eventID = eventID
        self.message = message
    }
}

extension InvalidEventError: CustomStringConvertible {
    /// The event, the attribute and the rule.
    public var description: String {
        var place = index.map { "event \($0)" } ?? ""
        if let eventID, !eventID.isEmpty { place += place.isEmpty ? "event \(eventID)" : " (\(eventID.prefix(100)))" }
        return (place.isEmpty ? "" : "\(place): ") + "\(attribute): \(message)"
    }
}
