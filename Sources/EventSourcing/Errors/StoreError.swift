/// A store that cannot be used in this way, or not now.
public struct StoreError: Error, Hashable, Sendable {
    /// What stands in the way.
    public enum Code: String, Hashable, Sendable {
        /// `initialize()` has not been called, or has not succeeded.
        case notInitialized
        /// `close()` has been called.
        case closed
        /// This kind of store does not have what was asked for.
        case unsupported
    }

    /// What stands in the way.
    public let code: Code
    /// What is wrong and what to do, in words.
    public let message: String

    /// Creates the error; stores do.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The store was used before `initialize()`.
    package static let notInitialized = StoreError(.notInitialized, "call initialize() before using the store")

    /// The store was used after `close()`.
    package static let closed = StoreError(.closed, "the store has been closed; create a new one")
}

extension StoreError: CustomStringConvertible {
    /// What is wrong and what to do.
    public var description: String { message }
}
