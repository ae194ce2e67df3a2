// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// A row of the table `orders`.
public struct OrdersRow: TableRow {
    /// The column `id`: bigint, NOT NULL, counted up by the database, nil before the row is stored.
    public var id: Int64?
    /// The column `customer_id`: bigint, NULL allowed.
    public var customerID: Int64?
    /// The column `total`: numeric(12,2), NOT NULL.
    public var total: ExactDecimal
    /// The column `region`: public.region, NOT NULL.
    public var region: Region
    /// The column `placed_at`: timestamp with time zone, NOT NULL.
    public var placedAt: Instant
    /// The column `priority`: bigint, NOT NULL, default 3.
    public var priority: Int64

    /// Creates a row from its values.
    @inlinable
    public init(
        id: Int64? = nil,
        customerID: Int64? = nil,
        total: ExactDecimal,
        region: Region,
        placedAt: Instant,
        priority: Int64 = 3
    ) {
        self.id = id
        self.customerID = customerID
        self.total = total
        self.region = region
        self.placedAt = placedAt
        self.priority = priority
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.id = try row.value(Int64?.self, at: 0)
        self.customerID = try row.value(Int64?.self, at: 1)
        self.total = try row.value(ExactDecimal.self, at: 2)
        self.region = try row.value(Region.self, at: 3)
        self.placedAt = try row.value(Instant.self, at: 4)
        self.priority = try row.value(Int64.self, at: 5)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.customerID, at: 0)
        try row.set(self.total, at: 1, fractionDigits: 2, of: "total")
        try row.set(self.region, at: 2)
        try row.set(self.placedAt, at: 3)
        try row.set(self.priority, at: 4)
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [
        .postgres: RelationName(schema: "public", "orders"), .sqlite: RelationName("orders"),
    ]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .postgres: [
            Column(name: "id", type: "bigint", isNullable: false, identity: .byDefault),
            Column(name: "customer_id", type: "bigint", isNullable: true),
            Column(name: "total", type: "numeric(12,2)", isNullable: false),
            Column(name: "region", type: "public.region", isNullable: false),
            Column(name: "placed_at", type: "timestamp with time zone", isNullable: false),
            Column(name: "priority", type: "bigint", isNullable: false, defaultExpression: "3"),
        ],
        .sqlite: [
            Column(name: "id", type: "INTEGER", isNullable: false),
            Column(name: "customer_id", type: "INTEGER", isNullable: true),
            Column(name: "total", type: "TEXT", isNullable: false),
            Column(name: "region", type: "TEXT", isNullable: false),
            Column(name: "placed_at", type: "INTEGER", isNullable: false),
            Column(name: "priority", type: "INTEGER", isNullable: false, defaultExpression: "3"),
        ],
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = ["id", "customer_id", "total", "region", "placed_at", "priority"]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = ["customer_id", "total", "region", "placed_at", "priority"]

    /// The columns that PostgreSQL is given as texts, of which the statement makes the column's type.
    public static let castColumns: [String] = ["total"]

    /// The statements that write and find rows.
    public static let statements = RowStatements.all(OrdersRow.self)

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
        try row.set(self.id, at: 5)
    }
}
