/// A snapshot that the store refuses.
public struct SnapshotError: Error, Hashable, Sendable {
    /// Why it is refused.
    public enum Code: String, Hashable, Sendable {
        /// It claims to hold more events than the stream has.
        case beyondStream
        /// Its version is 0 or less: there is nothing folded in.
        case invalidVersion
    }

    /// Why it is refused.
    public let code: Code
    /// The aggregate whose snapshot it is.
    public let aggregateID: String
    /// The version that the snapshot claims.
    public let version: Int
    /// The version that the stream has.
    public let streamVersion: Int

    /// Creates the error; stores do.
    public init(_ code: Code, aggregateID: String, version: Int, streamVersion: Int) {
        self.code = code
        self.aggregateID = aggregateID
        self.version = version
        self.streamVersion = streamVersion
    }
}

extension SnapshotError: CustomStringConvertible {
    /// The aggregate and both versions.
    public var description: String {
        switch code {
        case .beyondStream:
            "\(aggregateID): a snapshot of v\(version) is refused, because the stream is at v\(streamVersion)"
        case .invalidVersion: "\(aggregateID): a snapshot's version is 1 or more, not \(version)"
        }
    }
}
