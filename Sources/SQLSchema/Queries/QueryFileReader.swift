/// Cuts a file of named queries at the lines that name them, and reads the comments below each name.
struct QueryFileReader {
    private let source: SourceText
    private var diagnostics: [SchemaDiagnostic] = []

    /// A line with its place, without its end.
    private struct Line {
        let text: Substring
        let offset: Int
        let end: Int
    }

    init(_ source: SourceText) {
        self.source = source
    }

    mutating func read() throws(InvalidSchemaError) -> [QueryFile.Query] {
        guard let lines = lines() else { throw InvalidSchemaError(diagnostics) }
        let starts = lines.indices.filter { Self.content(of: lines[$0], after: "name:") != nil }
        for line in lines[..<(starts.first ?? lines.endIndex)] {
            guard !line.text.allSatisfy(\.isWhitespace), !line.text.hasPrefix("--") else { continue }
            report("this belongs to no query; begin one with a line like: -- name: OpenOrders :many", at: line.offset)
            break
        }
        var queries: [QueryFile.Query] = []
        for (index, start) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1] : lines.endIndex
            if let query = query(lines[start..<end]) { queries.append(query) }
        }
        if !diagnostics.isEmpty { throw InvalidSchemaError(diagnostics) }
        return queries
    }

    private mutating func report(_ message: String, at offset: Int) {
        diagnostics.append(SchemaDiagnostic(message, at: source.location(at: offset)))
    }

    /// The lines of the file; nil when it is no text, which is reported.
    private mutating func lines() -> [Line]? {
        if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            report("the file begins with a byte-order mark; save it as UTF-8 without one", at: 0)
            return nil
        }
        if let zero = source.bytes.firstIndex(of: 0) {
            report("the file has a NUL in it, and must be text", at: zero)
            return nil
        }
        guard String(validating: source.bytes, as: UTF8.self) != nil else {
            report("the file is not in UTF-8", at: 0)
            return nil
        }
        var lines: [Line] = []
        var offset = 0
        for bytes in source.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let text = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
            lines.append(Line(text: String(decoding: text, as: UTF8.self)[...], offset: offset, end: bytes.endIndex))
            offset = bytes.endIndex + 1
        }
        return lines
    }

    /// What stands behind `-- ` and a word at the beginning of a line; nil when it begins otherwise.
    private static func content(of line: Line, after word: String) -> Substring? {
        guard line.text.hasPrefix("--") else { return nil }
        let comment = line.text.dropFirst(2).drop { $0.isWhitespace }
        return comment.hasPrefix(word) ? comment.dropFirst(word.count).drop { $0.isWhitespace } : nil
    }

    // MARK: One query

    private mutating func query(_ lines: ArraySlice<Line>) -> QueryFile.Query? {
        guard let first = lines.first, let (name, cardinality) = title(first) else { return nil }
        var documentation: [String] = []
        var declarations: [String: QueryFile.Declaration] = [:]
        var rest = lines.dropFirst()
        while let line = rest.first, line.text.hasPrefix("--") {
            if let content = Self.content(of: line, after: "parameter ") {
                declare(content, line, in: &declarations)
            } else {
                documentation.append(String(line.text.dropFirst(2).drop { $0 == " " }))
            }
            rest = rest.dropFirst()
        }
        guard let begin = rest.first?.offset, let last = rest.last, rest.contains(where: { !Self.isBlank($0) }) else {
            report("the query '\(name)' has no SQL below its name", at: first.offset)
            return nil
        }
        let text = lines.map { String($0.text) }.joined(separator: "\n")
        let trimmed = text.utf8.reversed().drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }.reversed()
        return QueryFile.Query(
            name: name, cardinality: cardinality, documentation: documentation, declarations: declarations,
            statement: begin..<last.end, location: source.location(at: first.offset),
            checksum: StableHash.text(of: Array(trimmed)))
    }

    private static func isBlank(_ line: Line) -> Bool {
        line.text.allSatisfy(\.isWhitespace)
    }

    /// `OpenOrders :many`.
    private mutating func title(_ line: Line) -> (name: String, cardinality: QueryCardinality)? {
        let words = (Self.content(of: line, after: "name:") ?? "").split(whereSeparator: \.isWhitespace)
        let known = QueryCardinality.allCases.map { ":\($0.rawValue)" }.joined(separator: ", ")
        guard words.count == 2, words[1].hasPrefix(":") else {
            report(
                "a query is named like this: -- name: OpenOrders :many; behind the name stands \(known)",
                at: line.offset)
            return nil
        }
        guard words[0].unicodeScalars.first?.properties.isAlphabetic == true,
            words[0].unicodeScalars.allSatisfy({ $0 == "_" || $0.properties.isXIDContinue })
        else {
            report("'\(words[0])' is no name: a letter, then letters, digits and _", at: line.offset)
            return nil
        }
        guard let cardinality = QueryCardinality(rawValue: String(words[1].dropFirst())) else {
            report("'\(words[1])' is nothing that a query gives back; known are \(known)", at: line.offset)
            return nil
        }
        return (String(words[0]), cardinality)
    }

    /// `region: string?`.
    private mutating func declare(
        _ content: Substring, _ line: Line, in declarations: inout [String: QueryFile.Declaration]
    ) {
        guard let colon = content.firstIndex(of: ":") else {
            return report("a parameter is declared like this: -- parameter region: string", at: line.offset)
        }
        let name = String(content[..<colon])
        var type = content[content.index(after: colon)...].drop { $0.isWhitespace }
        while type.last?.isWhitespace == true { type.removeLast() }
        let isNullable = type.last == "?"
        if isNullable { type.removeLast() }
        guard TypeChoice(word: String(type)) != nil || type.contains(".") else {
            let words = ColumnType.allCases.map(\.rawValue).joined(separator: ", ")
            return report(
                "'\(type)' is no type of a parameter: that is one of \(words), a list such as string[], or a column such "
                    + "as orders.region", at: line.offset)
        }
        let declaration = QueryFile.Declaration(
            type: String(type), isNullable: isNullable, location: source.location(at: line.offset))
        if declarations.updateValue(declaration, forKey: name) != nil {
            report("the parameter '\(name)' is declared twice", at: line.offset)
        }
    }
}
