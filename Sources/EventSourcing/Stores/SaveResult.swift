/// What became of a save.
public struct SaveResult: Hashable, Sendable {
    /// The version of the stream with the last of the saved events; its unchanged version when none were given.
    public let version: Int
    /// The position of each saved event, in the order given.
    public let positions: [Int]
    /// Whether the same events had been saved before, so that nothing was written and the versions are the old ones.
    public let wasAlreadySaved: Bool

    /// Creates a result; stores do.
    public init(version: Int, positions: [Int], wasAlreadySaved: Bool = false) {
        self.version = version
        self.positions = positions
        self.wasAlreadySaved = wasAlreadySaved
    }
}
