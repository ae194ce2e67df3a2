/// A sentence of the contract that a store does not keep.
public struct ConformanceFailure: Error, Sendable, CustomStringConvertible {
    /// The sentence.
    public let check: String
    /// What was expected, and what came instead.
    public let message: String
    /// The file of the suite that expected it.
    public let fileID: String
    /// The line in that file.
    public let line: Int

    /// The sentence, what came instead, and where it was expected.
    public var description: String { "\(check)\n    \(message) (\(fileID):\(line))" }
}

/// All that a run of the suite found.
public struct ConformanceError: Error, Sendable, CustomStringConvertible {
    /// The sentences that do not hold, in the order of the suite.
    public let failures: [ConformanceFailure]
    /// How many sentences were tested.
    public let checkCount: Int

    /// The sentences that do not hold, each with the reason.
    public var description: String {
        let heading = "\(failures.count) of \(checkCount) sentences of the contract do not hold:"
        return ([heading] + failures.map { "\u{2717} \($0)" }).joined(separator: "\n")
    }
}
