// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// A row of the table `customers`.
public struct CustomersRow: TableRow {
    /// The column `id`: bigint, NOT NULL, counted up by the database, nil before the row is stored.
    public var id: Int64?
    /// The column `name`: text, NOT NULL.
    public var name: String
    /// The column `email`: public.email, NULL allowed.
    public var email: Email?

    /// Creates a row from its values.
    @inlinable
    public init(id: Int64? = nil, name: String, email: Email? = nil) {
        self.id = id
        self.name = name
        self.email = email
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.id = try row.value(Int64?.self, at: 0)
        self.name = try row.value(String.self, at: 1)
        self.email = try row.value(Email?.self, at: 2)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.name, at: 0)
        try row.set(self.email, at: 1)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: CustomersRow, right: CustomersRow) -> Bool {
        left.id == right.id
            && left.name.hasSameBytes(as: right.name)
            && left.email == right.email
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [
        .postgres: RelationName(schema: "public", "customers"), .sqlite: RelationName("customers"),
    ]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .postgres: [
            Column(name: "id", type: "bigint", isNullable: false, identity: .byDefault),
            Column(name: "name", type: "text", isNullable: false),
            Column(name: "email", type: "public.email", isNullable: true),
        ],
        .sqlite: [
            Column(name: "id", type: "INTEGER", isNullable: false),
            Column(name: "name", type: "TEXT", isNullable: false),
            Column(name: "email", type: "TEXT", isNullable: true),
        ],
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = ["id", "name", "email"]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = ["name", "email"]

    /// The statements that write and find rows.
    public static let statements = RowStatements.all(CustomersRow.self)

    /// The type of `id`, which is the primary key.
    public typealias PrimaryKey = Int64

    /// The columns of the primary key.
    public static let keyColumns: [String] = ["id"]

    /// Writes the values of a key, in the order of `keyColumns`.
    @inlinable
    public static func write<Row: RowWriter & ~Copyable>(key: PrimaryKey, to row: inout Row) throws {
        try row.set(key, at: 0)
    }

    /// Writes the values of the key that the database counts up, behind those of `insertedColumns`.
    @inlinable
    public func writeCounted<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.id, at: 2)
    }
}
