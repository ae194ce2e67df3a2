/// A piece of the statements that create a table: a column, a constraint, what stands around them, or a statement of its
/// own.
///
/// The pieces of two tables can be compared whatever their order is, and however they are laid out: the order of columns
/// is that of history, and no difference.
package struct DefinitionPart {
    /// What is told apart by it: the name of the column or constraint, or the piece itself.
    package let key: String
    /// The piece with single blanks.
    let text: String
    /// The piece with one blank between any two tokens, for comparison.
    package let normalized: String
    /// Whether it is a key of the table, such as `UNIQUE (a, b)`.
    let isKey: Bool

    /// The pieces of some statements.
    package static func parts(of definition: String) -> [DefinitionPart] {
        DefinitionToken.tokens(of: definition).split { $0.text == ";" }.flatMap { statement -> [DefinitionPart] in
            let words = statement.prefix(4).map { $0.text.uppercased() }
            guard let table = words.firstIndex(of: "TABLE"), words.first == "CREATE",
                let open = statement.firstIndex(where: { $0.text == "(" }),
                !statement[..<open].contains(where: { $0.text.uppercased() == "PARTITION" })
            else { return [DefinitionPart(statement)] }
            return parts(ofTable: statement, open: open, kind: words[...table])
        }
    }

    /// Cuts `CREATE TABLE name (…) …` into its pieces; the name, which a rename changes, is none of them.
    private static func parts(
        ofTable statement: ArraySlice<DefinitionToken>, open: Int, kind: ArraySlice<String>
    ) -> [DefinitionPart] {
        var parts: [DefinitionPart] = []
        var depth = 0
        var start = open + 1
        var end = open
        for index in open..<statement.endIndex {
            end = index
            switch statement[index].text {
            case "(": depth += 1
            case ")": depth -= 1
            case "," where depth == 1:
                parts.append(DefinitionPart(statement[start..<index]))
                start = index + 1
            default: break
            }
            if depth == 0 { break }
        }
        if start < end { parts.append(DefinitionPart(statement[start..<end])) }
        parts.append(DefinitionPart(statement[end...], key: ")"))
        return parts + [DefinitionPart(key: "TABLE", text: kind.joined(separator: " "))]
    }

    private init(_ tokens: ArraySlice<DefinitionToken>, key: String? = nil) {
        var text = ""
        for token in tokens { text += (token.hasSpace && !text.isEmpty ? " " : "") + token.text }
        self.text = text
        normalized = tokens.map(\.text).joined(separator: " ")
        var words = tokens.prefix(3).map { $0.text }
        let isNamed = words.first?.uppercased() == "CONSTRAINT" && words.count == 3
        if isNamed { words.removeFirst() }
        let kind = (isNamed ? words.last : words.first)?.uppercased() ?? ""
        isKey = ["PRIMARY", "UNIQUE", "FOREIGN"].contains(kind)
        let isUnnamed = !isNamed && (isKey || ["CHECK", "EXCLUDE", "CREATE", "ALTER"].contains(kind))
        self.key = key ?? (isUnnamed ? normalized : (words.first ?? "").withoutQuotes)
    }

    private init(key: String, text: String) {
        self.key = key
        self.text = text
        normalized = text
        isKey = false
    }
}

/// A word, a quoted text or a sign of a definition.
private struct DefinitionToken {
    let text: String
    /// Whether blanks or comments stand before it.
    let hasSpace: Bool

    static func tokens(of text: String) -> [DefinitionToken] {
        let bytes = Array(text.utf8)
        var tokens: [DefinitionToken] = []
        var position = 0
        var hasSpace = false
        while position < bytes.count {
            let end = Self.end(of: position, in: bytes)
            let token = bytes[position..<end]
            if token.first?.isBlank == true || token.starts(with: "--".utf8) || token.starts(with: "/*".utf8) {
                hasSpace = true
            } else {
                tokens.append(DefinitionToken(text: String(decoding: token, as: UTF8.self), hasSpace: hasSpace))
                hasSpace = false
            }
            position = end
        }
        return tokens
    }

    /// Where the token ends that begins at a byte.
    private static func end(of start: Int, in bytes: [UInt8]) -> Int {
        func end(where isLast: (Int) -> Bool) -> Int {
            ((start + 1)..<bytes.count).first(where: isLast).map { $0 + 1 } ?? bytes.count
        }
        let next = start + 1 < bytes.count ? bytes[start + 1] : 0
        switch bytes[start] {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
            return end { bytes[$0] == bytes[start] }  // a doubled quote begins the next token
        case UInt8(ascii: "-") where next == UInt8(ascii: "-"):
            return end { bytes[$0] == UInt8(ascii: "\n") }
        case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
            return end { $0 > start + 2 && bytes[$0] == UInt8(ascii: "/") && bytes[$0 - 1] == UInt8(ascii: "*") }
        case let byte where byte.isBlank:
            return (start..<bytes.count).first { !bytes[$0].isBlank } ?? bytes.count
        case let byte where byte.isWord:
            return (start..<bytes.count).first { !bytes[$0].isWord } ?? bytes.count
        default:
            return start + 1
        }
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

    /// Letters, digits, underscores, and every byte beyond ASCII.
    fileprivate var isWord: Bool {
        self == UInt8(ascii: "_") || self >= 0x80 || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }
}

extension String {
    /// A name as it was quoted, without the quotes.
    fileprivate var withoutQuotes: String {
        guard let first, first == "\"" || first == "`", first == last, count > 1 else { return self }
        return String(dropFirst().dropLast())
    }
}
