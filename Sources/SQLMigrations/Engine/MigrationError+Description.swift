import SQLSchema

extension MigrationError: CustomStringConvertible {
    /// Each problem with its place, its line and a caret under the column.
    public var description: String {
        problems.map(\.ownDescription).joined(separator: "\n")
    }

    private var ownDescription: String {
        guard let location else { return "error: \(message)" }
        let headline = "\(location): error: \(message)"
        guard let sourceLine else { return headline }
        return "\(headline)\n\(sourceLine)\n\(Self.indentation(of: sourceLine, before: location.column))^"
    }

    /// Blanks as wide as the line is before a column, so that the caret stands right below it.
    private static func indentation(of line: String, before column: Int) -> String {
        line.unicodeScalars.prefix(column - 1).map { scalar in
            // A tab is as wide as the terminal makes it, so it is repeated and not replaced.
            scalar == "\t" ? "\t" : String(repeating: " ", count: scalar.columns)
        }.joined()
    }
}

extension Unicode.Scalar {
    /// How many columns of a terminal the scalar takes.
    fileprivate var columns: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        switch value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        default: return properties.isEmojiPresentation ? 2 : 1
        }
    }
}
