import JSONText
import Testing

@Suite struct JSONWriterTests {
    @Test func separatesMembersAndItems() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("text", "a")
            writer.member("nothing", nil)
            writer.member("number", -3)
            writer.key("list")
            writer.array { writer in
                writer.bool(true)
                writer.null()
                writer.array { _ in }
                writer.object { _ in }
                writer.raw("1.50".utf8)
            }
            writer.member("last", false)
        }
        #expect(writer.text == #"{"text":"a","number":-3,"list":[true,null,[],{},1.50],"last":false}"#)
    }

    @Test func escapesWhatMustBeEscapedAndNothingElse() throws {
        let text = "\"\\/\u{0}\u{8}\u{1F}\n\r\t\u{7F}é😀\u{2028}"
        var writer = JSONWriter()
        writer.string(text)
        #expect(writer.text == #""\"\\/\u0000\u0008\u001f\n\r\t"# + "\u{7F}é😀\u{2028}\"")
        #expect(try JSONNode(parsing: writer.bytes).string == text)
    }

    @Test func startsOverWithoutAComma() {
        var writer = JSONWriter()
        writer.integer(1)
        writer.removeAll()
        writer.integer(2)
        #expect(writer.text == "2")
    }
}
