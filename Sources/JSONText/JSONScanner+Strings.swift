extension JSONScanner {
    /// Reads past one string and checks its escapes and its UTF-8, without decoding it.
    package mutating func skipString() throws(JSONError) {
        _ = try scanString()
    }

    /// Reads one string and decodes its escapes.
    ///
    /// - Throws: ``JSONError`` with `loneSurrogate` for `"\ud800"`: JSON allows it, but it is no Unicode text.
    package mutating func readString() throws(JSONError) -> String {
        let start = offset + 1
        let hasEscapes = try scanString()
        let content = UnsafeBufferPointer(rebasing: bytes[start..<offset - 1])
        return hasEscapes ? try decode(content, at: start) : String(decoding: content, as: UTF8.self)
    }

    /// Reads from the opening to the closing quote and tells whether escapes stand between them.
    private mutating func scanString() throws(JSONError) -> Bool {
        try expect(UInt8(ascii: "\""))
        var hasEscapes = false
        var index = offset
        let count = bytes.count
        while true {
            // Eight bytes at a time as long as none of them is special.
            while index &+ 8 <= count {
                let word = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped + index)
                    .loadUnaligned(as: UInt64.self)
                if Self.hasSpecialByte(word) { break }
                index &+= 8
            }
            guard index < count else { throw JSONError(.unexpectedEnd, at: count) }
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                advance(to: index + 1)
                return hasEscapes
            case UInt8(ascii: "\\"):
                hasEscapes = true
                index = try endOfEscape(at: index)
            case 0..<0x20: throw JSONError(.controlCharacter, at: index)
            case 0x80...: index = try endOfScalar(at: index)
            default: index &+= 1
            }
        }
    }

    /// Whether one of eight bytes is a quote, a backslash, a control character or part of a longer scalar.
    @inline(__always)
    private static func hasSpecialByte(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highBits: UInt64 = 0x8080_8080_8080_8080
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        let special = (word &- (ones &* 0x20)) | (quotes &- ones) | (backslashes &- ones) | word
        return special & highBits != 0
    }

    private func endOfEscape(at start: Int) throws(JSONError) -> Int {
        guard start + 1 < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
        switch bytes[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return start + 2
        case UInt8(ascii: "u"):
            guard start + 6 <= bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
            for index in start + 2..<start + 6 where Self.hexadecimal(bytes[index]) == nil {
                throw JSONError(.invalidEscape, at: start)
            }
            return start + 6
        default: throw JSONError(.invalidEscape, at: start)
        }
    }

    /// Checks one scalar of two to four bytes against RFC 3629: no overlong form, no surrogate, at most U+10FFFF.
    private func endOfScalar(at start: Int) throws(JSONError) -> Int {
        let lead = bytes[start]
        let second: ClosedRange<UInt8>
        let length: Int
        switch lead {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw JSONError(.invalidUTF8, at: start)
        }
        guard start + length <= bytes.count, second ~= bytes[start + 1] else {
            throw JSONError(.invalidUTF8, at: start)
        }
        for index in start + 2..<max(start + 2, start + length) where !(0x80...0xBF ~= bytes[index]) {
            throw JSONError(.invalidUTF8, at: start)
        }
        return start + length
    }

    private func decode(_ content: UnsafeBufferPointer<UInt8>, at start: Int) throws(JSONError) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(content.count)
        var index = 0
        while index < content.count {
            guard content[index] == UInt8(ascii: "\\") else {
                decoded.append(content[index])
                index += 1
                continue
            }
            switch content[index + 1] {
            case UInt8(ascii: "b"): decoded.append(0x08)
            case UInt8(ascii: "f"): decoded.append(0x0C)
            case UInt8(ascii: "n"): decoded.append(0x0A)
            case UInt8(ascii: "r"): decoded.append(0x0D)
            case UInt8(ascii: "t"): decoded.append(0x09)
            case UInt8(ascii: "u"):
                let scalar = try Self.scalar(escapedAt: index, in: content, start: start)
                decoded.append(contentsOf: Array(String(Character(scalar)).utf8))
                index += scalar.value > 0xFFFF ? 12 : 6
                continue
            case let byte: decoded.append(byte)
            }
            index += 2
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    /// The scalar of `\uXXXX`, or of a surrogate pair of two of them.
    private static func scalar(
        escapedAt index: Int, in content: UnsafeBufferPointer<UInt8>, start: Int
    ) throws(JSONError) -> Unicode.Scalar {
        let first = codeUnit(at: index + 2, in: content)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, index + 12 <= content.count, content[index + 6] == UInt8(ascii: "\\"),
            content[index + 7] == UInt8(ascii: "u")
        else { throw JSONError(.loneSurrogate, at: start + index) }
        let second = codeUnit(at: index + 8, in: content)
        guard 0xDC00...0xDFFF ~= second,
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw JSONError(.loneSurrogate, at: start + index) }
        return scalar
    }

    private static func codeUnit(at index: Int, in content: UnsafeBufferPointer<UInt8>) -> UInt32 {
        (index..<index + 4).reduce(0) { $0 << 4 | (hexadecimal(content[$1]) ?? 0) }
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
