/// An argument that can never be right, such as a negative version.
public struct InvalidArgumentError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The argument's name.
    public let argument: String
    /// What is wrong with its value.
    public let message: String

    /// Creates the error.
    public init(_ argument: String, _ message: String) {
        self.argument = argument
        self.message = message
    }

    /// The argument and what is wrong with it.
    public var description: String { "\(argument): \(message)" }
}
