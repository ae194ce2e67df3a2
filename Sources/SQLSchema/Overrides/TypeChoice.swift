/// What an override file says of the Swift type of a column, or of all columns of a database type.
public enum TypeChoice: Hashable, Sendable {
    /// A word: `"instant"`.
    case scalar(ColumnType)
    /// `"string[]"`, or `"string?[]"` when elements can be NULL: the type of a list's elements.
    case list(ColumnType, hasNulls: Bool)
    /// `"own"`: a type of its own for an enum or a domain.
    case own
    /// `{"codable": "Address", "import": "Shop"}`: JSON that is decoded into a type of the team's own.
    case codable(String, module: String?)
    /// `{"type": "Money", "import": "Shop"}`: a type of the team's own that conforms to `RowValue`.
    case custom(String, module: String?)

    /// How it is written in the file, for a message.
    public var words: String {
        switch self {
        case .scalar(let type): type.rawValue
        case .list(let element, let hasNulls): "\(element.rawValue)\(hasNulls ? "?" : "")[]"
        case .own: "own"
        case .codable(let name, _), .custom(let name, _): name
        }
    }

    /// Reads a word; nil for one that means nothing.
    package init?(word: String) {
        if word == "own" {
            self = .own
        } else if word.hasSuffix("[]") {
            let element = word.dropLast(2)
            let hasNulls = element.hasSuffix("?")
            guard let type = ColumnType(rawValue: String(hasNulls ? element.dropLast() : element)) else { return nil }
            self = .list(type, hasNulls: hasNulls)
        } else {
            guard let type = ColumnType(rawValue: word) else { return nil }
            self = .scalar(type)
        }
    }
}
