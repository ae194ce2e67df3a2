extension String {
    /// The text that bytes of UTF-8 are; nil when they are not UTF-8.
    ///
    /// `String(validating:as:)` does the same several times slower, which shows in every row that is read.
    @inlinable
    package init?(exactly bytes: UnsafeBufferPointer<UInt8>) {
        if bytes.isASCII {
            // Nothing can be repaired in ASCII, so that nothing is altered.
            self.init(decoding: bytes, as: UTF8.self)
        } else {
            self.init(validating: bytes, as: UTF8.self)
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether no byte has its highest bit set; looks at eight of them at a time.
    @inlinable
    package var isASCII: Bool {
        let bytes = UnsafeRawBufferPointer(self)
        var bits: UInt64 = 0
        var offset = 0
        while offset + 8 <= bytes.count {
            bits |= bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            offset += 8
        }
        while offset < bytes.count {
            bits |= UInt64(bytes[offset])
            offset += 1
        }
        return bits & 0x8080_8080_8080_8080 == 0
    }
}
