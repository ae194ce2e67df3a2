package import SQLSchema

/// A statement whose parameters have names, `:region` or `:placed_after?`, as no database has them.
///
/// A colon begins a parameter when a letter follows and no word, bracket or colon touches it in front, so that casts such as
/// `'7'::bigint` and slices such as `items[1:last]` are left alone.
package struct NamedParameters {
    /// A place in the statement that is not as it should be.
    package struct Mistake: Error {
        package let message: String
        /// How many bytes stand before it in the text.
        package let offset: Int
    }

    /// The names in the order in which they come first; that of index 0 is parameter 1.
    package private(set) var names: [String] = []
    /// The names of the parameters that can be NULL.
    package private(set) var nullable: Set<String> = []

    private var places: [(range: Range<Int>, number: Int)] = []
    /// What is sent to a database, without the comments and the semicolon around it.
    private let statement: Range<Int>
    private let source: SourceText
    private let dialect: Dialect

    /// Looks for the parameters of one statement.
    ///
    /// - Parameters:
    ///   - range: where the statement stands, with whatever comments.
    ///   - source: the whole file.
    /// - Throws: ``Mistake`` when there is not exactly one statement, when a quote does not end, and for a parameter that is
    ///   written otherwise.
    package init(in range: Range<Int>, of source: SourceText, dialect: Dialect) throws(Mistake) {
        self.source = source
        self.dialect = dialect
        let tokens = try Self.tokens(in: range, of: source, dialect)
        guard let first = tokens.first, let last = tokens.last(where: { $0.kind != .semicolon }) else {
            throw Mistake(message: "there is no SQL here", offset: range.lowerBound)
        }
        if let end = tokens.firstIndex(where: { $0.kind == .semicolon }), end + 1 < tokens.count {
            throw Mistake(
                message: "a second statement begins here; each query is one", offset: tokens[end + 1].range.lowerBound)
        }
        statement = first.range.lowerBound..<last.range.upperBound
        for (index, token) in tokens.enumerated() {
            try read(token, next: index + 1 < tokens.count ? tokens[index + 1] : nil)
        }
    }

    /// The tokens that are no comments.
    private static func tokens(
        in range: Range<Int>, of source: SourceText, _ dialect: Dialect
    ) throws(Mistake) -> [SQLToken] {
        var lexer = SQLLexer(Array(source.bytes[range]), dialect: dialect)
        var tokens: [SQLToken] = []
        do {
            while let token = try lexer.next() {
                let start = token.range.lowerBound + range.lowerBound
                if !token.isComment { tokens.append(SQLToken(token.kind, start..<(start + token.range.count))) }
            }
        } catch {
            throw Mistake(message: "this \(error.construct) does not end", offset: range.lowerBound + error.offset)
        }
        return tokens
    }

    private mutating func read(_ token: SQLToken, next: SQLToken?) throws(Mistake) {
        guard case .other(let byte) = token.kind else { return }
        let start = token.range.lowerBound
        switch byte {
        case UInt8(ascii: "?") where dialect == .sqlite && places.last?.range.upperBound == start + 1: return
        case UInt8(ascii: "?") where dialect == .sqlite,
            UInt8(ascii: "@") where dialect == .sqlite,
            UInt8(ascii: "$") where next?.range.lowerBound == start + 1:
            throw Mistake(message: "a parameter is written with a colon and a name, such as :region", offset: start)
        case UInt8(ascii: ":"): break
        default: return
        }
        guard let next, next.kind == .word, next.range.lowerBound == start + 1, !source.bytes[start + 1].isDigit,
            start == statement.lowerBound || Self.canPrecede(source.bytes[start - 1])
        else { return }
        let name = source.text(next.range)
        let end = next.range.upperBound
        let isNullable = end < source.bytes.count && source.bytes[end] == UInt8(ascii: "?")
        if isNullable { nullable.insert(name) }
        if !names.contains(name) { names.append(name) }
        places.append((start..<(isNullable ? end + 1 : end), (names.firstIndex(of: name) ?? 0) + 1))
    }

    private static func canPrecede(_ byte: UInt8) -> Bool {
        !byte.isWordPart && ![UInt8(ascii: ":"), UInt8(ascii: "]"), UInt8(ascii: ")")].contains(byte)
    }

    // MARK: What is sent

    /// The statement with numbers for names.
    ///
    /// - Parameter casts: the types that PostgreSQL is to make of texts, by the numbers of the parameters.
    package func sql(casts: [Int: String] = [:]) -> String {
        var sql = ""
        var position = statement.lowerBound
        for place in places {
            sql += source.text(position..<place.range.lowerBound) + written(place.number, casts)
            position = place.range.upperBound
        }
        return sql + source.text(position..<max(position, statement.upperBound))
    }

    private func written(_ number: Int, _ casts: [Int: String]) -> String {
        switch dialect {
        case .sqlite: "?\(number)"
        case .postgres: casts[number].map { "($\(number)::text)::\($0)" } ?? "$\(number)"
        }
    }

    /// The place in the file of a byte of what was sent.
    package func offset(ofSent offset: Int, casts: [Int: String] = [:]) -> Int {
        var sent = 0
        var position = statement.lowerBound
        for place in places {
            let text = place.range.lowerBound - position
            if offset < sent + text { return position + offset - sent }
            sent += text
            let parameter = written(place.number, casts).utf8.count
            if offset < sent + parameter { return place.range.lowerBound }
            sent += parameter
            position = place.range.upperBound
        }
        return min(position + offset - sent, statement.upperBound)
    }

    /// Where a parameter first stands in the file.
    package func offset(of name: String) -> Int {
        let number = (names.firstIndex(of: name) ?? 0) + 1
        return places.first { $0.number == number }?.range.lowerBound ?? statement.lowerBound
    }
}
