// Generated from schema/schema.json by row-generator; do not edit.

public import EventSourcingSQL

/// The columns of `sample_events` beyond the standard ones.
public struct SampleEventsColumns: EventColumns {
    /// The column `amount`: numeric, NOT NULL.
    public var amount: ExactDecimal
    /// The column `price`: numeric(10,2), NULL allowed.
    public var price: ExactDecimal?
    /// The column `code`: character varying(5), NULL allowed.
    public var code: String?
    /// The column `tags`: text[], NOT NULL, default '{}'::text[].
    public var tags: [String?]
    /// The column `period`: tstzrange, NULL allowed.
    public var period: BoundedRange<Instant>?
    /// The column `address`: inet, NULL allowed.
    public var address: String?
    /// The column `duration`: interval, NULL allowed.
    public var duration: CalendarInterval?
    /// The column `region`: types.region, NULL allowed.
    public var region: Region?
    /// The column `shape`: character(3), NULL allowed.
    public var shape: String?
    /// The column `due_on`: date, NULL allowed.
    public var dueOn: CalendarDate?
    /// The column `payload`: json, NULL allowed.
    public var payload: String?
    /// The column `cost`: numeric(8,2), NULL allowed.
    public var cost: String?

    /// Creates the values of an event's own columns.
    @inlinable
    public init(
        amount: ExactDecimal,
        price: ExactDecimal? = nil,
        code: String? = nil,
        tags: [String?] = [],
        period: BoundedRange<Instant>? = nil,
        address: String? = nil,
        duration: CalendarInterval? = nil,
        region: Region? = nil,
        shape: String? = nil,
        dueOn: CalendarDate? = nil,
        payload: String? = nil,
        cost: String? = nil
    ) {
        self.amount = amount
        self.price = price
        self.code = code
        self.tags = tags
        self.period = period
        self.address = address
        self.duration = duration
        self.region = region
        self.shape = shape
        self.dueOn = dueOn
        self.payload = payload
        self.cost = cost
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    @inlinable
    public static func == (left: SampleEventsColumns, right: SampleEventsColumns) -> Bool {
        left.amount == right.amount
            && left.price == right.price
            && left.code.hasSameBytes(as: right.code)
            && left.tags.hasSameBytes(as: right.tags)
            && left.period == right.period
            && left.address.hasSameBytes(as: right.address)
            && left.duration == right.duration
            && left.region == right.region
            && left.shape.hasSameBytes(as: right.shape)
            && left.dueOn == right.dueOn
            && left.payload.hasSameBytes(as: right.payload)
            && left.cost.hasSameBytes(as: right.cost)
    }
}

/// The row mapper of the events table `sample_events`.
public enum SampleEventsTable: EventTable {
    /// The columns beyond the standard ones.
    public typealias Columns = SampleEventsColumns

    /// The migrations that the code was generated from.
    public static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    public static let names: [Dialect: RelationName] = [
        .postgres: RelationName(schema: "types", "sample_events"), .sqlite: RelationName("sample_events"),
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
            Column(name: "amount", type: "numeric", isNullable: false),
            Column(name: "price", type: "numeric(10,2)", isNullable: true),
            Column(name: "code", type: "character varying(5)", isNullable: true),
            Column(name: "tags", type: "text[]", isNullable: false, defaultExpression: "'{}'::text[]"),
            Column(name: "period", type: "tstzrange", isNullable: true),
            Column(name: "address", type: "inet", isNullable: true),
            Column(name: "duration", type: "interval", isNullable: true),
            Column(name: "region", type: "types.region", isNullable: true),
            Column(name: "shape", type: "character(3)", isNullable: true),
            Column(name: "due_on", type: "date", isNullable: true),
            Column(name: "payload", type: "json", isNullable: true),
            Column(name: "cost", type: "numeric(8,2)", isNullable: true),
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
            Column(name: "amount", type: "TEXT", isNullable: false),
            Column(name: "price", type: "TEXT", isNullable: true),
            Column(name: "code", type: "TEXT", isNullable: true),
            Column(name: "tags", type: "TEXT", isNullable: false, defaultExpression: "'[]'"),
            Column(name: "period", type: "TEXT", isNullable: true),
            Column(name: "address", type: "TEXT", isNullable: true),
            Column(name: "duration", type: "TEXT", isNullable: true),
            Column(name: "region", type: "TEXT", isNullable: true),
            Column(name: "shape", type: "TEXT", isNullable: true),
            Column(name: "due_on", type: "TEXT", isNullable: true),
            Column(name: "payload", type: "TEXT", isNullable: true),
            Column(name: "cost", type: "TEXT", isNullable: true),
        ],
    ]

    /// The columns to select, in the order in which a row is read.
    public static let selectedColumns: [String] = [
        "position", "aggregate_id", "version", "event_id", "type", "source", "subject", "data", "data_binary",
        "datacontenttype", "dataschema", "specversion", "extensions", "correlation_id", "causation_id", "occurred_at",
        "recorded_at", "amount", "price", "code", "tags", "period", "address", "duration", "region", "shape", "due_on",
        "payload", "cost",
    ]

    /// The columns to insert, in the order in which they are written.
    public static let insertedColumns: [String] = [
        "event_id", "type", "source", "subject", "data", "data_binary", "datacontenttype", "dataschema", "specversion",
        "extensions", "correlation_id", "causation_id", "occurred_at", "amount", "price", "code", "tags", "period",
        "address", "duration", "region", "shape", "due_on", "payload", "cost",
    ]

    /// The columns that PostgreSQL is given as texts, of which the statement makes the column's type.
    public static let castColumns: [String] = [
        "amount", "price", "tags", "period", "address", "duration", "due_on", "payload", "cost",
    ]

    /// The columns that PostgreSQL is asked for as texts.
    public static let textColumns: [String] = ["address", "payload", "cost"]

    /// Reads a row of `selectedColumns`.
    @inlinable
    public static func read<Row: RowReader & ~Copyable>(
        _ row: borrowing Row
    ) throws -> RecordedEvent<SampleEventsColumns> {
        let columns = try SampleEventsColumns(
            amount: row.value(ExactDecimal.self, at: 17),
            price: row.value(ExactDecimal?.self, at: 18),
            code: row.value(String?.self, at: 19),
            tags: row.list(of: String?.self, at: 20),
            period: row.value(BoundedRange<Instant>?.self, at: 21),
            address: row.value(String?.self, at: 22),
            duration: row.value(CalendarInterval?.self, at: 23),
            region: row.value(Region?.self, at: 24),
            shape: row.value(String?.self, at: 25),
            dueOn: row.value(CalendarDate?.self, at: 26),
            payload: row.value(String?.self, at: 27),
            cost: row.value(String?.self, at: 28))
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
    public static func write<Row: RowWriter & ~Copyable>(
        _ event: Event<SampleEventsColumns>,
        to row: inout Row
    ) throws {
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
        try row.set(event.columns.amount, at: 13)
        try row.set(event.columns.price, at: 14, fractionDigits: 2, of: "price")
        try row.set(event.columns.code, at: 15)
        try row.set(list: event.columns.tags, at: 16)
        try row.set(event.columns.period, at: 17)
        try row.set(event.columns.address, at: 18)
        try row.set(event.columns.duration, at: 19)
        try row.set(event.columns.region, at: 20)
        try row.set(event.columns.shape, at: 21)
        try row.set(event.columns.dueOn, at: 22)
        try row.set(event.columns.payload, at: 23)
        try row.set(event.columns.cost, at: 24)
    }
}
