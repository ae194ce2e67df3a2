import Foundation

/// The -wal file of a database, as far as a test must understand it (<https://sqlite.org/fileformat2.html#walformat>).
struct WriteAheadLog {
    /// How many transactions it holds; valid only until it begins anew.
    let commitCount: Int

    init(of database: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(database)-wal")))
        let headerSize = 32
        let frameSize = 24 + 4096
        let salt = bytes[16..<24]
        commitCount = stride(from: headerSize, to: bytes.count - 23, by: frameSize).count { frame in
            // The last page of a transaction says how many pages the database has; a frame of old has another salt.
            bytes[frame + 4..<frame + 8] != [0, 0, 0, 0] && bytes[frame + 8..<frame + 16].elementsEqual(salt)
        }
    }
}
