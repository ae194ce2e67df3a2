import EventSourcingSQL
import SQLSchema

/// The SQL of a store's statements for its tables; names are quoted, values are parameters.
@usableFromInline
struct PostgresTexts: Sendable {
    /// What stands for an expectation that is no exact version.
    static let anyVersion: Int64 = -1
    static let existingStream: Int64 = -2

    /// What a statement fails with, as a number that is none, when a trigger drops a row: SQL has no other way to raise an
    /// error, and once it has ended it is too late to take back the rest.
    static let droppedEvent = "a trigger of the table dropped an event without an error"

    /// How many events of a stream are asked for at first.
    static let firstPageSize = 256

    /// How long a batch waits for somebody else's transaction, before its saves are left to wait by themselves.
    static let lockTimeout = "1s"

    /// Appends to one stream, when its version is as expected: one row with the version found, and the positions.
    ///
    /// The parameters are the stream, the expectation, how long to wait for locks (NULL leaves that as it is), and an
    /// array for each inserted column.
    let append: String
    /// The same for one event, which is the most frequent save: with a parameter instead of an array for each column, for
    /// which the server needs a fifth less time.
    let appendOne: String
    /// Appends to several streams, each with its own check: a row for each, and the positions of all in the first.
    ///
    /// The parameters are the streams, their expectations, for each event the number of its stream and its place behind
    /// the stream's version, whether to append to all streams or none, and an array for each inserted column. A stream
    /// that may have any version is also refused when it has one of the event ids already.
    let appendBatch: String
    /// The same for one event each of streams that all have to have exact versions: a row for each event that was appended,
    /// in their order, with its position and its stream.
    ///
    /// The parameters are the streams, their expectations, and an array for each inserted column. It is one step, which takes
    /// the server a third less time than ``appendBatch``.
    let appendBatchExactly: String
    /// Waits until no other save of the sure way is at work on a stream.
    let lockStream: String
    let streamVersion: String
    /// The events of several streams with certain ids: `$1` the streams, `$2` the ids.
    let eventsByID: String
    /// The first ``firstPageSize`` events of a stream; most streams have no more.
    ///
    /// It has one parameter where the others have four, each of which takes the server 2% of a short load.
    let loadFirstPage: String
    let loadAscending: String
    let loadDescending: String
    let trace: String
    let effects: String
    let feed: String
    /// Looks who may still commit events.
    let feedLook: String
    let lastPosition: String
    let streams: String
    let saveSnapshot: String
    let trimSnapshots: String
    let newestSnapshot: String
    let loadCheckpoint: String
    let saveCheckpoint: String

    /// The name of the events table as it is written into SQL.
    let eventsTable: String
    /// How many columns an event has that is inserted.
    let insertedCount: Int
    /// Lets one transaction at a time read under a name. Another key than those of the feed and of streams.
    static let claimReader = "SELECT pg_try_advisory_xact_lock(hashtextextended($1 || E'\\n' || $2, 2))"
    /// The table of readers' positions, one for all feeds of a database.
    static let checkpointsTable = "checkpoints"

    /// The query for the highest position that is visible in a table.
    static func lastPosition(of table: String) -> String { "SELECT coalesce(max(position), 0) FROM \(table)" }

    init(events: TableFacts, snapshots: TableFacts) {
        let table = events.name
        let select = "SELECT \(events.selection()) FROM \(table)"
        let insertion = Insertion(events)
        eventsTable = table
        insertedCount = events.insertedColumns.count
        append = insertion.append
        appendOne = insertion.appendOne
        appendBatch = insertion.appendBatch
        appendBatchExactly = insertion.appendBatchExactly
        // Another key than the one of the feed, whose seed is 0.
        lockStream = "SELECT pg_advisory_xact_lock(hashtextextended($1 || E'\\n' || $2, 1))"
        streamVersion = "SELECT max(version) FROM \(table) WHERE aggregate_id = $1"
        eventsByID = """
            SELECT \(events.selection(of: "e")) FROM unnest($1::text[], $2::text[]) AS k (stream, id)
            CROSS JOIN LATERAL (SELECT * FROM \(table) WHERE aggregate_id = k.stream AND event_id = k.id LIMIT 1) AS e
            """
        func load(_ order: String) -> String {
            "\(select) WHERE aggregate_id = $1 AND version >= $2 AND version <= $3 ORDER BY version \(order) LIMIT $4"
        }
        loadFirstPage = "\(select) WHERE aggregate_id = $1 ORDER BY version LIMIT \(Self.firstPageSize)"
        loadAscending = load("ASC")
        loadDescending = load("DESC")
        trace = "\(select) WHERE correlation_id = $1 AND position > $2 ORDER BY position LIMIT $3"
        effects = "\(select) WHERE causation_id = $1 ORDER BY position"
        feed = "\(select) WHERE position > $1 ORDER BY position LIMIT $2"
        lastPosition = Self.lastPosition(of: table)
        feedLook = FeedTexts.look(lastPosition: lastPosition)
        // A step from stream to stream along the index, which PostgreSQL does not find by itself.
        streams = """
            WITH RECURSIVE s (aggregate_id, n) AS (
                (SELECT aggregate_id, 1 FROM \(table) WHERE aggregate_id > $1 ORDER BY aggregate_id LIMIT 1)
                UNION ALL
                SELECT (SELECT e.aggregate_id FROM \(table) e WHERE e.aggregate_id > s.aggregate_id
                        ORDER BY e.aggregate_id LIMIT 1), n + 1
                FROM s WHERE s.aggregate_id IS NOT NULL AND n < $2)
            SELECT e.aggregate_id, e.version, e.recorded_at FROM s CROSS JOIN LATERAL (
                SELECT aggregate_id, version, recorded_at FROM \(table) WHERE aggregate_id = s.aggregate_id
                ORDER BY version DESC LIMIT 1) AS e
            ORDER BY e.aggregate_id LIMIT $2
            """
        let keeping = SnapshotTexts(events: events, snapshots: snapshots)
        saveSnapshot = keeping.save
        trimSnapshots = keeping.trim
        newestSnapshot = keeping.newest
        loadCheckpoint = """
            SELECT coalesce((SELECT position FROM \(Self.checkpointsTable) WHERE feed = $1 AND reader = $2), 0),
                (\(lastPosition))
            """
        saveCheckpoint = """
            WITH last AS MATERIALIZED (\(lastPosition)), saved AS (
                INSERT INTO \(Self.checkpointsTable) (feed, reader, position, updated_at)
                SELECT $1, $2, $3, clock_timestamp() FROM last AS last (position) WHERE last.position >= $3
                ON CONFLICT (feed, reader) DO UPDATE SET position = excluded.position, updated_at = excluded.updated_at)
            SELECT * FROM last
            """
    }
}

/// The statements that append events.
private struct Insertion {
    let append: String
    let appendOne: String
    let appendBatch: String
    let appendBatchExactly: String

    init(_ events: TableFacts) {
        let table = events.name
        let columns = events.insertedColumns
        let types = columns.map(events.parameterType)
        let aliases = columns.indices.map { "c\($0)" }
        let targets = list(["aggregate_id", "version", "recorded_at"] + columns)
        func values(_ sources: [String]) -> String {
            zip(columns, sources).map { column, source in
                // A missing time becomes the time of recording.
                column == "occurred_at" ? "coalesce(\(source), s.now)" : events.value(source, for: column)
            }.joined(separator: ", ")
        }
        let elements = values(aliases.map { "e.\($0)" })
        func arrays(from first: Int) -> String {
            types.enumerated().map { "$\($0.offset + first)::\($0.element)[]" }.joined(separator: ", ")
        }
        func accepts(_ expected: String, _ version: String) -> String {
            """
            (\(expected) = \(PostgresTexts.anyVersion) OR \(expected) = \(version)
                OR \(expected) = \(PostgresTexts.existingStream) AND \(version) > 0)
            """
        }
        // With a value of a row in it, because a constant would be computed while the statement is planned.
        func refusal(_ version: String) -> String {
            "ARRAY[('\(PostgresTexts.droppedEvent) at version ' || \(version))::bigint]"
        }
        let stream = """
            stream AS MATERIALIZED (
                SELECT coalesce((SELECT max(version) FROM \(table) WHERE aggregate_id = $1), 0) AS version,
                    CASE WHEN $3::text IS NULL OR set_config('lock_timeout', $3::text, true) IS NOT NULL
                        THEN clock_timestamp() END AS now)
            """
        append = """
            WITH \(stream),
            inserted AS (
                INSERT INTO \(table) (\(targets))
                SELECT $1, s.version + e.n, s.now, \(elements)
                FROM stream AS s, unnest(\(arrays(from: 4))) WITH ORDINALITY AS e (\(aliases.joined(separator: ", ")), n)
                WHERE \(accepts("$2::bigint", "s.version"))
                ORDER BY e.n
                RETURNING position)
            SELECT version, CASE WHEN \(accepts("$2::bigint", "s.version")) THEN (
                SELECT CASE WHEN count(*) = cardinality($4) THEN array_agg(position ORDER BY position)
                    ELSE \(refusal("s.version")) END
                FROM inserted) END
            FROM stream AS s
            """
        let parameters = types.enumerated().map { "$\($0.offset + 4)::\($0.element)" }
        appendOne = """
            WITH \(stream),
            inserted AS (
                INSERT INTO \(table) (\(targets))
                SELECT $1, s.version + 1, s.now, \(values(parameters))
                FROM stream AS s
                WHERE \(accepts("$2::bigint", "s.version"))
                RETURNING position)
            SELECT version, CASE WHEN \(accepts("$2::bigint", "s.version")) THEN
                coalesce((SELECT ARRAY[position] FROM inserted), \(refusal("s.version"))) END
            FROM stream AS s
            """
        appendBatchExactly = """
            WITH settings AS MATERIALIZED (
                SELECT CASE WHEN set_config('lock_timeout', '\(PostgresTexts.lockTimeout)', true) IS NOT NULL
                    THEN clock_timestamp() END AS now)
            INSERT INTO \(table) (\(targets))
            SELECT e.stream, e.expected + 1, s.now, \(elements)
            FROM settings AS s, unnest($1::text[], $2::bigint[], \(arrays(from: 3)))
                WITH ORDINALITY AS e (stream, expected, \(aliases.joined(separator: ", ")), n)
            WHERE coalesce((SELECT max(version) FROM \(table) WHERE aggregate_id = e.stream), 0) = e.expected
            ORDER BY e.n
            RETURNING position, aggregate_id
            """
        let idParameter = 6 + (columns.firstIndex(of: "event_id") ?? 0)
        // The subqueries with LIMIT are never made joins of, so that each is one step down an index.
        appendBatch = """
            WITH settings AS MATERIALIZED (SELECT set_config('lock_timeout', '\(PostgresTexts.lockTimeout)', true)),
            saves AS MATERIALIZED (
                SELECT s.stream, s.expected, s.n, clock_timestamp() AS now,
                    coalesce((SELECT max(version) FROM \(table) WHERE aggregate_id = s.stream), 0) AS version
                FROM settings, unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS s (stream, expected, n)),
            known AS MATERIALIZED (
                SELECT k.save FROM unnest($3::bigint[], $\(idParameter)::text[]) AS k (save, id)
                JOIN saves AS s ON s.n = k.save
                WHERE s.expected < 0 AND (
                    SELECT true FROM \(table) WHERE aggregate_id = s.stream AND event_id = k.id LIMIT 1)),
            judged AS MATERIALIZED (
                SELECT s.*, \(accepts("s.expected", "s.version")) AND s.n NOT IN (SELECT save FROM known) AS fits
                FROM saves AS s),
            accepted AS MATERIALIZED (
                SELECT * FROM judged WHERE fits AND (NOT $5::boolean OR (SELECT bool_and(fits) FROM judged))),
            inserted AS (
                INSERT INTO \(table) (\(targets))
                SELECT s.stream, s.version + e.place, s.now, \(elements)
                FROM unnest($3::bigint[], $4::bigint[], \(arrays(from: 6)))
                    WITH ORDINALITY AS e (save, place, \(aliases.joined(separator: ", ")), n)
                JOIN accepted AS s ON s.n = e.save
                ORDER BY e.n
                RETURNING position)
            SELECT s.version, EXISTS (SELECT FROM accepted AS a WHERE a.n = s.n),
                CASE s.n WHEN 1 THEN (
                    SELECT CASE WHEN count(*) = (
                            SELECT count(*) FROM unnest($3::bigint[]) AS e (save) JOIN accepted AS a ON a.n = e.save)
                        THEN array_agg(position ORDER BY position) ELSE \(refusal("s.version")) END
                    FROM inserted) END
            FROM saves AS s ORDER BY s.n
            """
    }
}

/// The statements that keep snapshots.
private struct SnapshotTexts {
    let save: String
    let trim: String
    let newest: String

    init(events: TableFacts, snapshots: TableFacts) {
        let columns = snapshots.insertedColumns
        let values = columns.enumerated().map { index, name in
            "$\(index + 1)::\(snapshots.columns.first { $0.name == name }?.type ?? "text")"
        }
        func parameter(_ name: String) -> String { values[columns.firstIndex(of: name) ?? 0] }
        let updates = columns.filter { !["aggregate_id", "version"].contains($0) }
            .map { "\(SQLIdentifier.quoted($0)) = excluded.\(SQLIdentifier.quoted($0))" }
        save = """
            WITH stream AS MATERIALIZED (
                SELECT coalesce(max(version), 0) AS version FROM \(events.name)
                WHERE aggregate_id = \(parameter("aggregate_id"))),
            saved AS (
                INSERT INTO \(snapshots.name) (\(list(columns)))
                SELECT \(values.joined(separator: ", ")) FROM stream WHERE stream.version >= \(parameter("version"))
                ON CONFLICT (aggregate_id, version) DO UPDATE SET \(updates.joined(separator: ", ")))
            SELECT version FROM stream
            """
        trim = """
            DELETE FROM \(snapshots.name) WHERE aggregate_id = $1 AND version <= (
                SELECT version FROM \(snapshots.name) WHERE aggregate_id = $1 ORDER BY version DESC LIMIT 1 OFFSET $2)
            """
        newest = """
            SELECT \(list(snapshots.selectedColumns)) FROM \(snapshots.name)
            WHERE aggregate_id = $1 AND ($2::text IS NULL OR state_schema = $2) ORDER BY version DESC LIMIT 1
            """
    }
}

private func list(_ columns: [String]) -> String {
    columns.map(SQLIdentifier.quoted).joined(separator: ", ")
}
