import EventSourcingSQL
import Foundation
import Testing

@Suite("UUIDs as texts")
struct UUIDTextTests {
    private func uuid(_ text: [UInt8]) -> UUID? {
        text.withUnsafeBufferPointer { UUID(text: $0) }
    }

    @Test("Every UUID is read from lower and from upper case")
    func valid() {
        for _ in 0..<2000 {
            let expected = UUID()
            #expect(uuid(Array(expected.uuidString.utf8)) == expected)
            #expect(uuid(Array(expected.uuidString.lowercased().utf8)) == expected)
        }
    }

    @Test("At every place, what is no digit is refused")
    func everyByte() {
        let text = Array("01234567-89ab-cdef-0123-456789ABCDEF".utf8)
        let hyphens: Set = [8, 13, 18, 23]
        for index in text.indices {
            for byte in UInt8.min...UInt8.max {
                var other = text
                other[index] = byte
                let character = Character(UnicodeScalar(byte))
                let isValid = hyphens.contains(index) ? byte == UInt8(ascii: "-") : byte < 128 && character.isHexDigit
                #expect(uuid(other) == (isValid ? UUID(uuidString: String(decoding: other, as: UTF8.self)) : nil))
                #expect((uuid(other) != nil) == isValid, "\(index): \(byte)")
            }
        }
    }

    @Test("Texts of another length are none", arguments: ["", "0", "01234567-89ab-cdef-0123-456789ABCDEF0"])
    func length(text: String) {
        #expect(uuid(Array(text.utf8)) == nil)
    }
}
