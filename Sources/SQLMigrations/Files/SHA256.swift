/// SHA-256 as FIPS 180-4 describes it.
///
/// Written out here because swift-crypto would make every user of the embedded store build BoringSSL, for one checksum
/// of a few small files. It protects against accidents, not against attackers, and is not meant for anything else.
enum SHA256 {
    /// The 32 bytes of the hash of a message.
    static func hash(_ message: ArraySlice<UInt8>) -> [UInt8] {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 8) { state in
            _ = state.initialize(from: initialState)
            message.withUnsafeBytes { message in
                let whole = message.count / 64 * 64
                compress(UnsafeRawBufferPointer(rebasing: message[..<whole]), into: state)
                compressEnd(UnsafeRawBufferPointer(rebasing: message[whole...]), of: message.count, into: state)
            }
            return [UInt8](unsafeUninitializedCapacity: 32) { bytes, count in
                for index in 0..<32 {
                    bytes[index] = UInt8(truncatingIfNeeded: state[index / 4] >> (24 - index % 4 * 8))
                }
                count = 32
            }
        }
    }

    /// Section 5.1.1: a one bit, zeros, and the length in bits fill up the last bytes to one or two blocks.
    private static func compressEnd(
        _ rest: UnsafeRawBufferPointer, of count: Int, into state: UnsafeMutableBufferPointer<UInt32>
    ) {
        withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { end in
            end.initializeMemory(as: UInt8.self, repeating: 0)
            end.copyMemory(from: rest)
            end[rest.count] = 0x80
            let length = rest.count < 56 ? 64 : 128
            end.storeBytes(of: (UInt64(count) * 8).bigEndian, toByteOffset: length - 8, as: UInt64.self)
            compress(UnsafeRawBufferPointer(rebasing: end[..<length]), into: state)
        }
    }

    /// Takes blocks of 64 bytes each (section 6.2.2).
    private static func compress(_ blocks: UnsafeRawBufferPointer, into state: UnsafeMutableBufferPointer<UInt32>) {
        constants.withUnsafeBufferPointer { constants in
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
                for start in stride(from: 0, to: blocks.count, by: 64) {
                    compress(blocks, at: start, into: state, schedule, constants)
                }
            }
        }
    }

    private static func compress(
        _ blocks: UnsafeRawBufferPointer, at start: Int, into state: UnsafeMutableBufferPointer<UInt32>,
        _ schedule: UnsafeMutableBufferPointer<UInt32>, _ constants: UnsafeBufferPointer<UInt32>
    ) {
        for index in 0..<16 {
            schedule[index] = blocks.loadUnaligned(fromByteOffset: start &+ index &* 4, as: UInt32.self).bigEndian
        }
        for index in 16..<64 {
            let first = schedule[index &- 15]
            let second = schedule[index &- 2]
            let small = first.rotated(7) ^ first.rotated(18) ^ first &>> 3
            let large = second.rotated(17) ^ second.rotated(19) ^ second &>> 10
            schedule[index] = schedule[index &- 16] &+ small &+ schedule[index &- 7] &+ large
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for index in 0..<64 {
            let choice = (e & f) ^ (~e & g)
            let majority = (a & b) ^ (a & c) ^ (b & c)
            let large = e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)
            let first = h &+ large &+ choice &+ constants[index] &+ schedule[index]
            let second = (a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)) &+ majority
            (a, b, c, d, e, f, g, h) = (first &+ second, a, b, c, d &+ first, e, f, g)
        }
        state[0] &+= a
        state[1] &+= b
        state[2] &+= c
        state[3] &+= d
        state[4] &+= e
        state[5] &+= f
        state[6] &+= g
        state[7] &+= h
    }

    /// Section 5.3.3: the fractions of the square roots of the first 8 primes.
    private static let initialState: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    /// Section 4.2.2: the fractions of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}

extension UInt32 {
    fileprivate func rotated(_ count: UInt32) -> UInt32 { self &>> count | self &<< (32 &- count) }
}
