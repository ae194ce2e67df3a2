// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The columns of `order_events` beyond the standard ones.
///
/// Left out is what the database computes: `type_length`.
public struct OrderEventsColumns: EventColumns {
    /// The column `tenant_id`: uuid, NOT NULL.
    public var tenantID: UUID
    /// The column `country`: orders.country, NULL allowed.
    public var country: String?
    /// The column `channel`: orders.channel, NOT NULL, default 'web'::orders.channel.
    public var channel: Channel
    /// The column `due_at`: timestamp with time zone, NULL allowed.
    public var dueAt: Instant?
    /// The column `priority`: smallint, NOT NULL, default '-1'::integer.
    public var priority: Int16
    /// The column `weight`: double precision, NOT NULL, default 0.5.
    public var weight: Double
    /// The column `is_gift`: boolean, NOT NULL, default false.
    public var isGift: Bool
    /// The column `note`: text, NOT NULL, default 'it''s ::text'::text.
    public var note: String
    /// The column `region`: text, NULL allowed, default 'eu'::text.
    public var region: String?
    /// The column `line_ids`: jsonb, NULL allowed.
    public var lineIDs: JSON?
    /// The column `signature`: bytea, NULL allowed.
    public var signature: [UInt8]?

    /// Creates the values of an event's own columns.
    @inlinable
    public init(
        tenantID: UUID,
        country: String? = nil,
        channel: Channel = .web,
        dueAt: Instant? = nil,
        priority: Int16 = -1,
        weight: Double = 0.5,
        isGift: Bool = false,
        note: String = "it's ::text",
        region: String?,
        lineIDs: JSON? = nil,
        signature: [UInt8]? = nil
    ) {
        self.tenantID = tenantID
        self.country = country
        self.channel = channel
        self.dueAt = dueAt
        self.priority = priority
        self.weight = weight
        self.isGift = isGift
        self.note = note
        self.region = region
        self.lineIDs = lineIDs
        self.signature = signature
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: OrderEventsColumns, right: OrderEventsColumns) -> Bool {
        left.tenantID == right.tenantID
            && left.country.hasSameBytes(as: right.country)
            && left.channel == right.channel
            && left.dueAt == right.dueAt
            && left.priority == right.priority
            && left.weight == right.weight
            && left.isGift == right.isGift
            && left.note.hasSameBytes(as: right.note)
            && left.region.hasSameBytes(as: right.region)
            && left.lineIDs == right.lineIDs
            && left.signature == right.signature
    }
}

/// The row mapper of the events table `order_events`.
///
/// `data` is `jsonb` in PostgreSQL: what is read is equal as JSON to what was written, and not the same bytes.
public enum OrderEventsTable: EventTable {
    /// The columns beyond the standard ones.
    public typealias Columns = OrderEventsColumns

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [
        .postgres: RelationName(schema: "orders", "order_events"), .sqlite: RelationName("order_events"),
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
            Column(name: "data", type: "jsonb", isNullable: true),
            Column(name: "data_binary", type: "bytea", isNullable: true),
            Column(name: "datacontenttype", type: "text", isNullable: true),
            Column(name: "dataschema", type: "text", isNullable: true),
            Column(name: "specversion", type: "text", isNullable: false, defaultExpression: "'1.0'::text"),
            Column(name: "extensions", type: "json", isNullable: true),
            Column(name: "correlation_id", type: "text", isNullable: true),
            Column(name: "causation_id", type: "text", isNullable: true),
            Column(name: "occurred_at", type: "timestamp with time zone", isNullable: false),
            Column(name: "recorded_at", type: "timestamp with time zone", isNullable: false),
            Column(name: "tenant_id", type: "uuid", isNullable: false),
            Column(name: "country", type: "orders.country", isNullable: true),
            Column(
                name: "channel",
                type: "orders.channel",
                isNullable: false,
                defaultExpression: "'web'::orders.channel"),
            Column(name: "due_at", type: "timestamp with time zone", isNullable: true),
            Column(name: "priority", type: "smallint", isNullable: false, defaultExpression: "'-1'::integer"),
            Column(name: "weight", type: "double precision", isNullable: false, defaultExpression: "0.5"),
            Column(name: "is_gift", type: "boolean", isNullable: false, defaultExpression: "false"),
            Column(name: "note", type: "text", isNullable: false, defaultExpression: "'it''s ::text'::text"),
            Column(name: "region", type: "text", isNullable: true, defaultExpression: "'eu'::text"),
            Column(name: "line_ids", type: "jsonb", isNullable: true),
            Column(name: "signature", type: "bytea", isNullable: true),
            Column(name: "type_length", type: "integer", isNullable: true, isGenerated: true),
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
            Column(name: "region", type: "TEXT", isNullable: true),
            Column(name: "tenant_id", type: "TEXT", isNullable: false),
            Column(name: "country", type: "TEXT", isNullable: true),
            Column(name: "channel", type: "TEXT", isNullable: false, defaultExpression: "'web'"),
            Column(name: "due_at", type: "INTEGER", isNullable: true),
            Column(name: "priority", type: "INTEGER", isNullable: false, defaultExpression: "-1"),
            Column(name: "weight", type: "REAL", isNullable: false, defaultExpression: "0.5"),
            Column(name: "is_gift", type: "INTEGER", isNullable: false, defaultExpression: "0"),
            Column(name: "note", type: "TEXT", isNullable: false, defaultExpression: "'it''s ::text'"),
            Column(name: "line_ids", type: "TEXT", isNullable: true),
            Column(name: "signature", type: "BLOB", isNullable: true),
        ],
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = [
        "position", "aggregate_id", "version", "event_id", "type", "source", "subject", "data", "data_binary",
        "datacontenttype", "dataschema", "specversion", "extensions", "correlation_id", "causation_id", "occurred_at",
        "recorded_at", "tenant_id", "country", "channel", "due_at", "priority", "weight", "is_gift", "note", "region",
        "line_ids", "signature",
    ]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = [
        "event_id", "type", "source", "subject", "data", "data_binary", "datacontenttype", "dataschema", "specversion",
        "extensions", "correlation_id", "causation_id", "occurred_at", "tenant_id", "country", "channel", "due_at",
        "priority", "weight", "is_gift", "note", "region", "line_ids", "signature",
    ]

    /// Reads a row of `selectedColumns`.
    @inlinable
    public static func read<Row: RowReader & ~Copyable>(
        _ row: borrowing Row
    ) throws -> RecordedEvent<OrderEventsColumns> {
        let columns = try OrderEventsColumns(
            tenantID: row.value(UUID.self, at: 17),
            country: row.value(String?.self, at: 18),
            channel: row.value(Channel.self, at: 19),
            dueAt: row.value(Instant?.self, at: 20),
            priority: row.value(Int16.self, at: 21),
            weight: row.value(Double.self, at: 22),
            isGift: row.value(Bool.self, at: 23),
            note: row.value(String.self, at: 24),
            region: row.value(String?.self, at: 25),
            lineIDs: row.value(JSON?.self, at: 26),
            signature: row.value([UInt8]?.self, at: 27))
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
            columns: columns)
        return try RecordedEvent(
            aggregateID: row.value(String.self, at: 1),
            version: row.value(Int.self, at: 2),
            position: row.value(Int.self, at: 0),
            recordedAt: row.value(Instant.self, at: 16),
            event: event)
    }

    /// Writes the values of `insertedColumns`.
    @inlinable
    public static func write<Row: RowWriter & ~Copyable>(_ event: Event<OrderEventsColumns>, to row: inout Row) throws {
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
        try row.set(event.columns.tenantID, at: 13)
        try row.set(event.columns.country, at: 14)
        try row.set(event.columns.channel, at: 15)
        try row.set(event.columns.dueAt, at: 16)
        try row.set(event.columns.priority, at: 17)
        try row.set(event.columns.weight, at: 18)
        try row.set(event.columns.isGift, at: 19)
        try row.set(event.columns.note, at: 20)
        try row.set(event.columns.region, at: 21)
        try row.set(event.columns.lineIDs, at: 22)
        try row.set(event.columns.signature, at: 23)
    }
}
