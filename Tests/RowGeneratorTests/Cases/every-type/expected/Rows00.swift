// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A value of the domain `types.amount`, which is numeric(60,30).
public struct Amount: RawRepresentable, RowValue, ListElement, Hashable, Codable, Sendable {
    /// The value.
    public let rawValue: ExactDecimal

    /// Makes a value of the domain; the database checks it.
    @inlinable
    public init(rawValue: ExactDecimal) {
        self.rawValue = rawValue
    }
}

/// A label of the enum `types.region`.
///
/// One that was added to the database after this code was generated is kept as it is.
public struct Region: RawRepresentable, RowValue, ListElement, Hashable, Codable, Sendable {
    /// The label `eu`.
    public static let eu = Region(rawValue: "eu")
    /// The label `us`.
    public static let us = Region(rawValue: "us")
    /// The label `2nd`.
    public static let _2nd = Region(rawValue: "2nd")
    /// The label `it's "odd", isn't {it}`.
    public static let itSOddIsnTIt = Region(rawValue: "it's \"odd\", isn't {it}")
    /// The labels that the code was generated for, in the order of the database.
    public static let knownLabels: [Region] = [.eu, .us, ._2nd, .itSOddIsnTIt]

    /// The label.
    public let rawValue: String

    /// Makes a label of a text.
    @inlinable
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Compares by the UTF-8 bytes, as the database does.
    @inlinable
    public static func == (left: Region, right: Region) -> Bool {
        left.rawValue.hasSameBytes(as: right.rawValue)
    }

    /// Hashes the bytes that `==` compares.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        for byte in rawValue.utf8 { hasher.combine(byte) }
    }
}

/// A row of the table `tags`.
public struct TagsRow: TableRow {
    /// The column `name`: text, NOT NULL.
    public var name: String

    /// Creates a row from its values.
    @inlinable
    public init(name: String) {
        self.name = name
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.name = try row.value(String.self, at: 0)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.name, at: 0)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: TagsRow, right: TagsRow) -> Bool {
        left.name.hasSameBytes(as: right.name)
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [
        .postgres: RelationName(schema: "types", "tags"), .sqlite: RelationName("tags"),
    ]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .postgres: [
            Column(name: "name", type: "text", isNullable: false)
        ],
        .sqlite: [
            Column(name: "name", type: "TEXT", isNullable: false)
        ],
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = ["name"]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = ["name"]

    /// The statements that write and find rows.
    public static let statements = RowStatements.all(TagsRow.self)

    /// The type of `name`, which is the primary key.
    public typealias PrimaryKey = String

    /// The columns of the primary key.
    public static let keyColumns: [String] = ["name"]

    /// Writes the values of a key, in the order of `keyColumns`.
    @inlinable
    public static func write<Row: RowWriter & ~Copyable>(key: PrimaryKey, to row: inout Row) throws {
        try row.set(key, at: 0)
    }
}

/// A row of the view `types.stock_by_item`.
public struct StockByItemRow: GeneratedRow {
    /// The column `item`: uuid, NULL allowed.
    public var item: UUID?
    /// The column `amount`: numeric, NULL allowed.
    public var amount: ExactDecimal?
    /// The column `warehouses`: text[], NULL allowed.
    public var warehouses: [String]?

    /// Creates a row from its values.
    @inlinable
    public init(item: UUID? = nil, amount: ExactDecimal? = nil, warehouses: [String]? = nil) {
        self.item = item
        self.amount = amount
        self.warehouses = warehouses
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.item = try row.value(UUID?.self, at: 0)
        self.amount = try row.value(ExactDecimal?.self, at: 1)
        self.warehouses = try row.listIfPresent(of: String.self, at: 2)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: StockByItemRow, right: StockByItemRow) -> Bool {
        left.item == right.item
            && left.amount == right.amount
            && left.warehouses.hasSameBytes(as: right.warehouses)
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [.postgres: RelationName(schema: "types", "stock_by_item")]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .postgres: [
            Column(name: "item", type: "uuid", isNullable: true),
            Column(name: "amount", type: "numeric", isNullable: true),
            Column(name: "warehouses", type: "text[]", isNullable: true),
        ]
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = ["item", "amount", "warehouses"]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = []
}
