import JSONText

/// JSON with line breaks and indentation. Every token stays byte for byte as it was written: decoding it would lose
/// numbers such as 1e400, texts with half a character, and keys that occur twice.
enum PrettyJSON {
    /// Appends the text without a line break at its end.
    ///
    /// - Parameters:
    ///   - margin: how many blanks every line has before its own indentation.
    ///   - isForTerminal: whether control characters within texts, which would command a terminal, become escapes.
    /// - Throws: `JSONError` for what is not JSON; nothing was appended.
    static func append(
        _ json: [UInt8], margin: Int, isForTerminal: Bool, to output: inout [UInt8]
    ) throws(JSONError) {
        let result = json.withUnsafeBufferPointer { buffer -> Result<[UInt8], JSONError> in
            do throws(JSONError) {
                // What is valid can then be cut into its tokens without a look at the grammar.
                var validator = JSONScanner(buffer)
                try validator.skipValue()
                try validator.expectEnd()
                var layout = Layout(margin: margin, isForTerminal: isForTerminal)
                try layout.lay(out: buffer)
                return .success(layout.text)
            } catch {
                return .failure(error)
            }
        }
        output += try result.get()
    }
}

private struct Layout {
    private(set) var text: [UInt8] = []
    private let margin: Int
    private let isForTerminal: Bool
    private var depth = 0

    init(margin: Int, isForTerminal: Bool) {
        self.margin = margin
        self.isForTerminal = isForTerminal
    }

    mutating func lay(out json: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        var scanner = JSONScanner(json)
        indent()
        scanner.skipWhitespace()
        while let byte = scanner.peeked {
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                try scanner.expect(byte)
                text.append(byte)
                scanner.skipWhitespace()
                // An empty one stays in one line; in ASCII the closing one comes two after the opening one.
                if scanner.peeked == byte + 2 {
                    try scanner.expect(byte + 2)
                    text.append(byte + 2)
                } else {
                    depth += 1
                    breakLine()
                }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                try scanner.expect(byte)
                depth -= 1
                breakLine()
                text.append(byte)
            case UInt8(ascii: ","):
                try scanner.expect(byte)
                text.append(byte)
                breakLine()
            case UInt8(ascii: ":"):
                try scanner.expect(byte)
                text.append(contentsOf: ": ".utf8)
            default:
                appendToken(json[try scanner.skipValue()])
            }
            scanner.skipWhitespace()
        }
    }

    private mutating func breakLine() {
        text.append(UInt8(ascii: "\n"))
        indent()
    }

    private mutating func indent() {
        text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: margin + 2 * depth))
    }

    private mutating func appendToken(_ token: Slice<UnsafeBufferPointer<UInt8>>) {
        guard isForTerminal else { return text.append(contentsOf: token) }
        var index = token.startIndex
        while index < token.endIndex {
            let byte = token[index]
            // U+007F, and U+0080 to U+009F, which UTF-8 writes as C2 and a byte below A0.
            if byte == 0x7F {
                appendEscape(byte)
            } else if byte == 0xC2, token[index + 1] < 0xA0 {
                index += 1
                appendEscape(token[index])
            } else {
                text.append(byte)
            }
            index += 1
        }
    }

    private mutating func appendEscape(_ byte: UInt8) {
        text.append(contentsOf: "\\u00\(String(byte, radix: 16))".utf8)
    }
}
