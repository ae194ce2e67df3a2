import Testing

@testable import RowGenerator

@Suite struct SwiftLiteralTests {
    static let strings: [(String, String)] = [
        ("", #""""#), ("é \"b\" \\n", #""é \"b\" \\n""#), ("\n\r\t\u{0}\u{1F}", #""\n\r\t\u{0}\u{1f}""#),
        (#"\(name)"#, #""\\(name)""#),
    ]

    @Test(arguments: strings) func onOneLine(text: String, expected: String) {
        #expect(SwiftLiteral.string(text) == expected)
    }

    static let hashes: [(String, Int)] = [
        ("plain", 1), (#"\n \(x)"#, 1), (###"\#(x)"###, 2), (###"\##(x) \#"###, 3), (#"""" "#, 1), (##""""#"##, 2),
        (###"""""##"###, 3), (##"""#"##, 1), ("#####", 1), (##"\a#"##, 1),
    ]

    /// One more than stand after any backslash or three quotes.
    @Test(arguments: hashes) func overSeveralLines(text: String, count: Int) {
        let literal = SwiftLiteral.multiline(text)
        let delimiter = String(repeating: "#", count: count)
        #expect(literal.opening == delimiter + "\"\"\"")
        #expect(literal.lines == [text])
        #expect(literal.closing == "\"\"\"" + delimiter)
    }

    @Test func keepsEveryLineBreakAndEscapesControlCharacters() {
        #expect(SwiftLiteral.multiline("a\n\n\tb \r\n").lines == ["a", "", "\tb \\#u{d}", ""])
        #expect(SwiftLiteral.multiline("").lines == [""])
    }
}
