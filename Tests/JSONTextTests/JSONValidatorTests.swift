import JSONText
import Testing

/// RFC 8259 as the one validator of event data sees it.
@Suite struct JSONValidatorTests {
    static let valid: [String] = [
        "null", "true", "false", "0", "-0", "12", "-1.5", "1e3", "1E+3", "1.25e-10", "123456789012345678901234567890",
        "\"\"", "\"a\"", #""\"\\\/\b\f\n\r\t""#, #""\u0000""#, #""\ud83d\ude00""#, #""\ud800""#, "\"é€😀\"",
        "\"\u{7F}\"",
        "[]", "[ ]", "[1]", "[1, [2, []], {}]", "{}", "{ }", #"{"a":1}"#, #"{"a": {"b": [null]}, "a": 2}"#,
        " \t\r\n1 \t\r\n", #"{"":""}"#,
    ]

    @Test(arguments: valid) func accepts(text: String) throws {
        try validate(Array(text.utf8))
    }

    static let invalid: [(String, JSONError.Code, Int)] = [
        ("", .unexpectedEnd, 0), (" ", .unexpectedEnd, 1), ("nul", .unexpectedEnd, 3), ("nulL", .unexpectedByte, 3),
        ("True", .unexpectedByte, 0), ("'a'", .unexpectedByte, 0), ("+1", .unexpectedByte, 0),
        (".5", .unexpectedByte, 0), ("-", .invalidNumber, 1), ("01", .invalidNumber, 1), ("-01", .invalidNumber, 2),
        ("1.", .invalidNumber, 2), ("1.e3", .invalidNumber, 2), ("1e", .invalidNumber, 2), ("1e+", .invalidNumber, 3),
        ("0x10", .trailingBytes, 1), ("NaN", .unexpectedByte, 0), ("1 2", .trailingBytes, 2), ("[", .unexpectedEnd, 1),
        ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3), ("[1,]", .unexpectedByte, 3),
        ("[,1]", .unexpectedByte, 1),
        ("[1 2]", .unexpectedByte, 3), ("[1}", .unexpectedByte, 2), ("{", .unexpectedEnd, 1),
        ("{]", .unexpectedByte, 1),
        (#"{"a"}"#, .unexpectedByte, 4), (#"{"a":}"#, .unexpectedByte, 5), (#"{"a":1,}"#, .unexpectedByte, 7),
        (#"{a:1}"#, .unexpectedByte, 1), (#"{1:1}"#, .unexpectedByte, 1), (#"{"a":1 "b":2}"#, .unexpectedByte, 7),
        ("\"a", .unexpectedEnd, 2), (#""\"#, .unexpectedEnd, 2), (#""\x""#, .invalidEscape, 1),
        (#""\u12g4""#, .invalidEscape, 1), (#""\u12"#, .unexpectedEnd, 5), ("\"a\nb\"", .controlCharacter, 2),
        ("\"\u{0}\"", .controlCharacter, 1), ("\"12345678\u{1F}\"", .controlCharacter, 9),
        ("\u{FEFF}1", .unexpectedByte, 0),
        ("// comment\n1", .unexpectedByte, 0),
    ]

    @Test(arguments: invalid) func refuses(text: String, code: JSONError.Code, offset: Int) {
        #expect(throws: JSONError(code, at: offset)) { try validate(Array(text.utf8)) }
    }

    static let invalidUTF8: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
        [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80],
        [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
    ]

    /// Overlong forms, surrogates, what is beyond U+10FFFF and what is cut off; at the start and after a full word.
    @Test(arguments: invalidUTF8) func refusesInvalidUTF8(bytes: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        #expect(throws: JSONError(.invalidUTF8, at: 1)) { try validate([quote] + bytes + [quote]) }
        #expect(throws: JSONError(.invalidUTF8, at: 9)) {
            try validate([quote] + Array("12345678".utf8) + bytes + [quote])
        }
    }

    @Test(arguments: ["[", #"{"a":"#]) func limitsTheDepth(opening: String) throws {
        let closing = opening == "[" ? "]" : "}"
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)).utf8)
        }
        try validate(nested(512))
        #expect(throws: JSONError(.tooDeep, at: 512 * opening.utf8.count + 1)) { try validate(nested(513)) }
    }

    @Test func keepsObjectsAndArraysApartAtEveryDepth() throws {
        let opening = String(repeating: #"[{"a":"#, count: 256)
        try validate(Array((opening + "1" + String(repeating: "}]", count: 256)).utf8))
        #expect(throws: JSONError.self) {
            try validate(Array((opening + "1" + String(repeating: "}]", count: 255) + "]}").utf8))
        }
    }

    private func validate(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            try scanner.skipValue()
            try scanner.expectEnd()
        }
    }
}
