/// The catalog of each dialect and the migrations it came from, as `schema/schema.json` keeps them.
///
/// The file is what a build reads: no database and no network are needed to turn it into Swift. It is canonical, so
/// that two dumps of one schema are the same bytes and a pull request shows what changed.
public struct SchemaSnapshot: Hashable, Sendable {
    /// The version of the file format that this build writes, and the newest that it reads.
    public static let format = 1

    /// The subtree of each dialect that has one.
    public var dialects: [Dialect: DialectSnapshot]
    /// The named queries, sorted by file and name.
    public var queries: [NamedQuery]

    /// Creates a snapshot and sorts its queries.
    public init(dialects: [Dialect: DialectSnapshot] = [:], queries: [NamedQuery] = []) {
        self.dialects = dialects
        self.queries = queries.sorted { ($0.file, $0.name) < ($1.file, $1.name) }
    }
}

/// The part of a snapshot that belongs to one dialect.
public struct DialectSnapshot: Hashable, Sendable {
    /// What introspection found after the migrations.
    public var catalog: Catalog
    /// The migrations that led there, in the order of their versions.
    public var migrations: [EmbeddedMigration]

    /// Creates the part of a snapshot that belongs to one dialect.
    public init(catalog: Catalog, migrations: [EmbeddedMigration]) {
        self.catalog = catalog
        self.migrations = migrations
    }
}

/// A migration file as the snapshot carries it, so that a generated module can apply the history it was made from.
public struct EmbeddedMigration: Hashable, Sendable {
    /// The file's name: `20260101000000_create_events.sql`.
    public var name: String
    /// The SHA-256 of its text, in hexadecimal; line endings and trailing blank lines do not count.
    public var checksum: String
    /// The whole file with `\n` line endings.
    public var text: String

    /// Creates an embedded migration.
    public init(name: String, checksum: String, text: String) {
        self.name = name
        self.checksum = checksum
        self.text = text
    }
}
