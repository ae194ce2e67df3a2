/// Writes texts as Swift string literals that mean exactly the same bytes.
enum SwiftLiteral {
    /// A literal on one line.
    static func string(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            case "\0"..<" ": literal += escape(scalar, hashes: "")
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }

    /// The lines of a raw literal over several lines, from `#"""` to `"""#`, with as many `#` as the text demands.
    static func multiline(_ text: String) -> (opening: String, lines: [String], closing: String) {
        let hashes = String(repeating: "#", count: 1 + longestHashRun(in: text))
        var lines = [""]
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": lines.append("")
            case "\t": lines[lines.count - 1] += "\t"
            // The compiler reads a carriage return as a line break and warns about other control characters.
            case "\0"..<" ": lines[lines.count - 1] += escape(scalar, hashes: hashes)
            default: lines[lines.count - 1].unicodeScalars.append(scalar)
            }
        }
        return ("\(hashes)\"\"\"", lines, "\"\"\"\(hashes)")
    }

    /// A list of literals, for an array.
    static func strings(_ texts: [String]) -> [String] {
        texts.map(string)
    }

    /// How many `#` follow a backslash or three quotes at most: one more keeps them from meaning anything.
    private static func longestHashRun(in text: String) -> Int {
        var longest = 0
        var run = 0
        var quotes = 0
        var counts = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "#"):
                run += 1
                if counts { longest = max(longest, run) }
                quotes = 0
            case UInt8(ascii: "\\"): (run, quotes, counts) = (0, 0, true)
            case UInt8(ascii: "\""):
                quotes += 1
                (run, counts) = (0, quotes >= 3)
            default: (run, quotes, counts) = (0, 0, false)
            }
        }
        return longest
    }

    private static func escape(_ scalar: Unicode.Scalar, hashes: String) -> String {
        "\\\(hashes)u{\(String(scalar.value, radix: 16))}"
    }
}
