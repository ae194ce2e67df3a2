package import SQLSchema

/// Cuts SQL into its statements, token by token.
package struct StatementSplitter {
    private let source: SourceText
    private let dialect: Dialect
    private var boundary: any StatementBoundary
    private var range: Range<Int>?
    private var words: [String] = []

    init(source: SourceText, dialect: Dialect) {
        self.source = source
        self.dialect = dialect
        boundary = dialect.statementBoundary
    }

    /// The statements of a text.
    ///
    /// - Throws: ``MigrationError`` at the start of a quote, comment or body that does not end.
    package static func statements(
        in text: String, file: String, dialect: Dialect
    ) throws(MigrationError) -> [SQLStatement] {
        let source = SourceText(file: file, bytes: Array(text.utf8))
        var lexer = SQLLexer(source.bytes, dialect: dialect)
        var splitter = StatementSplitter(source: source, dialect: dialect)
        var statements: [SQLStatement] = []
        do {
            while let token = try lexer.next() {
                if let statement = splitter.consume(token) { statements.append(statement) }
            }
        } catch {
            throw source.error(error)
        }
        if let last = try splitter.finish() { statements.append(last) }
        return statements
    }

    /// Whether the next token stands in the body of a trigger or function.
    var isInsideBody: Bool { boundary.isInsideBody }

    /// Takes a token and returns the statement that it ends.
    mutating func consume(_ token: SQLToken) -> SQLStatement? {
        guard !token.isComment else { return nil }
        let word = token.kind == .word ? source.text(token.range).uppercased() : nil
        if boundary.endsStatement(with: token, word: word) { return cut() }
        range = (range?.lowerBound ?? token.range.lowerBound)..<token.range.upperBound
        if let word, words.count < 10 { words.append(word) }
        return nil
    }

    /// The last statement, which needs no semicolon.
    ///
    /// - Throws: ``MigrationError`` when a body is still open.
    mutating func finish() throws(MigrationError) -> SQLStatement? {
        guard !isInsideBody else {
            throw source.error(.invalidFile, "the body of this statement has no END", at: range?.lowerBound ?? 0)
        }
        return cut()
    }

    private mutating func cut() -> SQLStatement? {
        defer {
            boundary = dialect.statementBoundary
            range = nil
            words = []
        }
        return range.map { range in
            SQLStatement(
                text: source.text(range), location: source.location(at: range.lowerBound), offset: range.lowerBound,
                words: words)
        }
    }
}

extension SourceText {
    func error(_ unterminated: SQLLexer.Unterminated) -> MigrationError {
        error(.invalidFile, "this \(unterminated.construct) does not end", at: unterminated.offset)
    }
}
