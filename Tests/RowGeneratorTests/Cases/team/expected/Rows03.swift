// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A row of the table `addresses`.
public struct AddressesRow: TableRow {
    /// The column `customer_id`: TEXT, NOT NULL.
    public var customerID: UUID
    /// The column `line_1`: VARCHAR(80), NOT NULL.
    public var line1: String
    /// The column `row`: INT, NULL allowed.
    public var row: Int64?

    /// Creates a row from its values.
    @inlinable
    public init(customerID: UUID, line1: String, row: Int64? = nil) {
        self.customerID = customerID
        self.line1 = line1
        self.row = row
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.customerID = try row.value(UUID.self, at: 0)
        self.line1 = try row.value(String.self, at: 1)
        self.row = try row.value(Int64?.self, at: 2)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.customerID, at: 0)
        try row.set(self.line1, at: 1)
        try row.set(self.row, at: 2)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: AddressesRow, right: AddressesRow) -> Bool {
        left.customerID == right.customerID
            && left.line1.hasSameBytes(as: right.line1)
            && left.row == right.row
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [.sqlite: RelationName("addresses")]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .sqlite: [
            Column(name: "customer_id", type: "TEXT", isNullable: false),
            Column(name: "line_1", type: "VARCHAR(80)", isNullable: false),
            Column(name: "row", type: "INT", isNullable: true),
        ]
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = ["customer_id", "line_1", "row"]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = ["customer_id", "line_1", "row"]

    /// The statements that write and find rows.
    public static let statements = RowStatements.all(AddressesRow.self)

    /// There is no primary key.
    public typealias PrimaryKey = NoPrimaryKey
}
