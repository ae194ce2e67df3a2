/// Something about one line of an import that its user should know.
public struct ImportNotice: Hashable, Sendable {
    /// What happened to the line.
    public enum Kind: Hashable, Sendable {
        /// It was passed over.
        case skipped
        /// Its time was finer than a microsecond and has been cut.
        case timeTruncated
    }

    /// The number of the line; the first is 1.
    public let line: Int
    /// What happened to it.
    public let kind: Kind
    /// Why, in words.
    public let message: String
}
