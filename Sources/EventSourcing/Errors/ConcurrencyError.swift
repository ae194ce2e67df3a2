/// The stream is not at the version that the caller believed: somebody else was faster.
///
/// Load the events that came since, decide again, and save again.
public struct ConcurrencyError: Error, Sendable {
    /// The aggregate whose stream it is.
    public let aggregateID: String
    /// What the caller expected.
    public let expected: ExpectedVersion
    /// The version that the stream really had when the expectation was checked.
    public let actual: Int

    /// Creates the error; stores do.
    public init(aggregateID: String, expected: ExpectedVersion, actual: Int) {
        self.aggregateID = aggregateID
        self.expected = expected
        self.actual = actual
    }
}

extension ConcurrencyError: CustomStringConvertible {
    /// `order-123: expected v5, got v7`.
    public var description: String {
        "\(aggregateID): expected \(expected), got v\(actual)"
    }
}

extension ConcurrencyError: Equatable {
    /// Two errors are equal when all they hold is: the id by its UTF-8 bytes.
    public static func == (left: ConcurrencyError, right: ConcurrencyError) -> Bool {
        left.expected == right.expected && left.actual == right.actual
            && left.aggregateID.hasSameBytes(as: right.aggregateID)
    }
}
