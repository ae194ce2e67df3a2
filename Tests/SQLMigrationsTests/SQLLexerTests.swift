import SQLMigrations
import SQLSchema
import Testing

@Suite("The lexer")
struct SQLLexerTests {
    private func tokens(_ sql: String, _ dialect: Dialect) throws(SQLLexer.Unterminated) -> [SQLToken] {
        var lexer = SQLLexer(Array(sql.utf8), dialect: dialect)
        var tokens: [SQLToken] = []
        while let token = try lexer.next() { tokens.append(token) }
        return tokens
    }

    private func texts(_ sql: String, _ dialect: Dialect) throws -> [String] {
        let bytes = Array(sql.utf8)
        return try tokens(sql, dialect).map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }

    private func unterminated(_ sql: String, _ dialect: Dialect) -> String? {
        do {
            _ = try tokens(sql, dialect)
            return nil
        } catch {
            return "\(error.construct) at \(error.offset)"
        }
    }

    @Test("Words, numbers, semicolons and operators are tokens of their own", arguments: Dialect.allCases)
    func plain(dialect: Dialect) throws {
        #expect(try texts("SELECT a_1,1.5 ;b+c", dialect) == ["SELECT", "a_1", ",", "1", ".", "5", ";", "b", "+", "c"])
        let kinds = try tokens("a;+", dialect).map(\.kind)
        #expect(kinds == [.word, .semicolon, .other(UInt8(ascii: "+"))])
    }

    @Test("A doubled quote is part of the text", arguments: Dialect.allCases)
    func doubledQuotes(dialect: Dialect) throws {
        #expect(try texts("'a''b;' \"c\"\"d;\"", dialect) == ["'a''b;'", "\"c\"\"d;\""])
    }

    @Test("A backslash escapes in E strings of PostgreSQL only")
    func escapes() throws {
        #expect(try texts(#"E'a\'b;' e'\\' 'c\'"#, .postgres) == [#"E'a\'b;'"#, #"e'\\'"#, #"'c\'"#])
        #expect(try texts(#"E'a\' b"#, .sqlite) == ["E", #"'a\'"#, "b"])
        #expect(try texts(#"name'a\'"#, .postgres) == ["name", #"'a\'"#])
        #expect(try texts(#"E'a''b'"#, .postgres) == ["E'a''b'"])
    }

    @Test("An E string that goes on in the next line keeps its escapes")
    func continuedEscapes() throws {
        #expect(try texts("E'a'\n  'b\\';' c", .postgres) == ["E'a'\n  'b\\';'", "c"])
        #expect(try texts("E'a' 'b'", .postgres) == ["E'a'", "'b'"])
    }

    @Test("Dollar quotes end at the same tag, in PostgreSQL only")
    func dollarQuotes() throws {
        #expect(try texts("$$a;'b$$ c", .postgres) == ["$$a;'b$$", "c"])
        #expect(try texts("$x$a $$ $y$ ; $x$;", .postgres) == ["$x$a $$ $y$ ; $x$", ";"])
        #expect(try texts("$é$;$é$", .postgres) == ["$é$;$é$"])
        #expect(try texts("$1 a$b$c $2$", .postgres) == ["$", "1", "a$b$c", "$", "2", "$"])
        #expect(try texts("$$;", .sqlite) == ["$", "$", ";"])
    }

    @Test("Backticks and brackets quote in SQLite only")
    func quotedIdentifiers() throws {
        #expect(try texts("`a``;` [b;'] c", .sqlite) == ["`a``;`", "[b;']", "c"])
        #expect(try texts("a[1]", .postgres) == ["a", "[", "1", "]"])
    }

    @Test("Block comments nest in PostgreSQL and not in SQLite")
    func blockComments() throws {
        #expect(try texts("/* a /* b */ c */ d", .postgres) == ["/* a /* b */ c */", "d"])
        #expect(try texts("/* a /* b */ c", .sqlite) == ["/* a /* b */", "c"])
        #expect(try texts("/*/ a */ b", .sqlite) == ["/*/ a */", "b"])
    }

    @Test("A line comment ends with its line")
    func lineComments() throws {
        #expect(try texts("-- a;'\nb", .sqlite) == ["-- a;'", "b"])
        #expect(try texts("-- a\rb", .postgres) == ["-- a", "b"])
        #expect(try texts("-- a\rb", .sqlite) == ["-- a\rb"])
        #expect(try texts("a-b", .sqlite) == ["a", "-", "b"])
    }

    @Test("What does not end is named with its start")
    func unterminated() {
        #expect(unterminated("a 'b", .sqlite) == "string at 2")
        #expect(unterminated("a \"b", .sqlite) == "quoted identifier at 2")
        #expect(unterminated("a [b", .sqlite) == "quoted identifier at 2")
        #expect(unterminated("a /* b", .sqlite) == "comment at 2")
        #expect(unterminated("/* /* */", .postgres) == "comment at 0")
        #expect(unterminated("a $x$ $y$", .postgres) == "dollar-quoted body at 2")
        #expect(unterminated("a E'\\", .postgres) == "string at 2")
        #expect(unterminated("'a''", .postgres) == "string at 0")
    }
}
