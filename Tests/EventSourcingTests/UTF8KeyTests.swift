import Testing

@testable import EventSourcing

@Suite("Texts that are ordered by their bytes")
struct UTF8KeyTests {
    @Test("stand in the order of their bytes, a shorter one before a longer one that begins with it")
    func order() {
        // U+FFFD comes before U+1F600 in UTF-8, and after it in UTF-16; the two forms of é are different texts.
        let texts = ["", "\0", "A", "a", "a\0", "aa", "b", "e\u{301}", "z", "\u{e9}", "\u{fffd}", "\u{1F600}"]
        let keys = texts.map(UTF8Key.init)
        #expect(keys.shuffled().sorted() == keys)
        #expect(keys.allSatisfy { !($0 < $0) })
    }
}
