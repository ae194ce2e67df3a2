/// Reads JSON (RFC 8259) front to back over borrowed bytes, without building a tree.
///
/// One scanner serves everything here that reads JSON: `skipValue()` is the validator of event data, `nextKey()` cuts
/// a CloudEvents message into its members, and ``JSONNode`` builds the tree of a schema snapshot on top of it.
/// It must not outlive the buffer that it reads.
package struct JSONScanner {
    /// How many arrays and objects may stand inside each other, as most parsers limit it.
    package static var maximumDepth: Int { 512 }

    let bytes: UnsafeBufferPointer<UInt8>

    /// How many bytes have been read.
    package private(set) var offset = 0

    /// How many bytes stand before the key that `nextKey` returned last.
    package private(set) var keyOffset = 0

    package init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The next byte without reading it, or nil at the end.
    package var peeked: UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    package mutating func skipWhitespace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): offset += 1
            default: return
            }
        }
    }

    /// Reads one given byte.
    package mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard offset < bytes.count else { throw JSONError(.unexpectedEnd, at: offset) }
        guard bytes[offset] == byte else { throw JSONError(.unexpectedByte, at: offset) }
        offset += 1
    }

    /// Checks that nothing but white space is left.
    package mutating func expectEnd() throws(JSONError) {
        skipWhitespace()
        guard offset == bytes.count else { throw JSONError(.trailingBytes, at: offset) }
    }

    // MARK: Objects and arrays, member by member

    /// Reads the opening brace of an object or bracket of an array; the members follow with `nextKey()` or `nextItem()`.
    package mutating func enter(_ opening: UInt8) throws(JSONError) {
        skipWhitespace()
        try expect(opening)
    }

    /// Reads up to the value of the next member and returns its key, or nil after the last one.
    package mutating func nextKey(isFirst: Bool) throws(JSONError) -> String? {
        guard try next(closing: UInt8(ascii: "}"), isFirst: isFirst) else { return nil }
        keyOffset = offset
        let key = try readString()
        skipWhitespace()
        try expect(UInt8(ascii: ":"))
        skipWhitespace()
        return key
    }

    /// Reads up to the next item of an array; false after the last one.
    package mutating func nextItem(isFirst: Bool) throws(JSONError) -> Bool {
        try next(closing: UInt8(ascii: "]"), isFirst: isFirst)
    }

    private mutating func next(closing: UInt8, isFirst: Bool) throws(JSONError) -> Bool {
        skipWhitespace()
        if peeked == closing {
            offset += 1
            return false
        }
        if !isFirst {
            try expect(UInt8(ascii: ","))
            skipWhitespace()
        }
        return true
    }

    // MARK: Whole values

    /// Reads one value of any kind, checks it, and returns where it stood.
    @discardableResult
    package mutating func skipValue() throws(JSONError) -> Range<Int> {
        skipWhitespace()
        let start = offset
        var nesting = Nesting()
        repeat {
            // Here a value must start.
            skipWhitespace()
            guard let byte = peeked else { throw JSONError(.unexpectedEnd, at: offset) }
            switch byte {
            case UInt8(ascii: "\""): try skipString()
            case UInt8(ascii: "{"):
                offset += 1
                try nesting.push(isObject: true, at: offset)
                skipWhitespace()
                if peeked != UInt8(ascii: "}") {
                    try skipKey()
                    continue
                }
            case UInt8(ascii: "["):
                offset += 1
                try nesting.push(isObject: false, at: offset)
                skipWhitespace()
                if peeked != UInt8(ascii: "]") { continue }
            case UInt8(ascii: "t"): try skipLiteral("true")
            case UInt8(ascii: "f"): try skipLiteral("false")
            case UInt8(ascii: "n"): try skipLiteral("null")
            default: try skipNumber()
            }
            // Here a value has ended: close what it ends, up to the comma before the next one.
            try skipClosings(&nesting)
        } while nesting.depth > 0
        return start..<offset
    }

    private mutating func skipClosings(_ nesting: inout Nesting) throws(JSONError) {
        while nesting.depth > 0 {
            skipWhitespace()
            guard let byte = peeked else { throw JSONError(.unexpectedEnd, at: offset) }
            switch (byte, nesting.isObject) {
            case (UInt8(ascii: "}"), true), (UInt8(ascii: "]"), false):
                offset += 1
                nesting.pop()
            case (UInt8(ascii: ","), true):
                offset += 1
                skipWhitespace()
                return try skipKey()
            case (UInt8(ascii: ","), false):
                offset += 1
                return
            default: throw JSONError(.unexpectedByte, at: offset)
            }
        }
    }

    private mutating func skipKey() throws(JSONError) {
        try skipString()
        skipWhitespace()
        try expect(UInt8(ascii: ":"))
    }

    private mutating func skipLiteral(_ literal: StaticString) throws(JSONError) {
        for index in 0..<literal.utf8CodeUnitCount {
            try expect(literal.utf8Start[index])
        }
    }

    private mutating func skipNumber() throws(JSONError) {
        let start = offset
        if peeked == UInt8(ascii: "-") { offset += 1 }
        if peeked == UInt8(ascii: "0") {
            offset += 1
        } else if !skipDigits() {
            throw JSONError(offset == start ? .unexpectedByte : .invalidNumber, at: offset)
        }
        if peeked == UInt8(ascii: ".") {
            offset += 1
            guard skipDigits() else { throw JSONError(.invalidNumber, at: offset) }
        }
        if peeked == UInt8(ascii: "e") || peeked == UInt8(ascii: "E") {
            offset += 1
            if peeked == UInt8(ascii: "+") || peeked == UInt8(ascii: "-") { offset += 1 }
            guard skipDigits() else { throw JSONError(.invalidNumber, at: offset) }
        }
        if let byte = peeked, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte {
            throw JSONError(.invalidNumber, at: offset)  // a leading zero
        }
    }

    private mutating func skipDigits() -> Bool {
        let start = offset
        while offset < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[offset] { offset += 1 }
        return offset > start
    }

    /// The bytes of a range that has been read, as text.
    package func text(of range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// Moves on without reading; for the string reader in its own file.
    mutating func advance(to newOffset: Int) {
        offset = newOffset
    }
}

/// Which of the open arrays and objects is which: one bit a level, no allocation.
private struct Nesting {
    private(set) var depth = 0
    private var objects: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)

    var isObject: Bool {
        let level = depth - 1
        return withUnsafeBytes(of: objects) { raw in
            raw.load(fromByteOffset: (level >> 6) * 8, as: UInt64.self) >> UInt64(level & 63) & 1 == 1
        }
    }

    mutating func push(isObject: Bool, at offset: Int) throws(JSONError) {
        guard depth < JSONScanner.maximumDepth else { throw JSONError(.tooDeep, at: offset) }
        let level = depth
        withUnsafeMutableBytes(of: &objects) { raw in
            var word = raw.load(fromByteOffset: (level >> 6) * 8, as: UInt64.self)
            word = isObject ? word | 1 << UInt64(level & 63) : word & ~(1 << UInt64(level & 63))
            raw.storeBytes(of: word, toByteOffset: (level >> 6) * 8, as: UInt64.self)
        }
        depth += 1
    }

    mutating func pop() {
        depth -= 1
    }
}
