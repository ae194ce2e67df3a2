import SQLSchema

/// A comment that begins with `migrate:`.
struct MigrationMarker {
    /// The first word: `migrate:up`.
    let name: String
    /// The words after the name.
    let options: [String]
    /// Whether nothing stands before the comment on its line.
    let startsLine: Bool

    /// Reads a line comment; nil when it is an ordinary one.
    ///
    /// Letters of the other case and blanks before the comment are recognised, so that the parser can refuse what looks
    /// like a marker, where taking it for a comment would run the down section as part of the up section.
    init?(_ token: SQLToken, in source: SourceText) {
        let lineStart = source.bytes[..<token.range.lowerBound].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        guard source.bytes[lineStart..<token.range.lowerBound].allSatisfy(\.isWhitespace) else { return nil }
        let words = source.bytes[token.range].dropFirst(2).words
        guard let first = words.first, first.lowercased().hasPrefix("migrate:") else { return nil }
        name = first
        options = Array(words.dropFirst())
        startsLine = lineStart == token.range.lowerBound
    }
}

extension ArraySlice<UInt8> {
    /// What stands between blanks, of Unicode too.
    ///
    /// Bytes are asked where they are enough: to ask the characters of two markers takes longer than to read the rest of a
    /// small file.
    fileprivate var words: [String] {
        guard allSatisfy({ $0 < 0x80 }) else {
            return String(decoding: self, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
        }
        return split(whereSeparator: \.isWhitespace).map { String(decoding: $0, as: UTF8.self) }
    }
}
