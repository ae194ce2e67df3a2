// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// The columns of `shop.events` beyond the standard ones.
///
/// Left out is what the database computes: `serial_number`.
public struct EventsColumns: EventColumns {
    /// The column `email`: public.citext, NULL allowed.
    public var email: String?
    /// The column `code`: character(4), NULL allowed.
    public var code: String?
    /// The column `amount`: real, NULL allowed.
    public var amount: Float?
    /// The column `units`: integer, NOT NULL, default 1.
    public var units: Int32

    /// Creates the values of an event's own columns.
    @inlinable
    public init(email: String? = nil, code: String? = nil, amount: Float? = nil, units: Int32 = 1) {
        self.email = email
        self.code = code
        self.amount = amount
        self.units = units
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: EventsColumns, right: EventsColumns) -> Bool {
        left.email.hasSameBytes(as: right.email)
            && left.code.hasSameBytes(as: right.code)
            && left.amount == right.amount
            && left.units == right.units
    }
}

/// The row mapper of the events table `shop.events`.
public enum EventsTable: EventTable {
    /// The columns beyond the standard ones.
    public typealias Columns = EventsColumns

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [.postgres: RelationName(schema: "shop", "events")]

    /// The columns that the code was generated for.
    public static let columns: [Dialect: [Column]] = [
        .postgres: [
            Column(name: "position", type: "bigint", isNullable: false, identity: .always),
            Column(name: "aggregate_id", type: "text", isNullable: false),
            Column(name: "version", type: "bigint", isNullable: false),
            Column(name: "event_id", type: "text", isNullable: false),
            Column(name: "type", type: "public.citext", isNullable: false),
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
            Column(name: "email", type: "public.citext", isNullable: true),
            Column(name: "code", type: "character(4)", isNullable: true),
            Column(name: "amount", type: "real", isNullable: true),
            Column(name: "units", type: "integer", isNullable: false, defaultExpression: "1"),
            Column(
                name: "serial_number",
                type: "integer",
                isNullable: false,
                defaultExpression: "nextval('shop.events_serial_number_seq'::regclass)"),
        ]
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = [
        "position", "aggregate_id", "version", "event_id", "type", "source", "subject", "data", "data_binary",
        "datacontenttype", "dataschema", "specversion", "extensions", "correlation_id", "causation_id", "occurred_at",
        "recorded_at", "email", "code", "amount", "units",
    ]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = [
        "event_id", "type", "source", "subject", "data", "data_binary", "datacontenttype", "dataschema", "specversion",
        "extensions", "correlation_id", "causation_id", "occurred_at", "email", "code", "amount", "units",
    ]

    /// Reads a row of `selectedColumns`.
    @inlinable
    public static func read<Row: RowReader & ~Copyable>(_ row: borrowing Row) throws -> RecordedEvent<EventsColumns> {
        let columns = try EventsColumns(
            email: row.value(String?.self, at: 17),
            code: row.value(String?.self, at: 18),
            amount: row.value(Float?.self, at: 19),
            units: row.value(Int32.self, at: 20))
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
    public static func write<Row: RowWriter & ~Copyable>(_ event: Event<EventsColumns>, to row: inout Row) throws {
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
        try row.set(event.columns.email, at: 13)
        try row.set(event.columns.code, at: 14)
        try row.set(event.columns.amount, at: 15)
        try row.set(event.columns.units, at: 16)
    }
}
