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
    /// The column `region`: orders.region, NOT NULL, default 'eu'::orders.region.
    public var region: Region
    /// The column `currency`: orders.currency, NOT NULL, default 'EUR'::text.
    public var currency: Currency
    /// The column `due_at`: timestamp with time zone, NULL allowed.
    public var dueAt: Instant?
    /// The column `address`: jsonb, NULL allowed.
    public var address: Address?

    /// Creates the values of an event's own columns.
    @inlinable
    public init(
        tenantID: UUID,
        region: Region = .eu,
        currency: Currency = Currency(rawValue: "EUR"),
        dueAt: Instant? = nil,
        address: Address? = nil
    ) {
        self.tenantID = tenantID
        self.region = region
        self.currency = currency
        self.dueAt = dueAt
        self.address = address
    }
}

/// The row mapper of the events table `order_events`.
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
    public static let selectedColumns: [String] = [
        "position", "aggregate_id", "version", "event_id", "type", "source", "subject", "data", "data_binary",
        "datacontenttype", "dataschema", "specversion", "extensions", "correlation_id", "causation_id", "occurred_at",
        "recorded_at", "tenant_id", "region", "currency", "due_at", "address",
    ]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = [
        "event_id", "type", "source", "subject", "data", "data_binary", "datacontenttype", "dataschema", "specversion",
        "extensions", "correlation_id", "causation_id", "occurred_at", "tenant_id", "region", "currency", "due_at",
        "address",
    ]

    /// Reads a row of `selectedColumns`.
    @inlinable
    public static func read<Row: RowReader & ~Copyable>(
        _ row: borrowing Row
    ) throws -> RecordedEvent<OrderEventsColumns> {
        let columns = try OrderEventsColumns(
            tenantID: row.value(UUID.self, at: 17),
            region: row.value(Region.self, at: 18),
            currency: row.value(Currency.self, at: 19),
            dueAt: row.value(Instant?.self, at: 20),
            address: row.decoded(Address?.self, at: 21))
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
        try row.set(event.columns.currency, at: 15)
        try row.set(event.columns.dueAt, at: 16)
        try row.encode(event.columns.address, at: 17)
    }
}
