package import SQLSchema

/// Reads SQL token by token, far enough to know what is text of a statement and what is quoted or commented out.
///
/// It judges nothing: whether a statement is right is the database's business.
package struct SQLLexer {
    /// A quote, comment or body that the text ends inside of.
    package struct Unterminated: Error, Hashable {
        /// What was begun, as a message names it: "string".
        package var construct: String
        /// Where it begins.
        package var offset: Int
    }

    let bytes: [UInt8]
    let dialect: Dialect
    var position = 0

    package init(_ bytes: [UInt8], dialect: Dialect) {
        self.bytes = bytes
        self.dialect = dialect
    }

    /// The next token, comments included; nil at the end of the text.
    package mutating func next() throws(Unterminated) -> SQLToken? {
        while let byte = peek(), byte.isWhitespace { position += 1 }
        guard let byte = peek() else { return nil }
        let start = position
        let kind = try scan(byte)
        return SQLToken(kind, start..<position)
    }

    private mutating func scan(_ byte: UInt8) throws(Unterminated) -> SQLToken.Kind {
        switch byte {
        case UInt8(ascii: ";"):
            position += 1
            return .semicolon
        case UInt8(ascii: "-") where peek(1) == byte:
            skipLineComment()
            return .lineComment
        case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
            try skipBlockComment()
            return .blockComment
        case UInt8(ascii: "'"):
            try skipQuoted("string")
            return .string
        case UInt8(ascii: "e"), UInt8(ascii: "E"):
            guard dialect == .postgres, peek(1) == UInt8(ascii: "'") else { return scanWord() }
            try skipEscapeString()
            return .string
        case UInt8(ascii: "$"):
            guard dialect == .postgres, let tag = dollarTag() else { return scanOther(byte) }
            try skipDollarBody(tag)
            return .string
        case UInt8(ascii: "\""):
            try skipQuoted("quoted identifier")
            return .quotedIdentifier
        case UInt8(ascii: "`") where dialect == .sqlite:
            try skipQuoted("quoted identifier")
            return .quotedIdentifier
        case UInt8(ascii: "[") where dialect == .sqlite:
            try skipBrackets()
            return .quotedIdentifier
        default:
            return byte.isWordPart ? scanWord() : scanOther(byte)
        }
    }

    private mutating func scanWord() -> SQLToken.Kind {
        // A number does not reach into a dollar that follows, an identifier does.
        let mayHoldDollar = peek().map { !$0.isDigit } ?? false
        while let byte = peek(), byte.isWordPart || (mayHoldDollar && byte == UInt8(ascii: "$")) { position += 1 }
        return .word
    }

    private mutating func scanOther(_ byte: UInt8) -> SQLToken.Kind {
        position += 1
        return .other(byte)
    }

    func peek(_ distance: Int = 0) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }
}

extension UInt8 {
    var isWhitespace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// Letters, digits, underscores and every byte of a character beyond ASCII.
    var isWordPart: Bool {
        isDigit || self == UInt8(ascii: "_") || self >= 0x80
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }
}
