/// What the caller of `save` believes the stream's version to be.
///
/// An integer literal means an exact version, and so does an `Int`:
///
/// ```swift
/// try store.save([paid], for: "order-123", expectedVersion: 5)
/// try store.save([placed], for: "order-124", expectedVersion: .noStream)
/// ```
public enum ExpectedVersion: Hashable, Sendable {
    /// Whatever it is; a race never fails such a save.
    case any
    /// The stream has no events yet; the same as `exact(0)`.
    case noStream
    /// The stream has at least one event; a race never fails such a save either.
    case exists
    /// The stream has exactly so many events.
    case exact(Int)

    /// Whether a stream of that version is as expected.
    public func accepts(_ version: Int) -> Bool {
        switch self {
        case .any: true
        case .noStream: version == 0
        case .exists: version > 0
        case .exact(let expected): version == expected
        }
    }
}

extension ExpectedVersion: ExpressibleByIntegerLiteral {
    /// An exact version from a literal.
    public init(integerLiteral value: Int) { self = .exact(value) }
}

extension ExpectedVersion: CustomStringConvertible {
    /// `v5`, `v0`, `an existing stream` or `any version`.
    public var description: String {
        switch self {
        case .any: "any version"
        case .noStream: "v0"
        case .exists: "an existing stream"
        case .exact(let version): "v\(version)"
        }
    }
}
