// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A row of the table `stock`.
public struct StockRow: TableRow {
    /// The column `warehouse`: text, NOT NULL.
    public var warehouse: String
    /// The column `item`: uuid, NOT NULL.
    public var item: UUID
    /// The column `amount`: numeric, NOT NULL, default 0.
    public var amount: ExactDecimal
    /// The column `note`: text, NULL allowed.
    public var note: String?

    /// Creates a row from its values.
    @inlinable
    public init(warehouse: String, item: UUID, amount: ExactDecimal = 0, note: String? = nil) {
        self.warehouse = warehouse
        self.item = item
        self.amount = amount
        self.note = note
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.warehouse = try row.value(String.self, at: 0)
        self.item = try row.value(UUID.self, at: 1)
        self.amount = try row.value(ExactDecimal.self, at: 2)
        self.note = try row.value(String?.self, at: 3)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.warehouse, at: 0)
        try row.set(self.item, at: 1)
        try row.set(self.amount, at: 2)
        try row.set(self.note, at: 3)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: StockRow, right: StockRow) -> Bool {
        left.warehouse.hasSameBytes(as: right.warehouse)
            && left.item == right.item
            && left.amount == right.amount
            && left.note.hasSameBytes(as: right.note)
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [
        .postgres: RelationName(schema: "types", "stock"), .sqlite: RelationName("stock"),
    ]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .postgres: [
            Column(name: "warehouse", type: "text", isNullable: false),
            Column(name: "item", type: "uuid", isNullable: false),
            Column(name: "amount", type: "numeric", isNullable: false, defaultExpression: "0"),
            Column(name: "note", type: "text", isNullable: true),
        ],
        .sqlite: [
            Column(name: "warehouse", type: "TEXT", isNullable: false),
            Column(name: "item", type: "TEXT", isNullable: false),
            Column(name: "amount", type: "TEXT", isNullable: false, defaultExpression: "0"),
            Column(name: "note", type: "TEXT", isNullable: true),
        ],
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = ["warehouse", "item", "amount", "note"]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = ["warehouse", "item", "amount", "note"]

    /// The columns that PostgreSQL is given as texts, of which the statement makes the column's type.
    public static let castColumns: [String] = ["amount"]

    /// The statements that write and find rows.
    public static let statements = RowStatements.all(StockRow.self)

    /// The values of the primary key's columns.
    public struct PrimaryKey: Sendable {
        /// The value of `warehouse`.
        public var warehouse: String
        /// The value of `item`.
        public var item: UUID

        /// Creates a key from its values.
        @inlinable
        public init(warehouse: String, item: UUID) {
            self.warehouse = warehouse
            self.item = item
        }
    }

    /// The columns of the primary key.
    public static let keyColumns: [String] = ["warehouse", "item"]

    /// Writes the values of a key, in the order of `keyColumns`.
    @inlinable
    public static func write<Row: RowWriter & ~Copyable>(key: PrimaryKey, to row: inout Row) throws {
        try row.set(key.warehouse, at: 0)
        try row.set(key.item, at: 1)
    }
}
