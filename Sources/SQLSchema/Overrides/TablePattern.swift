/// Which tables and views a target wants: `orders.customers`, or `orders.*` for all whose names begin so.
public struct TablePattern: Hashable, Sendable, CustomStringConvertible {
    /// The pattern as it was written.
    public let description: String

    /// Reads a pattern; a `*` at its end stands for whatever follows.
    public init(_ text: String) {
        description = text
    }

    /// Whether a name, with its schema if it has one, is meant.
    public func matches(_ name: String) -> Bool {
        if description.utf8.elementsEqual(name.utf8) { return true }
        guard description.hasSuffix("*") else { return false }
        return name.utf8.starts(with: description.utf8.dropLast())
    }
}
