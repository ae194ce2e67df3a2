import EventSourcing
import EventSourcingSQL
import SQLSchema

/// The database that events are exported from, with the plans of batches in it.
protocol ExportSource: Sendable {
    var dialect: Dialect { get }

    /// What the database has.
    func catalog() async throws -> Catalog

    /// Makes the table of plans ready for an events table.
    func prepare(_ events: RelationName) async throws

    /// Runs a closure with the plans and the database that they are in.
    func withPlans<Value: Sendable>(
        _ body: @escaping @Sendable (BatchPlans, any RowDatabase) throws -> Value
    ) async throws -> Value

    /// Reads what comes after a position, as far as no event can come before it any more.
    func readNext(after position: Int, _ recipe: BatchRecipe, limits: BatchLimits) async throws -> EncodedBatch

    /// Reads a range that was planned.
    func read(after from: Int, through to: Int, _ recipe: BatchRecipe) async throws -> EncodedBatch

    func close() async
}

/// What waits to be exported.
struct WaitingEvents: Hashable, Sendable {
    /// How many, as far as one has counted.
    let count: Int
    /// When the first was recorded; nil when there is none.
    let oldest: Instant?
}

extension ExportSource {
    /// What waits after a position.
    func waiting(after position: Int, limit: Int) async throws -> WaitingEvents {
        try await withPlans { plans, database in
            let sql = """
                SELECT count(*), min(recorded_at) FROM
                    (SELECT recorded_at FROM \(plans.events) WHERE position > $1 ORDER BY position LIMIT $2) AS waiting
                """
            let row = try database.rows(WaitingRow.self, of: sql, with: Positions(first: position, second: limit)).first
            return WaitingEvents(count: row?.count ?? 0, oldest: row?.time)
        }
    }

    /// The highest position; 0 when there is none.
    func lastPosition() async throws -> Int {
        try await withPlans { plans, database in
            let sql = "SELECT coalesce(max(position), 0), NULL FROM \(plans.events)"
            return try database.rows(WaitingRow.self, of: sql, with: NoValues()).first?.count ?? 0
        }
    }

    /// When the first and the last event of a range were recorded, by time.
    func recordingTimes(after from: Int, through to: Int) async throws -> ClosedRange<Instant>? {
        try await withPlans { plans, database in
            let times = try ["min", "max"].compactMap { function in
                let sql = """
                    SELECT count(*), \(function)(recorded_at) FROM \(plans.events)
                    WHERE position > $1 AND position <= $2
                    """
                return try database.rows(WaitingRow.self, of: sql, with: Positions(first: from, second: to)).first?.time
            }
            return times.count == 2 ? times[0]...times[1] : nil
        }
    }
}

private struct WaitingRow: ResultRow {
    let count: Int
    let time: Instant?

    init<Row: RowReader & ~Copyable>(row: borrowing Row) throws {
        count = Int(try row.int64(at: 0))
        time = row.isNull(at: 1) ? nil : try row.instant(at: 1)
    }
}

private struct Positions: RowArguments {
    let first: Int
    let second: Int

    func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {
        try row.write(Int64(first), at: 0)
        try row.write(Int64(second), at: 1)
    }
}

struct NoValues: RowArguments {
    func write<Row: RowWriter & ~Copyable>(to row: inout Row) throws {}
}

extension BatchRecipe {
    /// The query for the rows of a range, from the lowest position on: `$1` and `$2` are its ends, `$3` how many.
    var selection: String {
        let list = (Self.keys.map(SQLIdentifier.quoted) + columns.map(\.expression)).joined(separator: ", ")
        return "SELECT \(list) FROM \(table) WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3"
    }
}
