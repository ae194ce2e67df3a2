// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// A row of the table `local_cache`.
public struct LocalCacheRow: TableRow {
    /// The column `key`: TEXT, NOT NULL.
    public var key: String
    /// The column `value`: BLOB, NULL allowed.
    public var value: [UInt8]?

    /// Creates a row from its values.
    @inlinable
    public init(key: String, value: [UInt8]? = nil) {
        self.key = key
        self.value = value
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.key = try row.value(String.self, at: 0)
        self.value = try row.value([UInt8]?.self, at: 1)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.key, at: 0)
        try row.set(self.value, at: 1)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: LocalCacheRow, right: LocalCacheRow) -> Bool {
        left.key.hasSameBytes(as: right.key)
            && left.value == right.value
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [.sqlite: RelationName("local_cache")]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .sqlite: [
            Column(name: "key", type: "TEXT", isNullable: false),
            Column(name: "value", type: "BLOB", isNullable: true),
        ]
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = ["key", "value"]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = ["key", "value"]

    /// The statements that write and find rows.
    public static let statements = RowStatements.all(LocalCacheRow.self)

    /// The type of `key`, which is the primary key.
    public typealias PrimaryKey = String

    /// The columns of the primary key.
    public static let keyColumns: [String] = ["key"]

    /// Writes the values of a key, in the order of `keyColumns`.
    @inlinable
    public static func write<Row: RowWriter & ~Copyable>(key: PrimaryKey, to row: inout Row) throws {
        try row.set(key, at: 0)
    }
}
