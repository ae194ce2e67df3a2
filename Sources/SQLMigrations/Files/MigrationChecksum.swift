/// The SHA-256 of the text of a migration, by which an edited file is found.
///
/// Line endings and blank lines at the end do not count, because checkouts and editors change them.
public struct MigrationChecksum: Hashable, Sendable, CustomStringConvertible {
    /// The 32 bytes of the hash.
    public let bytes: [UInt8]

    /// Takes the bytes of a hash; nil unless they are 32.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Computes the checksum of the text of a file.
    public init(of text: String) {
        self.init(ofLines: Array(text.utf8).withoutCarriageReturns)
    }

    /// Computes the checksum of the bytes of a file.
    ///
    /// What has `\r\r\n` in the file has `\r\n` in the text of the migration, and `\n` in that of a generated module.
    init(ofFile bytes: [UInt8]) {
        self.init(ofLines: bytes.withoutCarriageReturns.withoutCarriageReturns)
    }

    /// Computes the checksum of a text whose lines end with `\n`.
    init(ofLines lines: [UInt8]) {
        let lastInk = lines.lastIndex { byte in
            byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\t") && byte != UInt8(ascii: " ")
        }
        let end = lastInk.map { lines[$0...].firstIndex(of: UInt8(ascii: "\n")) ?? lines.endIndex }
        bytes = SHA256.hash(lines[..<(end ?? 0)])
    }

    /// The hash in hexadecimal.
    public var description: String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

extension [UInt8] {
    /// The bytes with CRLF read as LF.
    var withoutCarriageReturns: [UInt8] {
        guard contains(UInt8(ascii: "\r")) else { return self }
        return indices.filter { index in
            self[index] != UInt8(ascii: "\r") || index + 1 == endIndex || self[index + 1] != UInt8(ascii: "\n")
        }.map { self[$0] }
    }
}
