// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A row of the view `active_customers`.
public struct ActiveCustomersRow: GeneratedRow {
    /// The column `id`: TEXT, NULL allowed.
    public var id: UUID?
    /// The column `name`: TEXT, NULL allowed.
    public var name: String?
    /// The column `orders`: NULL allowed.
    public var orders: Int64?

    /// Creates a row from its values.
    @inlinable
    public init(id: UUID? = nil, name: String? = nil, orders: Int64? = nil) {
        self.id = id
        self.name = name
        self.orders = orders
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.id = try row.value(UUID?.self, at: 0)
        self.name = try row.value(String?.self, at: 1)
        self.orders = try row.value(Int64?.self, at: 2)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: ActiveCustomersRow, right: ActiveCustomersRow) -> Bool {
        left.id == right.id
            && left.name.hasSameBytes(as: right.name)
            && left.orders == right.orders
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [.sqlite: RelationName("active_customers")]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .sqlite: [
            Column(name: "id", type: "TEXT", isNullable: true),
            Column(name: "name", type: "TEXT", isNullable: true),
            Column(name: "orders", type: "", isNullable: true),
        ]
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = ["id", "name", "orders"]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = []
}
