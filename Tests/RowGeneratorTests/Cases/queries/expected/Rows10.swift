// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A row of the table `notes`.
public struct NotesRow: TableRow {
    /// The column `id`: TEXT, NOT NULL.
    public var id: UUID
    /// The column `text`: TEXT, NOT NULL.
    public var text: String

    /// Creates a row from its values.
    @inlinable
    public init(id: UUID, text: String) {
        self.id = id
        self.text = text
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.id = try row.value(UUID.self, at: 0)
        self.text = try row.value(String.self, at: 1)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.id, at: 0)
        try row.set(self.text, at: 1)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: NotesRow, right: NotesRow) -> Bool {
        left.id == right.id
            && left.text.hasSameBytes(as: right.text)
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [.sqlite: RelationName("notes")]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .sqlite: [
            Column(name: "id", type: "TEXT", isNullable: false),
            Column(name: "text", type: "TEXT", isNullable: false),
        ]
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = ["id", "text"]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = ["id", "text"]

    /// The statements that write and find rows.
    public static let statements = RowStatements.all(NotesRow.self)

    /// The type of `id`, which is the primary key.
    public typealias PrimaryKey = UUID

    /// The columns of the primary key.
    public static let keyColumns: [String] = ["id"]

    /// Writes the values of a key, in the order of `keyColumns`.
    @inlinable
    public static func write<Row: RowWriter & ~Copyable>(key: PrimaryKey, to row: inout Row) throws {
        try row.set(key, at: 0)
    }
}
