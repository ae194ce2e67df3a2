/// A message that is not a CloudEvent in the JSON format, or not one that can be kept.
public struct CloudEventError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The member of the message that is wrong; nil when it is the message as a whole.
    public let member: String?
    /// What is wrong with it.
    public let message: String

    init(_ member: String? = nil, _ message: String) {
        self.member = member
        self.message = message
    }

    /// The member and what is wrong with it.
    public var description: String {
        member.map { "\($0): \(message)" } ?? message
    }
}
