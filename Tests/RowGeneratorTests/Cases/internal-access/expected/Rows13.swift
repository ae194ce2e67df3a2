// Generated from schema/schema.json by row-generator; do not edit.

import EventSourcingSQL

/// The row mapper of the snapshots table `order_snapshots`.
enum OrderSnapshotsTable: SnapshotTable {
    /// The migrations that the code was generated from.
    static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    static let names: [Dialect: RelationName] = [
        .postgres: RelationName(schema: "orders", "order_snapshots"), .sqlite: RelationName("order_snapshots"),
    ]

    /// The columns that the code was generated for.
    static let columns: [Dialect: [Column]] = [
        .postgres: [
            Column(name: "aggregate_id", type: "text", isNullable: false),
            Column(name: "version", type: "bigint", isNullable: false),
            Column(name: "aggregate_type", type: "text", isNullable: false),
            Column(name: "state", type: "json", isNullable: false),
            Column(name: "state_schema", type: "text", isNullable: true),
            Column(name: "recorded_at", type: "timestamp with time zone", isNullable: false),
        ],
        .sqlite: [
            Column(name: "aggregate_id", type: "TEXT", isNullable: false),
            Column(name: "version", type: "INTEGER", isNullable: false),
            Column(name: "aggregate_type", type: "TEXT", isNullable: false),
            Column(name: "state", type: "TEXT", isNullable: false),
            Column(name: "state_schema", type: "TEXT", isNullable: true),
            Column(name: "recorded_at", type: "INTEGER", isNullable: false),
        ],
    ]

    /// The columns to select, in the order in which a row is read.
    static let selectedColumns: [String] = [
        "aggregate_id", "version", "aggregate_type", "state", "state_schema", "recorded_at",
    ]

    /// The columns to insert, in the order in which they are written.
    static let insertedColumns: [String] = [
        "aggregate_id", "version", "aggregate_type", "state", "state_schema", "recorded_at",
    ]

    /// Reads a row of `selectedColumns`.
    static func read<Row: RowReader & ~Copyable>(_ row: borrowing Row) throws -> Snapshot {
        try Snapshot(
            aggregateID: row.value(String.self, at: 0),
            version: row.value(Int.self, at: 1),
            aggregateType: row.value(String.self, at: 2),
            state: row.value(JSON.self, at: 3),
            stateSchema: row.value(String?.self, at: 4),
            recordedAt: row.value(Instant.self, at: 5))
    }

    /// Writes the values of `insertedColumns`.
    static func write<Row: RowWriter & ~Copyable>(_ snapshot: Snapshot, to row: inout Row) throws {
        try row.set(snapshot.aggregateID, at: 0)
        try row.set(snapshot.version, at: 1)
        try row.set(snapshot.aggregateType, at: 2)
        try row.set(snapshot.state, at: 3)
        try row.set(snapshot.stateSchema, at: 4)
        try row.set(snapshot.recordedAt, at: 5)
    }
}
