import SQLSchema

/// Reads the beginning of a statement word by word, as far as names are concerned.
struct StatementReader {
    private let source: [UInt8]
    private let dialect: Dialect
    private var tokens: ArraySlice<SQLToken>

    init(_ statement: SQLStatement, dialect: Dialect) {
        source = Array(statement.text.utf8)
        self.dialect = dialect
        var lexer = SQLLexer(source, dialect: dialect)
        var tokens: [SQLToken] = []
        // A statement was read by the same lexer before, so that it has no end that is missing.
        while let token = try? lexer.next() {
            if !token.isComment { tokens.append(token) }
        }
        self.tokens = tokens[...]
    }

    private func text(_ token: SQLToken) -> String {
        String(decoding: source[token.range], as: UTF8.self)
    }

    /// The next token as a word in upper case; nil when it is anything else.
    var word: String? {
        tokens.first.flatMap { $0.kind == .word ? text($0).uppercased() : nil }
    }

    /// Goes past the words if they are the next ones, all of them.
    mutating func take(_ words: String...) -> Bool {
        guard tokens.prefix(words.count).map({ $0.kind == .word ? text($0).uppercased() : "" }) == words else {
            return false
        }
        tokens = tokens.dropFirst(words.count)
        return true
    }

    /// Goes past the next token.
    mutating func skip() {
        tokens = tokens.dropFirst()
    }

    /// Goes past everything up to and including a word outside of parentheses; returns whether it is there.
    mutating func skip(past wanted: String) -> Bool {
        var depth = 0
        while let token = tokens.first {
            let word = word
            tokens = tokens.dropFirst()
            switch token.kind {
            case .other(UInt8(ascii: "(")): depth += 1
            case .other(UInt8(ascii: ")")): depth -= 1
            default: if depth == 0, word == wanted { return true }
            }
        }
        return false
    }

    /// Whether a comma stands outside of parentheses in what is left.
    var hasComma: Bool {
        var depth = 0
        for token in tokens {
            switch token.kind {
            case .other(UInt8(ascii: "(")): depth += 1
            case .other(UInt8(ascii: ")")): depth -= 1
            case .other(UInt8(ascii: ",")) where depth == 0: return true
            default: break
            }
        }
        return false
    }

    /// Whether a word stands anywhere in what is left.
    func contains(_ wanted: String) -> Bool {
        tokens.contains { $0.kind == .word && text($0).uppercased() == wanted }
    }

    /// The next name with its schema, which is gone past; nil when there is none.
    mutating func name() -> RelationName? {
        guard let first = identifier() else { return nil }
        guard tokens.first?.kind == .other(UInt8(ascii: ".")) else { return RelationName(first) }
        skip()
        return identifier().map { RelationName(schema: first, $0) }
    }

    /// The next identifier, as the database folds it.
    private mutating func identifier() -> String? {
        guard let token = tokens.first, token.kind == .word || token.kind == .quotedIdentifier else { return nil }
        let text = text(token)
        tokens = tokens.dropFirst()
        if token.kind == .word {
            // U&"…" is a word before a quoted identifier: its escapes are not read here.
            guard tokens.first?.kind != .other(UInt8(ascii: "&")) else { return nil }
            return dialect == .postgres ? text.lowercasedASCII : text
        }
        let inner = String(text.dropFirst().dropLast())
        switch text.first {
        case "\"": return inner.replacing("\"\"", with: "\"")
        case "`": return inner.replacing("``", with: "`")
        default: return inner
        }
    }
}

extension String {
    /// In lower case as PostgreSQL folds names in UTF-8: letters beyond ASCII stay as they are.
    fileprivate var lowercasedASCII: String {
        String(
            decoding: utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}
