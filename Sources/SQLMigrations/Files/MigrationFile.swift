/// A file as it was read, before its SQL is looked at.
struct MigrationFile {
    let path: String
    /// The content; nil when it cannot be read.
    let bytes: [UInt8]?
    /// The version in its name; nil when it is not called as a migration is.
    let version: Int64?
    /// The checksum of its text; nil when it cannot be read.
    let checksum: MigrationChecksum?

    /// Reads a file; nil for a folder.
    init?(_ path: String, _ reader: inout FileReader) {
        bytes = reader.contents(of: path)
        guard bytes != nil || !reader.isFolder(path) else { return nil }
        self.path = path
        version = try? MigrationFileName(MigrationFileName.lastPart(of: path)).version
        checksum = bytes.map(MigrationChecksum.init(ofFile:))
    }
}
