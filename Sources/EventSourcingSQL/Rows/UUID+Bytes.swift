#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension UUID {
    /// The UUID that 16 bytes are; nil for any other number of them.
    package init?(bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 16 else { return nil }
        self.init(uuid: UnsafeRawBufferPointer(bytes).loadUnaligned(as: uuid_t.self))
    }

    /// The UUID that a text is (RFC 9562, section 4), in lower or upper case; nil for any other text.
    ///
    /// `UUID(uuidString:)` makes a string of it first, which shows in every row that is read.
    package init?(text: UnsafeBufferPointer<UInt8>) {
        let hyphen = UInt8(ascii: "-")
        guard text.count == 36, text[8] == hyphen, text[13] == hyphen, text[18] == hyphen, text[23] == hyphen else {
            return nil
        }
        let raw = UnsafeRawBufferPointer(text)
        func digits(_ first: Int, _ second: Int) -> UInt64 {
            let high = raw.loadUnaligned(fromByteOffset: first, as: UInt32.self).bigEndian
            let low = raw.loadUnaligned(fromByteOffset: second, as: UInt32.self).bigEndian
            return UInt64(high) << 32 | UInt64(low)
        }
        guard
            let first = UInt32(hexadecimal: digits(0, 4)), let second = UInt32(hexadecimal: digits(9, 14)),
            let third = UInt32(hexadecimal: digits(19, 24)), let fourth = UInt32(hexadecimal: digits(28, 32))
        else { return nil }
        let bytes = (first.bigEndian, second.bigEndian, third.bigEndian, fourth.bigEndian)
        self.init(uuid: withUnsafeBytes(of: bytes) { $0.loadUnaligned(as: uuid_t.self) })
    }
}

extension UInt32 {
    /// The number that 8 hexadecimal digits are, the first of them in the highest byte; nil when one of them is none.
    ///
    /// All 8 at once, each in its own byte of a word: a digit is `0x30` and its value, and a letter has the bit `0x40` and,
    /// in the lower half, its value less 9.
    fileprivate init?(hexadecimal text: UInt64) {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let letters = text >> 6 & ones
        var values = (text & (ones &* 0x0f)) &+ letters &* 9
        // 10 and above are for letters, and for them alone; nothing else has bits in the upper half.
        let areLetters = (values &+ ones &* 6) >> 4 & ones == letters
        let areSmall = values & (ones &* 0xf0) == 0
        let isSpelled = text | letters << 5 == values &+ ones &* 0x30 &+ letters &* 0x27
        guard areLetters, areSmall, isSpelled else { return nil }
        values = (values | values >> 4) & 0x00ff_00ff_00ff_00ff
        values = (values | values >> 8) & 0x0000_ffff_0000_ffff
        self.init(truncatingIfNeeded: values | values >> 16)
    }
}
