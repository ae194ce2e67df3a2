import EventSourcing

/// What the readers of a store's feed tell together about a hole that somebody may still fill: a pure value.
///
/// One reader may be far behind the hole while another waits at it; only one that has passed it knows that it is gone.
struct FeedWatch: Hashable, Sendable {
    enum Change: Hashable, Sendable {
        /// A reader waits at a hole where nobody waited before.
        case begins
        /// A reader waits at a hole that is known.
        case goesOn
        /// A reader has passed the hole.
        case ends
    }

    private var position: Int?

    /// Takes note of what a reader was given.
    ///
    /// - Parameters:
    ///   - position: the position that the reader has come to.
    ///   - obstacle: the lowest position that may still be committed, when the reader waits for it.
    mutating func note(position: Int, obstacle: Int?) -> Change? {
        if let obstacle {
            defer { self.position = obstacle }
            return self.position == obstacle ? .goesOn : .begins
        }
        guard let held = self.position, position >= held else { return nil }
        self.position = nil
        return .ends
    }
}
