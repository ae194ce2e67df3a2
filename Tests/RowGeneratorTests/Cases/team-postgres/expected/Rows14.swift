// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// A row of the view `customer_names`.
public struct CustomerNamesRow: GeneratedRow {
    /// The column `id`: bigint, NULL allowed.
    public var id: Int64?
    /// The column `name`: text, NULL allowed.
    public var name: String?

    /// Creates a row from its values.
    @inlinable
    public init(id: Int64? = nil, name: String? = nil) {
        self.id = id
        self.name = name
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.id = try row.value(Int64?.self, at: 0)
        self.name = try row.value(String?.self, at: 1)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: CustomerNamesRow, right: CustomerNamesRow) -> Bool {
        left.id == right.id
            && left.name.hasSameBytes(as: right.name)
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [
        .postgres: RelationName(schema: "orders", "customer_names"), .sqlite: RelationName("customer_names"),
    ]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .postgres: [
            Column(name: "id", type: "bigint", isNullable: true),
            Column(name: "name", type: "text", isNullable: true),
        ],
        .sqlite: [
            Column(name: "id", type: "INTEGER", isNullable: true),
            Column(name: "name", type: "TEXT", isNullable: true),
        ],
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = ["id", "name"]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = []
}

/// A row of the table `customers`.
public struct CustomersRow: TableRow {
    /// The column `id`: bigint, NOT NULL, counted up by the database, nil before the row is stored.
    public var id: Int64?
    /// The column `name`: text, NOT NULL.
    public var name: String
    /// The column `created_at`: timestamp with time zone, NOT NULL, default now().
    public var createdAt: Instant
    /// The column `settings`: json, NULL allowed.
    public var settings: JSON?

    /// Creates a row from its values.
    @inlinable
    public init(id: Int64? = nil, name: String, createdAt: Instant, settings: JSON? = nil) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
        self.settings = settings
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.id = try row.value(Int64?.self, at: 0)
        self.name = try row.value(String.self, at: 1)
        self.createdAt = try row.value(Instant.self, at: 2)
        self.settings = try row.value(JSON?.self, at: 3)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.name, at: 0)
        try row.set(self.createdAt, at: 1)
        try row.set(self.settings, at: 2)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: CustomersRow, right: CustomersRow) -> Bool {
        left.id == right.id
            && left.name.hasSameBytes(as: right.name)
            && left.createdAt == right.createdAt
            && left.settings == right.settings
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [
        .postgres: RelationName(schema: "orders", "customers"), .sqlite: RelationName("customers"),
    ]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .postgres: [
            Column(name: "id", type: "bigint", isNullable: false, identity: .byDefault),
            Column(name: "name", type: "text", isNullable: false),
            Column(name: "created_at", type: "timestamp with time zone", isNullable: false, defaultExpression: "now()"),
            Column(name: "settings", type: "json", isNullable: true),
        ],
        .sqlite: [
            Column(name: "id", type: "INTEGER", isNullable: false),
            Column(name: "name", type: "TEXT", isNullable: false),
            Column(name: "created_at", type: "INTEGER", isNullable: false),
            Column(name: "settings", type: "TEXT", isNullable: true),
        ],
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = ["id", "name", "created_at", "settings"]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = ["name", "created_at", "settings"]

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
        try row.set(self.id, at: 3)
    }
}
