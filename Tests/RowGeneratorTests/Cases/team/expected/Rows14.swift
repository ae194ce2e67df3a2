// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A row of the table `customers`.
public struct CustomersRow: TableRow {
    /// The column `id`: TEXT, NOT NULL.
    public var id: UUID
    /// The column `name`: TEXT, NOT NULL.
    public var name: String
    /// The column `email`: TEXT, NULL allowed.
    public var email: String?
    /// The column `is_active`: INTEGER, NOT NULL, default 1.
    public var isActive: Bool
    /// The column `discount`: REAL, NOT NULL, default 0.
    public var discount: Double
    /// The column `settings`: TEXT, NULL allowed.
    public var settings: JSON?
    /// The column `2fa_key`: BLOB, NULL allowed.
    public var secondFactorKey: [UInt8]?
    /// The column `init`: INTEGER, NULL allowed.
    public var `init`: Int64?
    /// The column `created_at`: INTEGER, NOT NULL.
    public var createdAt: Instant

    /// Creates a row from its values.
    @inlinable
    public init(
        id: UUID,
        name: String,
        email: String? = nil,
        isActive: Bool = true,
        discount: Double = 0.0,
        settings: JSON? = nil,
        secondFactorKey: [UInt8]? = nil,
        init: Int64? = nil,
        createdAt: Instant
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.isActive = isActive
        self.discount = discount
        self.settings = settings
        self.secondFactorKey = secondFactorKey
        self.`init` = `init`
        self.createdAt = createdAt
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.id = try row.value(UUID.self, at: 0)
        self.name = try row.value(String.self, at: 1)
        self.email = try row.value(String?.self, at: 2)
        self.isActive = try row.value(Bool.self, at: 3)
        self.discount = try row.value(Double.self, at: 4)
        self.settings = try row.value(JSON?.self, at: 5)
        self.secondFactorKey = try row.value([UInt8]?.self, at: 6)
        self.`init` = try row.value(Int64?.self, at: 7)
        self.createdAt = try row.value(Instant.self, at: 8)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.id, at: 0)
        try row.set(self.name, at: 1)
        try row.set(self.email, at: 2)
        try row.set(self.isActive, at: 3)
        try row.set(self.discount, at: 4)
        try row.set(self.settings, at: 5)
        try row.set(self.secondFactorKey, at: 6)
        try row.set(self.`init`, at: 7)
        try row.set(self.createdAt, at: 8)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: CustomersRow, right: CustomersRow) -> Bool {
        left.id == right.id
            && left.name.hasSameBytes(as: right.name)
            && left.email.hasSameBytes(as: right.email)
            && left.isActive == right.isActive
            && left.discount == right.discount
            && left.settings == right.settings
            && left.secondFactorKey == right.secondFactorKey
            && left.`init` == right.`init`
            && left.createdAt == right.createdAt
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [.sqlite: RelationName("customers")]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .sqlite: [
            Column(name: "id", type: "TEXT", isNullable: false),
            Column(name: "name", type: "TEXT", isNullable: false),
            Column(name: "email", type: "TEXT", isNullable: true),
            Column(name: "is_active", type: "INTEGER", isNullable: false, defaultExpression: "1"),
            Column(name: "discount", type: "REAL", isNullable: false, defaultExpression: "0"),
            Column(name: "settings", type: "TEXT", isNullable: true),
            Column(name: "2fa_key", type: "BLOB", isNullable: true),
            Column(name: "init", type: "INTEGER", isNullable: true),
            Column(name: "created_at", type: "INTEGER", isNullable: false),
        ]
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = [
        "id", "name", "email", "is_active", "discount", "settings", "2fa_key", "init", "created_at",
    ]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = [
        "id", "name", "email", "is_active", "discount", "settings", "2fa_key", "init", "created_at",
    ]

    /// The statements that write and find rows.
    public static let statements = RowStatements.all(CustomersRow.self)

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
