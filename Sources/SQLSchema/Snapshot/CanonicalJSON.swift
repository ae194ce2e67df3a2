import JSONText

/// JSON laid out for pull requests, always the same way: keys sorted, two spaces a level, and on one line what fits.
enum CanonicalJSON {
    case integer(Int)
    case bool(Bool)
    case string(String)
    case array([CanonicalJSON])
    case object([String: CanonicalJSON])

    /// How long a line may get before an array or object is spread over several.
    private static let lineLength = 100

    /// A text as the list of its lines, so that a change shows as a changed line.
    static func lines(_ text: String) -> CanonicalJSON {
        .strings(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }

    static func strings(_ strings: [String]) -> CanonicalJSON {
        .array(strings.map(CanonicalJSON.string))
    }

    /// The text in UTF-8, ending with one newline.
    func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes, indentation: 0, column: 0)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    /// Appends the value where `column` characters stand before it on its line.
    private func append(to bytes: inout [UInt8], indentation: Int, column: Int) {
        let line = inline
        if column + Self.width(line) + 1 <= Self.lineLength {  // one more for the comma
            bytes.append(contentsOf: line)
            return
        }
        switch self {
        case .integer, .bool, .string: bytes.append(contentsOf: line)
        case .array(let items):
            Self.append(items.map { ([], $0) }, between: ("[", "]"), to: &bytes, indentation: indentation)
        case .object(let members):
            Self.append(Self.sorted(members), between: ("{", "}"), to: &bytes, indentation: indentation)
        }
    }

    private static func append(
        _ parts: [(key: [UInt8], value: CanonicalJSON)], between brackets: (opening: String, closing: String),
        to bytes: inout [UInt8], indentation: Int
    ) {
        let inner = indentation + 2
        bytes.append(contentsOf: brackets.opening.utf8)
        for (index, part) in parts.enumerated() {
            bytes.append(contentsOf: (index == 0 ? "\n" : ",\n").utf8)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: inner))
            bytes.append(contentsOf: part.key)
            part.value.append(to: &bytes, indentation: inner, column: inner + width(part.key))
        }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation))
        bytes.append(contentsOf: brackets.closing.utf8)
    }

    /// The value on one line.
    private var inline: [UInt8] {
        switch self {
        case .integer(let integer): return Array(String(integer).utf8)
        case .bool(let bool): return Array((bool ? "true" : "false").utf8)
        case .string(let string): return Self.quoted(string)
        case .array(let items):
            return Array("[".utf8) + items.map(\.inline).joined(separator: ", ".utf8) + Array("]".utf8)
        case .object(let members):
            let parts = Self.sorted(members).map { $0.key + $0.value.inline }
            return Array("{".utf8) + parts.joined(separator: ", ".utf8) + Array("}".utf8)
        }
    }

    /// The members by their keys, which are written with quotes and colon.
    private static func sorted(_ members: [String: CanonicalJSON]) -> [(key: [UInt8], value: CanonicalJSON)] {
        members.sorted { $0.key < $1.key }.map { (quoted($0.key) + Array(": ".utf8), $0.value) }
    }

    private static func quoted(_ string: String) -> [UInt8] {
        var bytes: [UInt8] = []
        JSONWriter.append(string, to: &bytes)
        return bytes
    }

    /// How many characters the bytes are, as ``FileLocation`` counts them.
    private static func width(_ bytes: [UInt8]) -> Int {
        bytes.count { $0 & 0xC0 != 0x80 }
    }
}
