/// The columns of an events table beyond the standard ones, as a struct that the generator writes.
///
/// Equality compares text by its UTF-8 bytes, as the stores do.
public protocol EventColumns: Equatable, Sendable {}

/// The columns of an events table that has none of its own.
public struct StandardColumns: EventColumns, Hashable {
    /// Creates the only value there is.
    @inlinable
    public init() {}
}
