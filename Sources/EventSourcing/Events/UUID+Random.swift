#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension UUID {
    /// A random UUID (RFC 9562, section 5.4).
    ///
    /// `UUID()` opens the system's random device each time on Linux, which costs more than all else about an event, and
    /// Swift's own generator calls the system for every 8 bytes.
    package static func random() -> UUID {
        var words = (high: UInt64(0), low: UInt64(0))
        // It fails only where there is no source of entropy, which Swift's generator waits for.
        if getentropy(&words, MemoryLayout.size(ofValue: words)) != 0 {
            var generator = SystemRandomNumberGenerator()
            words = (generator.next(), generator.next())
        }
        let high = words.high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = words.low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return UUID(uuid: withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { $0.loadUnaligned(as: uuid_t.self) })
    }

    /// The text of the UUID as RFC 9562, section 4 wants it written: in lower case.
    ///
    /// `uuidString.lowercased()` goes through two texts, which shows where every event gets an id.
    package var lowercaseText: String {
        withUnsafeBytes(of: uuid) { bytes in
            String(unsafeUninitializedCapacity: 36) { text in
                var offset = 0
                for (index, byte) in bytes.enumerated() {
                    if index == 4 || index == 6 || index == 8 || index == 10 {
                        text[offset] = UInt8(ascii: "-")
                        offset += 1
                    }
                    text[offset] = Self.digit(byte >> 4)
                    text[offset + 1] = Self.digit(byte & 15)
                    offset += 2
                }
                return offset
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
    }
}
