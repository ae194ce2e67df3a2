/// One difference between two catalogs: something was added, removed, or changed from one thing to another.
public struct SchemaChange: Hashable, Sendable, CustomStringConvertible {
    /// What differs: `column orders.region`, `trigger events_refuse_update of events`.
    public let subject: String
    /// What it was; nil when it was added.
    public let old: String?
    /// What it is; nil when it was removed.
    public let new: String?

    /// One line: `column orders.region: TEXT → TEXT NOT NULL`.
    public var description: String {
        guard let new else { return "\(subject): removed" }
        guard let old else { return "\(subject): added\(new.isEmpty ? "" : ", \(Self.firstLine(of: new))")" }
        let difference = Self.firstDifference(of: old, and: new)
        return "\(subject): \(difference.old) → \(difference.new)"
    }

    private static func firstLine(of text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count > 1 ? "\(lines[0]) …" : text
    }

    /// The first lines that are not the same, without the blanks around them.
    private static func firstDifference(
        of old: String, and new: String
    ) -> (old: String, new: String) {
        var old = old.split(separator: "\n", omittingEmptySubsequences: false)[...]
        var new = new.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let line = old.first, line == new.first {
            old = old.dropFirst()
            new = new.dropFirst()
        }
        return (trimmed(old.first), trimmed(new.first))
    }

    private static func trimmed(_ line: Substring?) -> String {
        guard let line else { return "nothing" }
        let start = line.drop { $0.isWhitespace }
        return start.isEmpty ? "a blank line" : String(start)
    }
}
