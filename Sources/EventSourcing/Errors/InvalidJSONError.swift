/// Data that is not JSON as RFC 8259 defines it.
public struct InvalidJSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// How many bytes stand before the offending one.
    public let offset: Int
    /// The rule that is broken, in words.
    public let reason: String

    /// The rule and the place.
    public var description: String { "not JSON: \(reason) at byte \(offset)" }
}
