/// Turns the names of a database into Swift names: `tenant_id` into `tenantID`, `order_events` into `OrderEvents`.
enum SwiftName {
    /// A name for a property; nil when the database's name has no letter to begin with, or is `self`, which no
    /// initializer could assign.
    static func property(_ name: String) -> String? {
        guard let words = words(of: name), let first = words.first, words != ["self"] else { return nil }
        return first + words.dropFirst().map(capitalized).joined()
    }

    /// A name for a constant, as for a property, but with `_` before a digit; nil when there is no letter or digit.
    static func constant(_ name: String) -> String? {
        guard name.unicodeScalars.first.map({ "0"..."9" ~= $0 }) == true else { return property(name) }
        return property("x\(name)").map { "_\($0.dropFirst())" }
    }

    /// A name for a type; nil when the database's name has no letter to begin with.
    static func type(_ name: String) -> String? {
        words(of: name)?.map(capitalized).joined()
    }

    /// The name as an identifier, in backticks where Swift gives it another meaning.
    static func escaped(_ name: String) -> String {
        reserved.contains(name) ? "`\(name)`" : name
    }

    /// The name as the label of an argument, where almost every keyword may stand.
    static func label(_ name: String) -> String {
        ["inout", "let", "var"].contains(name) ? "`\(name)`" : name
    }

    /// The words in lower case: cut at `_` and whatever is no letter or digit, and where camelCase has a hump.
    private static func words(of name: String) -> [String]? {
        let parts = name.split { !$0.isLetter && !$0.isNumber }
        guard let first = parts.first?.unicodeScalars.first, first.properties.isXIDStart else { return nil }
        guard parts.allSatisfy({ $0.unicodeScalars.allSatisfy(\.properties.isXIDContinue) }) else { return nil }
        return parts.flatMap(humps).map { $0.lowercased() }
    }

    /// `createdAt` is `created` and `At`; `HTTPStatus` is `HTTP` and `Status`.
    private static func humps(of part: Substring) -> [Substring] {
        var humps: [Substring] = []
        var start = part.startIndex
        for index in part.indices.dropFirst() where part[index].isUppercase {
            let next = part.index(after: index)
            let afterLower = !part[part.index(before: index)].isUppercase
            let beforeLower = next < part.endIndex && part[next].isLowercase
            if afterLower || beforeLower {
                humps.append(part[start..<index])
                start = index
            }
        }
        return humps + [part[start...]]
    }

    private static func capitalized(_ word: String) -> String {
        if initialisms.contains(word) { return word.uppercased() }
        if word.hasSuffix("s"), initialisms.contains(String(word.dropLast())) {
            return word.dropLast().uppercased() + "s"
        }
        return word.prefix(1).uppercased() + word.dropFirst()
    }

    /// Words that the API Design Guidelines write in capitals wherever they do not begin a lower-case name.
    private static let initialisms: Set<String> = [
        "api", "html", "http", "https", "id", "ip", "json", "sql", "uri", "url", "utc", "uuid", "xml",
    ]

    /// The keywords that cannot stand alone as the name of a property, a parameter or an argument.
    private static let reserved: Set<String> = [
        "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer", "deinit", "do",
        "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import",
        "in", "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup", "private", "protocol",
        "public", "repeat", "rethrows", "return", "self", "static", "struct", "subscript", "super", "switch", "throw",
        "throws", "true", "try", "typealias", "var", "where", "while",
    ]
}
