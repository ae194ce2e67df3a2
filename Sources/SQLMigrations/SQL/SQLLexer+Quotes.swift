import SQLSchema

extension SQLLexer {
    /// PostgreSQL ends a line also at a lone carriage return, SQLite does not.
    mutating func skipLineComment() {
        while let byte = peek(), byte != UInt8(ascii: "\n") {
            if byte == UInt8(ascii: "\r"), dialect == .postgres { return }
            position += 1
        }
    }

    /// Block comments nest in PostgreSQL; in SQLite the first `*/` ends them.
    mutating func skipBlockComment() throws(Unterminated) {
        let start = position
        var depth = 1
        position += 2
        while depth > 0 {
            guard let byte = peek() else { throw Unterminated(construct: "comment", offset: start) }
            if byte == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                position += 2
            } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*"), dialect == .postgres {
                depth += 1
                position += 2
            } else {
                position += 1
            }
        }
    }

    /// Skips text between two of the byte that stands here; doubled, the byte is part of the text.
    mutating func skipQuoted(_ construct: String) throws(Unterminated) {
        let start = position
        let quote = bytes[position]
        position += 1
        while let byte = peek() {
            position += 1
            guard byte == quote else { continue }
            guard peek() == quote else { return }
            position += 1
        }
        throw Unterminated(construct: construct, offset: start)
    }

    mutating func skipBrackets() throws(Unterminated) {
        let start = position
        while let byte = peek() {
            position += 1
            if byte == UInt8(ascii: "]") { return }
        }
        throw Unterminated(construct: "quoted identifier", offset: start)
    }

    /// Skips `E'…'`, where a backslash escapes the character after it.
    ///
    /// A string that goes on after the end of the line, `E'a'⏎'b\''`, keeps its escapes there.
    mutating func skipEscapeString() throws(Unterminated) {
        let start = position
        position += 2
        while let byte = peek() {
            position += 1
            if byte == UInt8(ascii: "\\") {
                position += 1
            } else if byte == UInt8(ascii: "'") {
                if peek() == UInt8(ascii: "'") {
                    position += 1
                } else if let continuation = continuationQuote() {
                    position = continuation + 1
                } else {
                    return
                }
            }
        }
        throw Unterminated(construct: "string", offset: start)
    }

    private func continuationQuote() -> Int? {
        guard let next = bytes[position...].firstIndex(where: { !$0.isWhitespace }), bytes[next] == UInt8(ascii: "'")
        else { return nil }
        return bytes[position..<next].contains(UInt8(ascii: "\n")) ? next : nil
    }

    /// The tag that begins here, `$$` or `$name$`, or nil when the dollar is something else, such as `$1`.
    func dollarTag() -> ArraySlice<UInt8>? {
        guard let end = bytes[(position + 1)...].firstIndex(where: { !$0.isWordPart }),
            bytes[end] == UInt8(ascii: "$"), !bytes[position + 1].isDigit
        else { return nil }
        return bytes[position...end]
    }

    mutating func skipDollarBody(_ tag: ArraySlice<UInt8>) throws(Unterminated) {
        let start = position
        position += tag.count
        while let byte = peek() {
            if byte == UInt8(ascii: "$"), bytes[position...].starts(with: tag) {
                position += tag.count
                return
            }
            position += 1
        }
        throw Unterminated(construct: "dollar-quoted body", offset: start)
    }
}
