// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// A row of the table `checkpoints`.
public struct CheckpointsRow: TableRow {
    /// The column `feed`: text, NOT NULL.
    public var feed: String
    /// The column `reader`: text, NOT NULL.
    public var reader: String
    /// The column `position`: bigint, NOT NULL.
    public var position: Int64
    /// The column `updated_at`: timestamp with time zone, NOT NULL.
    public var updatedAt: Instant

    /// Creates a row from its values.
    @inlinable
    public init(feed: String, reader: String, position: Int64, updatedAt: Instant) {
        self.feed = feed
        self.reader = reader
        self.position = position
        self.updatedAt = updatedAt
    }

    /// Reads a row of `selectedColumns`.
    @inlinable
    public init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        self.feed = try row.value(String.self, at: 0)
        self.reader = try row.value(String.self, at: 1)
        self.position = try row.value(Int64.self, at: 2)
        self.updatedAt = try row.value(Instant.self, at: 3)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.set(self.feed, at: 0)
        try row.set(self.reader, at: 1)
        try row.set(self.position, at: 2)
        try row.set(self.updatedAt, at: 3)
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: CheckpointsRow, right: CheckpointsRow) -> Bool {
        left.feed.hasSameBytes(as: right.feed)
            && left.reader.hasSameBytes(as: right.reader)
            && left.position == right.position
            && left.updatedAt == right.updatedAt
    }

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [
        .postgres: RelationName(schema: "public", "checkpoints"), .sqlite: RelationName("checkpoints"),
    ]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .postgres: [
            Column(name: "feed", type: "text", isNullable: false),
            Column(name: "reader", type: "text", isNullable: false),
            Column(name: "position", type: "bigint", isNullable: false),
            Column(name: "updated_at", type: "timestamp with time zone", isNullable: false),
        ],
        .sqlite: [
            Column(name: "feed", type: "TEXT", isNullable: false),
            Column(name: "reader", type: "TEXT", isNullable: false),
            Column(name: "position", type: "INTEGER", isNullable: false),
            Column(name: "updated_at", type: "INTEGER", isNullable: false),
        ],
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = ["feed", "reader", "position", "updated_at"]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = ["feed", "reader", "position", "updated_at"]

    /// The statements that write and find rows.
    public static let statements = RowStatements.all(CheckpointsRow.self)

    /// The values of the primary key's columns.
    public struct PrimaryKey: Sendable {
        /// The value of `feed`.
        public var feed: String
        /// The value of `reader`.
        public var reader: String

        /// Creates a key from its values.
        @inlinable
        public init(feed: String, reader: String) {
            self.feed = feed
            self.reader = reader
        }
    }

    /// The columns of the primary key.
    public static let keyColumns: [String] = ["feed", "reader"]

    /// Writes the values of a key, in the order of `keyColumns`.
    @inlinable
    public static func write<Row: RowWriter & ~Copyable>(key: PrimaryKey, to row: inout Row) throws {
        try row.set(key.feed, at: 0)
        try row.set(key.reader, at: 1)
    }
}

/// The row mapper of the events table `events`.
public enum EventsTable: EventTable {
    /// The columns beyond the standard ones.
    public typealias Columns = StandardColumns

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [
        .postgres: RelationName(schema: "public", "events"), .sqlite: RelationName("events"),
    ]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .postgres: [
            Column(name: "position", type: "bigint", isNullable: false, identity: .always),
            Column(name: "aggregate_id", type: "text", isNullable: false),
            Column(name: "version", type: "bigint", isNullable: false),
            Column(name: "event_id", type: "text", isNullable: false),
            Column(name: "type", type: "text", isNullable: false),
            Column(name: "source", type: "text", isNullable: false),
            Column(name: "subject", type: "text", isNullable: true),
            Column(name: "data", type: "json", isNullable: true),
            Column(name: "data_binary", type: "bytea", isNullable: true),
            Column(name: "datacontenttype", type: "text", isNullable: true),
            Column(name: "dataschema", type: "text", isNullable: true),
            Column(name: "specversion", type: "text", isNullable: false, defaultExpression: "'1.0'::text"),
            Column(name: "extensions", type: "json", isNullable: true),
            Column(name: "correlation_id", type: "text", isNullable: true),
            Column(name: "causation_id", type: "text", isNullable: true),
            Column(
                name: "occurred_at",
                type: "timestamp with time zone",
                isNullable: false,
                defaultExpression: "clock_timestamp()"),
            Column(
                name: "recorded_at",
                type: "timestamp with time zone",
                isNullable: false,
                defaultExpression: "clock_timestamp()"),
        ],
        .sqlite: [
            Column(name: "position", type: "INTEGER", isNullable: false),
            Column(name: "aggregate_id", type: "TEXT", isNullable: false),
            Column(name: "version", type: "INTEGER", isNullable: false),
            Column(name: "event_id", type: "TEXT", isNullable: false),
            Column(name: "type", type: "TEXT", isNullable: false),
            Column(name: "source", type: "TEXT", isNullable: false),
            Column(name: "subject", type: "TEXT", isNullable: true),
            Column(name: "data", type: "TEXT", isNullable: true),
            Column(name: "data_binary", type: "BLOB", isNullable: true),
            Column(name: "datacontenttype", type: "TEXT", isNullable: true),
            Column(name: "dataschema", type: "TEXT", isNullable: true),
            Column(name: "specversion", type: "TEXT", isNullable: false, defaultExpression: "'1.0'"),
            Column(name: "extensions", type: "TEXT", isNullable: true),
            Column(name: "correlation_id", type: "TEXT", isNullable: true),
            Column(name: "causation_id", type: "TEXT", isNullable: true),
            Column(name: "occurred_at", type: "INTEGER", isNullable: false),
            Column(name: "recorded_at", type: "INTEGER", isNullable: false),
        ],
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = [
        "position", "aggregate_id", "version", "event_id", "type", "source", "subject", "data", "data_binary",
        "datacontenttype", "dataschema", "specversion", "extensions", "correlation_id", "causation_id", "occurred_at",
        "recorded_at",
    ]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = [
        "event_id", "type", "source", "subject", "data", "data_binary", "datacontenttype", "dataschema", "specversion",
        "extensions", "correlation_id", "causation_id", "occurred_at",
    ]

    /// Reads a row of `selectedColumns`.
    @inlinable
    public static func read<Row: RowReader & ~Copyable>(_ row: borrowing Row) throws -> RecordedEvent<StandardColumns> {
        let event = try Event(
            row,
            id: 3,
            type: row.value(String.self, at: 4),
            source: row.value(String.self, at: 5),
            subject: row.value(String?.self, at: 6),
            time: row.value(Instant.self, at: 15),
            json: 7,
            binary: 8,
            dataContentType: row.value(String?.self, at: 9),
            dataSchema: row.value(String?.self, at: 10),
            specVersion: row.value(String.self, at: 11),
            extensions: row.value([String: ExtensionValue].self, at: 12),
            correlationID: row.value(String?.self, at: 13),
            causationID: row.value(String?.self, at: 14),
            columns: StandardColumns())
        return try RecordedEvent(
            aggregateID: row.value(String.self, at: 1),
            version: row.value(Int.self, at: 2),
            position: row.value(Int.self, at: 0),
            recordedAt: row.value(Instant.self, at: 16),
            event: event)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public static func write<Row: RowWriter & ~Copyable>(_ event: Event<StandardColumns>, to row: inout Row) throws {
        try row.set(event.id, at: 0)
        try row.set(event.type, at: 1)
        try row.set(event.source, at: 2)
        try row.set(event.subject, at: 3)
        try row.set(event.data?.json, at: 4)
        try row.set(event.data?.binary, at: 5)
        try row.set(event.dataContentType, at: 6)
        try row.set(event.dataSchema, at: 7)
        try row.set(event.specVersion, at: 8)
        try row.set(event.extensions, at: 9)
        try row.set(event.correlationID, at: 10)
        try row.set(event.causationID, at: 11)
        try row.set(event.time, at: 12)
    }
}
