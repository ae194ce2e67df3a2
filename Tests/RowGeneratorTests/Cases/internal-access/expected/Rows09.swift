// Generated from schema/schema.json by row-generator; do not edit.

import EventSourcingSQL

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The columns of `order_events` beyond the standard ones.
///
/// Left out is what the database computes: `type_length`.
struct OrdersColumns: EventColumns {
    /// The column `tenant_id`: uuid, NOT NULL.
    var tenantID: UUID
    /// The column `region`: orders.region, NOT NULL, default 'eu'::orders.region.
    var region: String
    /// The column `currency`: orders.currency, NOT NULL, default 'EUR'::text.
    var `default`: String
    /// The column `due_at`: timestamp with time zone, NULL allowed.
    var dueAt: Instant?
    /// The column `address`: jsonb, NULL allowed.
    var address: JSON?

    /// Creates the values of an event's own columns.
    init(tenantID: UUID, region: String = "eu", default: String = "EUR", dueAt: Instant? = nil, address: JSON? = nil) {
        self.tenantID = tenantID
        self.region = region
        self.`default` = `default`
        self.dueAt = dueAt
        self.address = address
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    static func == (left: OrdersColumns, right: OrdersColumns) -> Bool {
        left.tenantID == right.tenantID
            && left.region.hasSameBytes(as: right.region)
            && left.`default`.hasSameBytes(as: right.`default`)
            && left.dueAt == right.dueAt
            && left.address == right.address
    }
}

/// The row mapper of the events table `order_events`.
enum OrdersTable: EventTable {
    /// The columns beyond the standard ones.
    typealias Columns = OrdersColumns

    /// The migrations that the code was generated from.
    static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    static let names: [Dialect: RelationName] = [
        .postgres: RelationName(schema: "orders", "order_events"), .sqlite: RelationName("order_events"),
    ]

    /// The columns that the code was generated for.
    static let columns: [Dialect: [Column]] = [
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
            Column(name: "occurred_at", type: "timestamp with time zone", isNullable: false),
            Column(name: "recorded_at", type: "timestamp with time zone", isNullable: false),
            Column(name: "tenant_id", type: "uuid", isNullable: false),
            Column(name: "region", type: "orders.region", isNullable: false, defaultExpression: "'eu'::orders.region"),
            Column(name: "currency", type: "orders.currency", isNullable: false, defaultExpression: "'EUR'::text"),
            Column(name: "due_at", type: "timestamp with time zone", isNullable: true),
            Column(name: "address", type: "jsonb", isNullable: true),
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
            Column(name: "tenant_id", type: "TEXT", isNullable: false),
            Column(name: "region", type: "TEXT", isNullable: false, defaultExpression: "'eu'"),
            Column(name: "currency", type: "TEXT", isNullable: false, defaultExpression: "'EUR'"),
            Column(name: "due_at", type: "INTEGER", isNullable: true),
            Column(name: "address", type: "TEXT", isNullable: true),
            Column(name: "type_length", type: "INTEGER", isNullable: true, isGenerated: true),
        ],
    ]

    /// The columns to select, in the order in which a row is read.
    static let selectedColumns: [String] = [
        "position", "aggregate_id", "version", "event_id", "type", "source", "subject", "data", "data_binary",
        "datacontenttype", "dataschema", "specversion", "extensions", "correlation_id", "causation_id", "occurred_at",
        "recorded_at", "tenant_id", "region", "currency", "due_at", "address",
    ]

    /// The columns to insert, in the order in which they are written.
    static let insertedColumns: [String] = [
        "event_id", "type", "source", "subject", "data", "data_binary", "datacontenttype", "dataschema", "specversion",
        "extensions", "correlation_id", "causation_id", "occurred_at", "tenant_id", "region", "currency", "due_at",
        "address",
    ]

    /// Reads a row of `selectedColumns`.
    static func read<Row: RowReader & ~Copyable>(_ row: borrowing Row) throws -> RecordedEvent<OrdersColumns> {
        let columns = try OrdersColumns(
            tenantID: row.value(UUID.self, at: 17),
            region: row.value(String.self, at: 18),
            default: row.value(String.self, at: 19),
            dueAt: row.value(Instant?.self, at: 20),
            address: row.value(JSON?.self, at: 21))
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
    static func write<Row: RowWriter & ~Copyable>(_ event: Event<OrdersColumns>, to row: inout Row) throws {
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
        try row.set(event.columns.`default`, at: 15)
        try row.set(event.columns.dueAt, at: 16)
        try row.set(event.columns.address, at: 17)
    }
}
