public import SQLSchema

/// A migration file that was read and found to be well formed.
public struct Migration: Hashable, Sendable {
    /// The digits of the file name, as a number.
    public let version: Int64
    /// The file name after the version, without its extension.
    public let slug: String
    /// The file name: `20260101000000_create_events.sql`.
    public let name: String
    /// The file as it was given, for messages.
    public let path: String
    /// The database that it is written for.
    public let dialect: Dialect
    /// The whole text with `\n` line endings.
    public let text: String
    /// The checksum of the text.
    public let checksum: MigrationChecksum
    /// What is run to apply it.
    public let up: MigrationSection
    /// What is run to undo it; nil when the file has no such section.
    public let down: MigrationSection?
    /// Whether the file says that it cannot be undone.
    public let isIrreversible: Bool

    /// Reads a migration from the bytes of its file.
    ///
    /// - Parameters:
    ///   - path: The file, as messages name it; its last component must be `<version>_<name>.sql`.
    ///   - bytes: The content of the file.
    ///   - dialect: The database that it is written for.
    /// - Throws: ``MigrationError`` with every problem of the file.
    public init(path: String, bytes: [UInt8], dialect: Dialect) throws(MigrationError) {
        try self.init(path: path, bytes: bytes, checksum: MigrationChecksum(ofFile: bytes), dialect: dialect)
    }

    init(_ file: MigrationFile, dialect: Dialect) throws(MigrationError) {
        guard let bytes = file.bytes, let checksum = file.checksum else {
            throw MigrationError(.unreadable, "cannot read the file \(file.path)")
        }
        try self.init(path: file.path, bytes: bytes, checksum: checksum, dialect: dialect)
    }

    private init(
        path: String, bytes: [UInt8], checksum: MigrationChecksum, dialect: Dialect
    ) throws(MigrationError) {
        let name = MigrationFileName.lastPart(of: path)
        let fileName: MigrationFileName
        do {
            fileName = try MigrationFileName(name)
        } catch {
            throw MigrationError(
                .invalidFileName, error.reason, location: FileLocation(file: path, line: 1, column: 1))
        }
        let source = try SourceText(checking: bytes, file: path)
        let content = try MigrationParser.parse(source, dialect: dialect)
        version = fileName.version
        slug = String(fileName.slug)
        self.name = String(name)
        self.path = path
        self.dialect = dialect
        text = source.text(source.bytes.indices)
        self.checksum = checksum
        up = content.up
        down = content.down
        isIrreversible = content.isIrreversible
    }

    /// The text with its lines, for errors that point into it.
    var source: SourceText { SourceText(file: path, bytes: Array(text.utf8)) }
}

/// The part of a migration that applies it, or the part that undoes it.
public struct MigrationSection: Hashable, Sendable {
    /// The statements in their order.
    public var statements: [SQLStatement]
    /// Whether all of them run in one transaction; `transaction:false` says no.
    public var isTransactional: Bool
    /// Where the marker of the section stands.
    public var location: FileLocation
}
