import EventSourcing

/// The statements of the store: pure values.
struct StoreQueries {
    /// The columns of an event, in the order in which they are read.
    static let columns = [
        "position", "aggregate_id", "version", "event_id", "type", "source", "subject", "data", "data_binary",
        "datacontenttype", "dataschema", "specversion", "extensions", "correlation_id", "causation_id", "occurred_at",
        "recorded_at",
    ]
    /// A statement has 10,000 parameters at most, and some of them for each event.
    static let maximumEvents = 200

    private let table: BigQueryTableName
    private static let list = columns.map(BigQueryName.quoted).joined(separator: ", ")

    init(_ table: BigQueryTableName) {
        self.table = table
    }

    // MARK: Reading

    /// A table may have an event twice, when something else than an export has loaded it.
    private func selection(_ condition: String, _ order: String, limit: Int?) -> String {
        """
        SELECT \(Self.list) FROM \(table.quoted) WHERE \(condition)
        QUALIFY ROW_NUMBER() OVER (PARTITION BY `aggregate_id`, `event_id` ORDER BY `version`, `position`) = 1
        ORDER BY \(order)\(limit.map { " LIMIT \($0)" } ?? "")
        """
    }

    func stream(_ query: StreamQuery) -> BigQueryQuery {
        let order = query.order == .ascending ? "ASC" : "DESC"
        return BigQueryQuery(
            sql: selection(
                "`aggregate_id` = @aggregate_id AND `version` >= @from_version AND `version` <= @to_version",
                "`version` \(order)", limit: query.limit),
            parameters: [
                ("aggregate_id", .string(query.aggregateID)), ("from_version", .integer(query.fromVersion)),
                ("to_version", .integer(query.toVersion ?? .max)),
            ])
    }

    func version(of aggregateID: String) -> BigQueryQuery {
        BigQueryQuery(
            sql:
                "SELECT IFNULL(MAX(`version`), 0) AS `version` FROM \(table.quoted) WHERE `aggregate_id` = @aggregate_id",
            parameters: [("aggregate_id", .string(aggregateID))])
    }

    func trace(_ correlationID: String, after position: Int, limit: Int?) -> BigQueryQuery {
        BigQueryQuery(
            sql: selection(
                "`correlation_id` = @correlation_id AND `position` > @position", "`position`", limit: limit),
            parameters: [("correlation_id", .string(correlationID)), ("position", .integer(position))])
    }

    func effects(of eventID: String) -> BigQueryQuery {
        BigQueryQuery(
            sql: selection("`causation_id` = @causation_id", "`position`", limit: nil),
            parameters: [("causation_id", .string(eventID))])
    }

    func events(withIDs ids: [String], of aggregateID: String) -> BigQueryQuery {
        BigQueryQuery(
            sql: selection(
                "`aggregate_id` = @aggregate_id AND `event_id` IN UNNEST(@event_ids)", "`version`", limit: nil),
            parameters: [("aggregate_id", .string(aggregateID)), ("event_ids", .strings(ids))])
    }

    // MARK: Saving

    /// The statement that appends events, unless the stream has one of them already; versions and positions are made in it.
    ///
    /// - Throws: `InvalidEventError` when a value cannot be kept.
    func merge(_ events: [Event<StandardColumns>], aggregateID: String, now: Instant) throws -> BigQueryQuery {
        var query = [
            ("aggregate_id", BigQueryQuery.Parameter.string(aggregateID)), ("recorded_at", .timestamp(now)),
            ("event_ids", .strings(events.map(\.id))),
        ]
        var rows: [String] = []
        for (index, event) in events.enumerated() {
            try Self.checkData(of: event, index)
            let values: [(String, BigQueryQuery.Parameter)] = [
                ("event_id", .string(event.id)), ("type", .string(event.type)), ("source", .string(event.source)),
                ("subject", .string(event.subject)), ("data", .json(event.data?.json?.text)),
                ("data_binary", .bytes(event.data?.binary.map(Self.base64))),
                ("datacontenttype", .string(event.dataContentType)), ("dataschema", .string(event.dataSchema)),
                ("specversion", .string(event.specVersion)),
                ("extensions", .json(event.extensions.isEmpty ? nil : event.extensions.json.text)),
                ("correlation_id", .string(event.correlationID)), ("causation_id", .string(event.causationID)),
                ("occurred_at", .timestamp(event.time ?? now)),
            ]
            query += values.map { ("\($0.0)_\(index)", $0.1) }
            let list = values.map { "@\($0.0)_\(index) AS `\($0.0)`" }.joined(separator: ", ")
            rows.append("SELECT \(index + 1) AS `place`, \(list)")
        }
        let given = Self.columns.filter { !["position", "aggregate_id", "version", "recorded_at"].contains($0) }
        let sql = """
            MERGE \(table.quoted) T USING (
              SELECT
                (SELECT IFNULL(MAX(`position`), 0) FROM \(table.quoted)) + E.`place` AS `position`,
                @aggregate_id AS `aggregate_id`,
                (SELECT IFNULL(MAX(`version`), 0) FROM \(table.quoted) WHERE `aggregate_id` = @aggregate_id)
                  + E.`place` AS `version`,
                \(given.map { "E.`\($0)`" }.joined(separator: ", ")),
                @recorded_at AS `recorded_at`
              FROM (\(rows.joined(separator: " UNION ALL "))) E
              WHERE NOT EXISTS (
                SELECT 1 FROM \(table.quoted) WHERE `aggregate_id` = @aggregate_id AND `event_id` IN UNNEST(@event_ids))
            ) S ON T.`aggregate_id` = S.`aggregate_id` AND T.`event_id` = S.`event_id`
            WHEN NOT MATCHED THEN INSERT (\(Self.list))
            VALUES (\(Self.columns.map { "S.`\($0)`" }.joined(separator: ", ")))
            """
        return BigQueryQuery(sql: sql, parameters: query.map { (name: $0.0, value: $0.1) })
    }

    private static func checkData(of event: Event<StandardColumns>, _ index: Int) throws {
        do {
            var line: [UInt8] = []
            try event.data?.json?.withBytes { try InlineJSON.append($0, to: &line) }
            for time in [event.time].compactMap({ $0 }) {
                try JSONBytes.append(microseconds: time.microsecondsSince1970, to: &line)
            }
        } catch let problem as ValueProblem {
            throw InvalidEventError(
                .invalidValue, attribute: "data", index: index, eventID: event.id,
                message: "cannot be kept by BigQuery: \(problem.reason)")
        }
    }

    static func base64(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        bytes.withUnsafeBufferPointer { JSONBytes.append(base64: $0, to: &text) }
        return String(decoding: text.dropFirst().dropLast(), as: UTF8.self)
    }
}
