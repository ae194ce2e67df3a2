// Generated from schema/schema.json by row-generator; do not edit.

package import EventSourcingSQL

/// The columns of `invoice_events` beyond the standard ones.
package struct InvoiceEventsColumns: EventColumns {
    /// The column `customer_number`: bigint, NOT NULL.
    package var customerNumber: Int64
    /// The column `is_final`: boolean, NOT NULL, default false.
    package var isFinal: Bool
    /// The column `remark`: text, NULL allowed.
    package var remark: String?

    /// Creates the values of an event's own columns.
    package init(customerNumber: Int64, isFinal: Bool = false, remark: String? = nil) {
        self.customerNumber = customerNumber
        self.isFinal = isFinal
        self.remark = remark
    }

    /// Compares text by its UTF-8 bytes, as the stores do.
    package static func == (left: InvoiceEventsColumns, right: InvoiceEventsColumns) -> Bool {
        left.customerNumber == right.customerNumber
            && left.isFinal == right.isFinal
            && left.remark.hasSameBytes(as: right.remark)
    }
}

/// The row mapper of the events table `invoice_events`.
package enum InvoiceEventsTable: EventTable {
    /// The columns beyond the standard ones.
    package typealias Columns = InvoiceEventsColumns

    /// The migrations that the code was generated from.
    package static var schema: EmbeddedSchema { Schema.embedded }

    /// The table's name in each dialect that has it.
    package static let names: [Dialect: RelationName] = [
        .postgres: RelationName(schema: "billing", "invoice_events"), .sqlite: RelationName("invoice_events"),
    ]

    /// The columns that the code was generated for.
    package static let columns: [Dialect: [Column]] = [
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
            Column(name: "customer_number", type: "bigint", isNullable: false),
            Column(name: "is_final", type: "boolean", isNullable: false, defaultExpression: "false"),
            Column(name: "remark", type: "text", isNullable: true),
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
            Column(name: "customer_number", type: "INTEGER", isNullable: false),
            Column(name: "is_final", type: "INTEGER", isNullable: false, defaultExpression: "0"),
            Column(name: "remark", type: "TEXT", isNullable: true),
        ],
    ]

    /// The columns to select, in the order in which a row is read.
    package static let selectedColumns: [String] = [
        "position", "aggregate_id", "version", "event_id", "type", "source", "subject", "data", "data_binary",
        "datacontenttype", "dataschema", "specversion", "extensions", "correlation_id", "causation_id", "occurred_at",
        "recorded_at", "customer_number", "is_final", "remark",
    ]

    /// The columns to insert, in the order in which they are written.
    package static let insertedColumns: [String] = [
        "event_id", "type", "source", "subject", "data", "data_binary", "datacontenttype", "dataschema", "specversion",
        "extensions", "correlation_id", "causation_id", "occurred_at", "customer_number", "is_final", "remark",
    ]

    /// Reads a row of `selectedColumns`.
    package static func read<Row: RowReader & ~Copyable>(
        _ row: borrowing Row
    ) throws -> RecordedEvent<InvoiceEventsColumns> {
        let columns = try InvoiceEventsColumns(
            customerNumber: row.value(Int64.self, at: 17),
            isFinal: row.value(Bool.self, at: 18),
            remark: row.value(String?.self, at: 19))
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
    package static func write<Row: RowWriter & ~Copyable>(
        _ event: Event<InvoiceEventsColumns>,
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
        try row.set(event.columns.customerNumber, at: 13)
        try row.set(event.columns.isFinal, at: 14)
        try row.set(event.columns.remark, at: 15)
    }
}
