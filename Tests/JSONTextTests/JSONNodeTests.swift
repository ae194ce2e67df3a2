import JSONText
import Testing

@Suite struct JSONNodeTests {
    @Test func remembersWhereValuesAndKeysStand() throws {
        let text = #" {"é": [1, "two"], "b": {"c": null}}"#
        let node = try JSONNode(parsing: Array(text.utf8))
        let members = try #require(node.members)
        #expect(node.offset == 1)
        #expect(members.map(\.key) == ["é", "b"])
        #expect(members.map(\.offset) == [2, 20])
        #expect(members.map(\.value.offset) == [8, 25])
        #expect(node["é"]?.items?.map(\.offset) == [9, 12])
        #expect(node["b"]?["c"]?.offset == 31)
    }

    @Test func keepsValuesAsTheyWereWritten() throws {
        let text = #"[1.50, -7, 123456789012345678901, true, null, "x", {"a": 1, "a": 2}]"#
        let items = try #require(try JSONNode(parsing: Array(text.utf8)).items)
        guard case .number("1.50") = items[0].value, case .null = items[4].value else {
            Issue.record("numbers keep their digits, and null is null")
            return
        }
        #expect(items[1].integer == -7)
        #expect(items[2].integer == nil)
        #expect(items[3].bool == true)
        #expect(items[5].string == "x")
        #expect(items[6].members?.map(\.value.integer) == [1, 2])
        #expect(items[6]["a"]?.integer == 1)
        #expect(items[0].string == nil && items[0].members == nil && items[0].items == nil && items[0].bool == nil)
    }

    static let strings: [(String, String)] = [
        (#""""#, ""), (#""plain""#, "plain"), (#""\"\\\/""#, "\"\\/"), (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"),
        (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\ud83d\ude00!""#, "😀!"), (#""é😀\n""#, "é😀\n"), (#""\u0000""#, "\0"),
        (#""12345678\u0039 and more than eight""#, "123456789 and more than eight"),
    ]

    @Test(arguments: strings) func decodes(text: String, expected: String) throws {
        let string = try #require(try JSONNode(parsing: Array(text.utf8)).string)
        #expect(Array(string.unicodeScalars) == Array(expected.unicodeScalars))
    }

    static let loneSurrogates = [#""\ud800""#, #""\udc00""#, #""\ud800x""#, #""\ud800\n""#, #""\ud800\u0041""#]

    @Test(arguments: loneSurrogates) func refusesHalfOfASurrogatePair(text: String) {
        #expect(throws: JSONError(.loneSurrogate, at: 1)) { try JSONNode(parsing: Array(text.utf8)) }
    }

    @Test func refusesWhatTheValidatorRefuses() {
        #expect(throws: JSONError(.unexpectedByte, at: 3)) { try JSONNode(parsing: Array("[1,]".utf8)) }
        #expect(throws: JSONError(.trailingBytes, at: 3)) { try JSONNode(parsing: Array("{} {}".utf8)) }
    }
}
