// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// A row of the view `public.totals`.
public struct TotalsRow: GeneratedRow {
    /// The column `region`: public.region, NULL allowed.
    public var region: Region?
    /// The column `total`: numeric, NULL allowed.
    public var total: ExactDecimal?

    /// Creates a row from its values.
    @inlinable
    public init(region: Region? = nil, total: ExactDecimal? = nil) {
        self.region = region
        self.total = total
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.region = try row.value(Region?.self, at: 0)
        self.total = try row.value(ExactDecimal?.self, at: 1)
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [.postgres: RelationName(schema: "public", "totals")]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .postgres: [
            Column(name: "region", type: "public.region", isNullable: true),
            Column(name: "total", type: "numeric", isNullable: true),
        ]
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = ["region", "total"]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = []
}
