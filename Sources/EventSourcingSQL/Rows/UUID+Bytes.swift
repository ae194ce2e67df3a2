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
        guard text.count == 36 else { return nil }
        var value: (UInt64, UInt64) = (0, 0)
        for (index, byte) in text.enumerated() {
            if index == 8 || index == 13 || index == 18 || index == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            value = (value.0 << 4 | value.1 >> 60, value.1 << 4 | UInt64(digit))
        }
        let bigEndian = (value.0.bigEndian, value.1.bigEndian)
        self.init(uuid: withUnsafeBytes(of: bigEndian) { $0.loadUnaligned(as: uuid_t.self) })
    }
}
