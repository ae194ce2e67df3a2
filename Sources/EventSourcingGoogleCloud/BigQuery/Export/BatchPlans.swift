package import EventSourcing
import EventSourcingSQL
import SQLSchema

/// The table in the source database that keeps the plans of batches: `bigquery_batches`, beside the events table.
///
/// It is what makes an export exact, and so it lies where the events are: a plan and the events that it names are lost, or
/// restored from a backup, together. The exporter creates it when it is not there, and so that nobody who exports nothing
/// has a table for it; a team whose database gives an exporter no right to create tables has the statement in a migration.
struct BatchPlans: Sendable {
    static let name = "bigquery_batches"

    let dialect: Dialect
    /// As it is written into SQL.
    let table: String
    /// The events table as it is written into SQL.
    let events: String

    /// - Parameter events: the events table, beside which it lies.
    init(_ dialect: Dialect, beside events: RelationName) {
        self.dialect = dialect
        self.events = events.quoted
        table = RelationName(schema: events.schema, Self.name).quoted
    }

    /// The statement that creates the table.
    var creation: String {
        let (number, suffix) = dialect == .sqlite ? ("INTEGER", " STRICT, WITHOUT ROWID") : ("bigint", "")
        return """
            CREATE TABLE IF NOT EXISTS \(table) (
                export         TEXT    NOT NULL,
                from_position  \(number) NOT NULL,
                to_position    \(number) NOT NULL,
                destination    TEXT    NOT NULL,
                origin         TEXT    NOT NULL,
                recipe         TEXT,
                recipe_hash    TEXT    NOT NULL,
                event_count    \(number) NOT NULL,
                rejected_count \(number) NOT NULL,
                byte_count     \(number) NOT NULL,
                checksum       TEXT    NOT NULL,
                attempt        \(number) NOT NULL,
                state          TEXT    NOT NULL,
                remark         TEXT,
                planned_at     \(number) NOT NULL,
                finished_at    \(number),
                PRIMARY KEY (export, from_position),
                CHECK (to_position > from_position)
            )\(suffix)
            """
    }

    private static let columns = """
        export, from_position, to_position, destination, origin, recipe, recipe_hash, event_count, rejected_count, \
        byte_count, checksum, attempt, state, remark, planned_at, finished_at
        """

    /// The plan with the highest range of an export; nil when there is none.
    func last(of export: String, in database: some RowDatabase) throws -> BatchPlan? {
        let sql = """
            SELECT \(Self.columns) FROM \(table) WHERE export = $1 ORDER BY from_position DESC LIMIT 1
            """
        return try database.rows(StoredPlan.self, of: sql, with: Texts([export])).first?.plan
    }

    /// Keeps a plan, unless there is one that begins at the same position; returns the one that is there then.
    func keep(_ plan: BatchPlan, in database: some RowDatabase) throws -> BatchPlan {
        let places = (1...16).map { "$\($0)" }.joined(separator: ", ")
        _ = try database.changeRows(
            "INSERT INTO \(table) (\(Self.columns)) VALUES (\(places)) ON CONFLICT DO NOTHING", with: plan)
        let sql = "SELECT \(Self.columns) FROM \(table) WHERE export = $1 AND from_position = $2"
        return try database.rows(StoredPlan.self, of: sql, with: Key(export: plan.export, from: plan.from)).first?.plan
            ?? plan
    }

    /// Moves a plan on, unless somebody else has done so; says whether it was moved.
    ///
    /// - Parameters:
    ///   - plan: as it is to be.
    ///   - attempt: the attempt that it had.
    func move(_ plan: BatchPlan, from attempt: Int, in database: some RowDatabase) throws -> Bool {
        let recipe = plan.state == .done ? ", recipe = NULL" : ""
        let sql = """
            UPDATE \(table) SET attempt = $1, state = $2, remark = $3, finished_at = $4\(recipe)
            WHERE export = $5 AND from_position = $6 AND attempt = $7 AND state = 'planned'
            """
        return try database.changeRows(sql, with: Move(plan: plan, attempt: attempt)) > 0
    }

    /// How many jobs there were since an instant.
    func jobs(of export: String, since start: Instant, in database: some RowDatabase) throws -> Int {
        let sql = """
            SELECT CAST(coalesce(sum(attempt), 0) AS \(dialect == .sqlite ? "INTEGER" : "bigint")) FROM \(table)
            WHERE export = $1 AND planned_at >= $2
            """
        return try database.rows(
            Number.self, of: sql, with: Key(export: export, from: Int(start.microsecondsSince1970))
        ).first?.value ?? 0
    }

    /// All exports with what they have done.
    func summaries(in database: some RowDatabase) throws -> [ExportSummary] {
        let number = dialect == .sqlite ? "INTEGER" : "bigint"
        let sql = """
            SELECT export, coalesce(max(CASE WHEN state = 'done' THEN to_position END), min(from_position)),
                CAST(coalesce(sum(CASE WHEN state = 'done' THEN event_count ELSE 0 END), 0) AS \(number)),
                CAST(coalesce(sum(rejected_count), 0) AS \(number)), count(*),
                CAST(coalesce(sum(attempt - 1), 0) AS \(number))
            FROM \(table) GROUP BY export ORDER BY export
            """
        return try database.rows(SummaryRow.self, of: sql, with: NoValues()).map { row in
            ExportSummary(
                export: row.export, checkpoint: row.numbers[0], events: row.numbers[1], rejected: row.numbers[2],
                batches: row.numbers[3], burnedAttempts: row.numbers[4],
                last: try last(of: row.export, in: database))
        }
    }
}

/// What an export has done so far.
package struct ExportSummary: Sendable {
    package let export: String
    /// BigQuery has every event up to this position.
    package let checkpoint: Int
    package let events: Int
    package let rejected: Int
    package let batches: Int
    /// How many jobs failed, and burned their ids.
    package let burnedAttempts: Int
    let last: BatchPlan?

    package var destination: String { last?.destination.description ?? "" }
    package var lastJob: String { last?.jobID ?? "" }
    package var lastState: String { last?.state.rawValue ?? "" }
    package var remark: String? { last?.remark }
    package var finishedAt: Instant? { last?.finishedAt }
}

// MARK: Rows and parameters

private struct StoredPlan: ResultRow {
    let plan: BatchPlan

    init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        let destination = BigQueryTableName(try row.string(at: 3))
        let state = BatchPlan.State(rawValue: try row.string(at: 12))
        guard let destination, let state else {
            throw row.unexpectedValue(at: destination == nil ? 3 : 12, expected: "what the exporter writes")
        }
        plan = BatchPlan(
            export: try row.string(at: 0), from: Int(try row.int64(at: 1)), to: Int(try row.int64(at: 2)),
            destination: destination, origin: try row.string(at: 4),
            recipe: row.isNull(at: 5) ? nil : try row.string(at: 5), recipeHash: try row.string(at: 6),
            counts: (Int(try row.int64(at: 7)), Int(try row.int64(at: 8)), Int(try row.int64(at: 9))),
            checksum: try row.string(at: 10), attempt: Int(try row.int64(at: 11)), state: state,
            remark: row.isNull(at: 13) ? nil : try row.string(at: 13),
            plannedAt: Instant(microsecondsSince1970: try row.int64(at: 14)),
            finishedAt: row.isNull(at: 15) ? nil : Instant(microsecondsSince1970: try row.int64(at: 15)))
    }
}

private struct Number: ResultRow {
    let value: Int

    init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        value = Int(try row.int64(at: 0))
    }
}

private struct SummaryRow: ResultRow {
    let export: String
    let numbers: [Int]

    init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        export = try row.string(at: 0)
        numbers = [
            Int(try row.int64(at: 1)), Int(try row.int64(at: 2)), Int(try row.int64(at: 3)), Int(try row.int64(at: 4)),
            Int(try row.int64(at: 5)),
        ]
    }
}

private struct Texts: RowArguments {
    let texts: [String]

    init(_ texts: [String]) {
        self.texts = texts
    }

    func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        for (index, text) in texts.enumerated() { try row.write(text, at: index) }
    }
}

private struct Key: RowArguments {
    let export: String
    let from: Int

    func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.write(export, at: 0)
        try row.write(Int64(from), at: 1)
    }
}

private struct Move: RowArguments {
    let plan: BatchPlan
    let attempt: Int

    func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.write(Int64(plan.attempt), at: 0)
        try row.write(plan.state.rawValue, at: 1)
        try row.write(optional: plan.remark, at: 2)
        try row.write(optional: plan.finishedAt, at: 3)
        try row.write(plan.export, at: 4)
        try row.write(Int64(plan.from), at: 5)
        try row.write(Int64(attempt), at: 6)
    }
}

extension BatchPlan: RowArguments {
    func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.write(export, at: 0)
        try row.write(Int64(from), at: 1)
        try row.write(Int64(to), at: 2)
        try row.write(destination.description, at: 3)
        try row.write(origin, at: 4)
        try row.write(optional: recipe, at: 5)
        try row.write(recipeHash, at: 6)
        try row.write(Int64(eventCount), at: 7)
        try row.write(Int64(rejectedCount), at: 8)
        try row.write(Int64(byteCount), at: 9)
        try row.write(checksum, at: 10)
        try row.write(Int64(attempt), at: 11)
        try row.write(state.rawValue, at: 12)
        try row.write(optional: remark, at: 13)
        try row.write(Int64(plannedAt.microsecondsSince1970), at: 14)
        try row.write(optional: finishedAt, at: 15)
    }
}

extension RowWriter where Self: ~Copyable {
    fileprivate mutating func write(optional text: String?, at column: Int) throws {
        if let text { try write(text, at: column) } else { try writeNull(at: column) }
    }

    fileprivate mutating func write(optional instant: Instant?, at column: Int) throws {
        if let instant { try write(instant.microsecondsSince1970, at: column) } else { try writeNull(at: column) }
    }
}
