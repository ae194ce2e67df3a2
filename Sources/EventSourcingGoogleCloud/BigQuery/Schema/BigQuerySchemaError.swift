/// A schema that has no counterpart in BigQuery, or settings that cannot be met: everything that is wrong with it.
public struct BigQuerySchemaError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, and how to put it right; never empty.
    public let problems: [String]

    /// Creates the error.
    public init(_ problems: [String]) {
        self.problems = problems
    }

    /// One problem a line.
    public var description: String { problems.joined(separator: "\n") }
}
