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
    /// The column `tenant_id`: TEXT, NOT NULL.
    public var tenantID: UUID
    /// The column `region`: TEXT, NULL allowed.
    public var region: String?
    /// The column `due_at`: INTEGER, NULL allowed.
    public var dueAt: Instant?
    /// The column `priority`: INTEGER, NOT NULL, default 3.
    public var priority: Int16
    /// The column `channel`: TEXT, NOT NULL, default 'it''s "web"'.
    public var channel: String
    /// The column `default`: TEXT, NULL allowed.
    public var `default`: String?
    /// The column `in`: INTEGER, NOT NULL, default 0.
    public var `in`: Bool
    /// The column `inout`: INTEGER, NULL allowed.
    public var `inout`: Int64?
    /// The column `self`: REAL, NULL allowed.
    public var itself: Double?
    /// The column `callback_url`: TEXT, NULL allowed.
    public var callbackURL: String?
    /// The column `line_ids`: TEXT, NULL allowed.
    public var lineIDs: JSON?
    /// The column `signature`: BLOB, NULL allowed.
    public var signature: [UInt8]?

    /// Creates the values of an event's own columns.
    @inlinable
    public init(
        tenantID: UUID,
        region: String? = nil,
        dueAt: Instant? = nil,
        priority: Int16 = 3,
        channel: String = "it's \"web\"",
        default: String? = nil,
        in: Bool = false,
        `inout`: Int64? = nil,
        itself: Double? = nil,
        callbackURL: String? = nil,
        lineIDs: JSON? = nil,
        signature: [UInt8]? = nil
    ) {
        self.tenantID = tenantID
        self.region = region
        self.dueAt = dueAt
        self.priority = priority
        self.channel = channel
        self.`default` = `default`
        self.`in` = `in`
        self.`inout` = `inout`
        self.itself = itself
        self.callbackURL = callbackURL
        self.lineIDs = lineIDs
        self.signature = signature
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: OrderEventsColumns, right: OrderEventsColumns) -> Bool {
        left.tenantID == right.tenantID
            && left.region.hasSameBytes(as: right.region)
            && left.dueAt == right.dueAt
            && left.priority == right.priority
            && left.channel.hasSameBytes(as: right.channel)
            && left.`default`.hasSameBytes(as: right.`default`)
            && left.`in` == right.`in`
            && left.`inout` == right.`inout`
            && left.itself == right.itself
            && left.callbackURL.hasSameBytes(as: right.callbackURL)
            && left.lineIDs == right.lineIDs
            && left.signature == right.signature
    }
}

/// The row mapper of the events table `order_events`.
public enum OrderEventsTable: EventTable {
    /// The columns beyond the standard ones.
    public typealias Columns = OrderEventsColumns

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [.sqlite: RelationName("order_events")]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
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
            Column(name: "tenant_id", type: "TEXT", isNullable: false),
            Column(name: "region", type: "TEXT", isNullable: true),
            Column(name: "due_at", type: "INTEGER", isNullable: true),
            Column(name: "priority", type: "INTEGER", isNullable: false, defaultExpression: "3"),
            Column(name: "channel", type: "TEXT", isNullable: false, defaultExpression: "'it''s \"web\"'"),
            Column(name: "default", type: "TEXT", isNullable: true),
            Column(name: "in", type: "INTEGER", isNullable: false, defaultExpression: "0"),
            Column(name: "inout", type: "INTEGER", isNullable: true),
            Column(name: "self", type: "REAL", isNullable: true),
            Column(name: "callback_url", type: "TEXT", isNullable: true),
            Column(name: "line_ids", type: "TEXT", isNullable: true),
            Column(name: "signature", type: "BLOB", isNullable: true),
            Column(name: "type_length", type: "INTEGER", isNullable: true, isGenerated: true),
        ]
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = [
        "position", "aggregate_id", "version", "event_id", "type", "source", "subject", "data", "data_binary",
        "datacontenttype", "dataschema", "specversion", "extensions", "correlation_id", "causation_id", "occurred_at",
        "recorded_at", "tenant_id", "region", "due_at", "priority", "channel", "default", "in", "inout", "self",
        "callback_url", "line_ids", "signature",
    ]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = [
        "event_id", "type", "source", "subject", "data", "data_binary", "datacontenttype", "dataschema", "specversion",
        "extensions", "correlation_id", "causation_id", "occurred_at", "tenant_id", "region", "due_at", "priority",
        "channel", "default", "in", "inout", "self", "callback_url", "line_ids", "signature",
    ]

    /// Reads a row of `selectedColumns`.
    @inlinable
    public static func read<Row: RowReader & ~Copyable>(
        _ row: borrowing Row
    ) throws -> RecordedEvent<OrderEventsColumns> {
        let columns = try OrderEventsColumns(
            tenantID: row.value(UUID.self, at: 17),
            region: row.value(String?.self, at: 18),
            dueAt: row.value(Instant?.self, at: 19),
            priority: row.value(Int16.self, at: 20),
            channel: row.value(String.self, at: 21),
            default: row.value(String?.self, at: 22),
            in: row.value(Bool.self, at: 23),
            `inout`: row.value(Int64?.self, at: 24),
            itself: row.value(Double?.self, at: 25),
            callbackURL: row.value(String?.self, at: 26),
            lineIDs: row.value(JSON?.self, at: 27),
            signature: row.value([UInt8]?.self, at: 28))
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
        try row.set(event.columns.region, at: 14)
        try row.set(event.columns.dueAt, at: 15)
        try row.set(event.columns.priority, at: 16)
        try row.set(event.columns.channel, at: 17)
        try row.set(event.columns.`default`, at: 18)
        try row.set(event.columns.`in`, at: 19)
        try row.set(event.columns.`inout`, at: 20)
        try row.set(event.columns.itself, at: 21)
        try row.set(event.columns.callbackURL, at: 22)
        try row.set(event.columns.lineIDs, at: 23)
        try row.set(event.columns.signature, at: 24)
    }
}
