// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// A row of the table `old_visits`.
public struct OldVisitsRow: TableRow {
    /// The column `id`: INTEGER, NOT NULL, counted up by the database, nil before the row is stored.
    public var id: Int64?
    /// The column `seen`: DATETIME, NULL allowed.
    public var seen: LocalDateTime?
    /// The column `price`: VARCHAR(20), NULL allowed.
    public var price: ExactDecimal?
    /// The column `is_new`: BOOLEAN, NOT NULL.
    public var isNew: Bool
    /// The column `seconds`: DECIMAL(10, 3), NULL allowed.
    public var seconds: Double?
    /// The column `note`: NVARCHAR(50), NULL allowed.
    public var note: String?
    /// The column `pages`: TEXT, NULL allowed.
    public var pages: [Int64]?
    /// The column `count`: MEDIUMINT, NULL allowed.
    public var count: Int64?

    /// Creates a row from its values.
    @inlinable
    public init(
        id: Int64? = nil,
        seen: LocalDateTime? = nil,
        price: ExactDecimal? = nil,
        isNew: Bool,
        seconds: Double? = nil,
        note: String? = nil,
        pages: [Int64]? = nil,
        count: Int64? = nil
    ) {
        self.id = id
        self.seen = seen
        self.price = price
        self.isNew = isNew
        self.seconds = seconds
        self.note = note
        self.pages = pages
        self.count = count
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.id = try row.value(Int64?.self, at: 0)
        self.seen = try row.value(LocalDateTime?.self, at: 1)
        self.price = try row.value(ExactDecimal?.self, at: 2)
        self.isNew = try row.value(Bool.self, at: 3)
        self.seconds = try row.value(Double?.self, at: 4)
        self.note = try row.value(String?.self, at: 5)
        self.pages = try row.listIfPresent(of: Int64.self, at: 6)
        self.count = try row.value(Int64?.self, at: 7)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.seen, at: 0)
        try row.set(self.price, at: 1)
        try row.set(self.isNew, at: 2)
        try row.set(self.seconds, at: 3)
        try row.set(self.note, at: 4)
        try row.set(list: self.pages, at: 5)
        try row.set(self.count, at: 6)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: OldVisitsRow, right: OldVisitsRow) -> Bool {
        left.id == right.id
            && left.seen == right.seen
            && left.price == right.price
            && left.isNew == right.isNew
            && left.seconds == right.seconds
            && left.note.hasSameBytes(as: right.note)
            && left.pages == right.pages
            && left.count == right.count
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [.sqlite: RelationName("old_visits")]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .sqlite: [
            Column(name: "id", type: "INTEGER", isNullable: false),
            Column(name: "seen", type: "DATETIME", isNullable: true),
            Column(name: "price", type: "VARCHAR(20)", isNullable: true),
            Column(name: "is_new", type: "BOOLEAN", isNullable: false),
            Column(name: "seconds", type: "DECIMAL(10, 3)", isNullable: true),
            Column(name: "note", type: "NVARCHAR(50)", isNullable: true),
            Column(name: "pages", type: "TEXT", isNullable: true),
            Column(name: "count", type: "MEDIUMINT", isNullable: true),
        ]
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = [
        "id", "seen", "price", "is_new", "seconds", "note", "pages", "count",
    ]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = ["seen", "price", "is_new", "seconds", "note", "pages", "count"]

    /// The statements that write and find rows.
    public static let statements = RowStatements.all(OldVisitsRow.self)

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
        try row.set(self.id, at: 7)
    }
}
