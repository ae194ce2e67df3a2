/// What became of the lines of an import.
public struct ImportSummary: Hashable, Sendable {
    /// How many lines were read.
    public var lines = 0
    /// How many events were stored.
    public var stored = 0
    /// How many events were in their stream already.
    public var alreadyStored = 0
    /// How many lines were passed over because they could not be kept.
    public var skipped = 0
    /// How many times were finer than a microsecond and have been cut.
    public var truncatedTimes = 0

    /// Creates a summary of nothing.
    public init() {}
}
