/// A line that cannot be kept; what came before it is stored.
public struct ImportError: Error, CustomStringConvertible {
    /// The number of the line; the first is 1.
    public let line: Int
    /// What is wrong with it.
    public let underlying: any Error

    /// The line's number and what is wrong with it.
    public var description: String { "line \(line): \(underlying)" }
}
