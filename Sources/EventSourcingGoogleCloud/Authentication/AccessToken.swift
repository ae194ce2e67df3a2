public import EventSourcing

/// What a request to Google's services is allowed with, for a while.
///
/// Its description does not show ``value``, so that a token in a log or an error is not one that somebody can use.
public struct AccessToken: Sendable, Equatable {
    /// The text after `Authorization: Bearer`, or the password of a database user who signs in with IAM.
    public let value: String
    /// When it ceases to be valid.
    public let expiration: Instant

    /// Makes a token.
    public init(value: String, expiration: Instant) {
        self.value = value
        self.expiration = expiration
    }
}

extension AccessToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "an access token until \(expiration)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["expiration": expiration]) }
}
