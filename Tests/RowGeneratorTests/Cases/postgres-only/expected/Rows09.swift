// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// A row of the table `shop.deliveries`.
public struct DeliveriesRow: TableRow {
    /// The column `id`: integer, NOT NULL, counted up by the database, nil before the row is stored.
    public var id: Int32?
    /// The column `order_id`: character varying(64), NOT NULL.
    public var orderID: String
    /// The column `left_at`: shop.moment, NOT NULL, default now().
    public var leftAt: Instant
    /// The column `row`: bigint, NOT NULL, default '9000000000'::bigint.
    public var row: Int64

    /// Creates a row from its values.
    @inlinable
    public init(id: Int32? = nil, orderID: String, leftAt: Instant, row: Int64 = 9000000000) {
        self.id = id
        self.orderID = orderID
        self.leftAt = leftAt
        self.row = row
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.id = try row.value(Int32?.self, at: 0)
        self.orderID = try row.value(String.self, at: 1)
        self.leftAt = try row.value(Instant.self, at: 2)
        self.row = try row.value(Int64.self, at: 3)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.orderID, at: 0)
        try row.set(self.leftAt, at: 1)
        try row.set(self.row, at: 2)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: DeliveriesRow, right: DeliveriesRow) -> Bool {
        left.id == right.id
            && left.orderID.hasSameBytes(as: right.orderID)
            && left.leftAt == right.leftAt
            && left.row == right.row
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [.postgres: RelationName(schema: "shop", "deliveries")]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .postgres: [
            Column(
                name: "id",
                type: "integer",
                isNullable: false,
                defaultExpression: "nextval('shop.deliveries_id_seq'::regclass)"),
            Column(name: "order_id", type: "character varying(64)", isNullable: false),
            Column(name: "left_at", type: "shop.moment", isNullable: false, defaultExpression: "now()"),
            Column(name: "row", type: "bigint", isNullable: false, defaultExpression: "'9000000000'::bigint"),
            Column(name: "weight", type: "numeric", isNullable: true, isGenerated: true),
        ]
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = ["id", "order_id", "left_at", "row"]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = ["order_id", "left_at", "row"]

    /// The statements that write and find rows.
    public static let statements = RowStatements.all(DeliveriesRow.self)

    /// The type of `id`, which is the primary key.
    public typealias PrimaryKey = Int32

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
        try row.set(self.id, at: 3)
    }
}
