// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// A value of the domain `types.email`, which is text.
public struct Email: RawRepresentable, RowValue, ListElement, Hashable, Codable, Sendable {
    /// The value.
    public let rawValue: String

    /// Makes a value of the domain; the database checks it.
    @inlinable
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Compares by the UTF-8 bytes, as the database does.
    @inlinable
    public static func == (left: Email, right: Email) -> Bool {
        left.rawValue.hasSameBytes(as: right.rawValue)
    }

    /// Hashes the bytes that `==` compares.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        for byte in rawValue.utf8 { hasher.combine(byte) }
    }
}

/// A row of the table `checkpoints`.
public struct CheckpointsRow: TableRow {
    /// The column `feed`: text, NOT NULL.
    public var feed: String
    /// The column `reader`: text, NOT NULL.
    public var reader: String
    /// The column `position`: bigint, NOT NULL.
    public var position: Int64
    /// The column `updated_at`: timestamp with time zone, NOT NULL.
    public var updatedAt: Instant

    /// Creates a row from its values.
    @inlinable
    public init(feed: String, reader: String, position: Int64, updatedAt: Instant) {
        self.feed = feed
        self.reader = reader
        self.position = position
        self.updatedAt = updatedAt
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.feed = try row.value(String.self, at: 0)
        self.reader = try row.value(String.self, at: 1)
        self.position = try row.value(Int64.self, at: 2)
        self.updatedAt = try row.value(Instant.self, at: 3)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.feed, at: 0)
        try row.set(self.reader, at: 1)
        try row.set(self.position, at: 2)
        try row.set(self.updatedAt, at: 3)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: CheckpointsRow, right: CheckpointsRow) -> Bool {
        left.feed.hasSameBytes(as: right.feed)
            && left.reader.hasSameBytes(as: right.reader)
            && left.position == right.position
            && left.updatedAt == right.updatedAt
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [
        .postgres: RelationName(schema: "public", "checkpoints"), .sqlite: RelationName("checkpoints"),
    ]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .postgres: [
            Column(name: "feed", type: "text", isNullable: false),
            Column(name: "reader", type: "text", isNullable: false),
            Column(name: "position", type: "bigint", isNullable: false),
            Column(name: "updated_at", type: "timestamp with time zone", isNullable: false),
        ],
        .sqlite: [
            Column(name: "feed", type: "TEXT", isNullable: false),
            Column(name: "reader", type: "TEXT", isNullable: false),
            Column(name: "position", type: "INTEGER", isNullable: false),
            Column(name: "updated_at", type: "INTEGER", isNullable: false),
        ],
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = ["feed", "reader", "position", "updated_at"]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = ["feed", "reader", "position", "updated_at"]

    /// The statements that write and find rows.
    public static let statements = RowStatements.all(CheckpointsRow.self)

    /// The values of the primary key's columns.
    public struct PrimaryKey: Sendable {
        /// The value of `feed`.
        public var feed: String
        /// The value of `reader`.
        public var reader: String

        /// Creates a key from its values.
        @inlinable
        public init(feed: String, reader: String) {
            self.feed = feed
            self.reader = reader
        }
    }

    /// The columns of the primary key.
    public static let keyColumns: [String] = ["feed", "reader"]

    /// Writes the values of a key, in the order of `keyColumns`.
    @inlinable
    public static func write<Row: RowWriter & ~Copyable>(key: PrimaryKey, to row: inout Row) throws {
        try row.set(key.feed, at: 0)
        try row.set(key.reader, at: 1)
    }
}
