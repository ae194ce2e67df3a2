import EventSourcing
import EventSourcingPostgres
import EventSourcingSQL
import SQLSchema

/// Reads events from a PostgreSQL server, never past one that may still be committed.
actor PostgresExportSource: ExportSource {
    nonisolated let dialect = Dialect.postgres
    private let configuration: PostgresConfiguration
    private var connection: PostgresAsyncConnection?
    private var plans: BatchPlans?
    private var feed: PostgresFeedPages?

    /// The texts of values depend on these.
    private static let settings = [
        "SET datestyle = 'ISO, YMD'", "SET timezone = 'UTC'", "SET bytea_output = 'hex'", "SET extra_float_digits = 1",
        "SET intervalstyle = 'postgres'",
    ]

    init(_ configuration: PostgresConfiguration) {
        self.configuration = configuration
    }

    private func open() async throws -> PostgresAsyncConnection {
        if let connection, await connection.isReusable { return connection }
        let connection = try await PostgresAsyncConnection.connect(configuration)
        try await connection.run { connection in
            for setting in Self.settings { try connection.execute(setting) }
        }
        self.connection = connection
        return connection
    }

    func catalog() async throws -> Catalog {
        try await open().run { try $0.catalog() }
    }

    func prepare(_ events: RelationName) async throws {
        let plans = BatchPlans(.postgres, beside: events)
        try await open().run { connection in
            let statement = try connection.prepare("SELECT to_regclass($1) IS NOT NULL")
            var parameters = statement.parameters()
            try parameters.write(plans.table, at: 0)
            // Without asking, somebody who may not create tables would be refused although it is there.
            if try statement.first({ row in try row.bool(at: 0) }) != true {
                do {
                    try connection.execute(plans.creation)
                } catch let error as DatabaseError where error.code == .uniqueViolation {
                    // Two exporters began at the same moment.
                    try connection.execute(plans.creation)
                }
            }
        }
        self.plans = plans
        feed = PostgresFeedPages(events)
    }

    func withPlans<Value: Sendable>(
        _ body: @escaping @Sendable (BatchPlans, any RowDatabase) throws -> Value
    ) async throws -> Value {
        guard let plans else { throw StoreError.notInitialized }
        return try await open().run { try body(plans, $0) }
    }

    func readNext(after position: Int, _ recipe: BatchRecipe, limits: BatchLimits) async throws -> EncodedBatch {
        guard let feed else { throw StoreError.notInitialized }
        let (batch, after) = try await open().run { connection in
            var feed = feed
            var builder = BatchBuilder(recipe, limits: limits)
            var last = position
            var pages = RowPages()
            while !builder.isFull {
                let start = last
                var page: PostgresResult?
                try feed.next(after: start, on: connection) { after in
                    let rows = try connection.rows(recipe, after: after, through: .max, limit: pages.limit)
                    page = rows
                    return try rows.all { row in Int(try row.int64(at: 0)) }
                } deliver: { count in
                    var left = count
                    _ = try page?.all { row in
                        guard left > 0 else { return }
                        left -= 1
                        _ = try builder.take(row)
                        last = builder.batch.lastPosition ?? last
                    }
                    pages.learn(from: builder.batch)
                }
                if last == start { break }
            }
            return (builder.batch, feed)
        }
        self.feed = after
        return batch
    }

    func read(after from: Int, through to: Int, _ recipe: BatchRecipe) async throws -> EncodedBatch {
        try await open().run { connection in
            var builder = BatchBuilder(recipe, limits: nil)
            var pages = RowPages()
            var last = from
            while true {
                let rows = try connection.rows(recipe, after: last, through: to, limit: pages.limit)
                _ = try rows.all { row in _ = try builder.take(row) }
                guard rows.rowCount > 0, let position = builder.batch.lastPosition else { return builder.batch }
                last = position
                pages.learn(from: builder.batch)
            }
        }
    }

    func close() async {
        await connection?.close()
        connection = nil
    }
}

/// How many rows are read at once, so that they need some megabytes whatever is in them.
private struct RowPages {
    private static let bytes = 4 << 20
    private(set) var limit = 200

    mutating func learn(from batch: EncodedBatch) {
        guard batch.eventCount > 0 else { return }
        limit = min(max(Self.bytes / max(1, batch.byteCount / batch.eventCount), 10), 5000)
    }
}

extension PostgresConnection {
    fileprivate func rows(
        _ recipe: BatchRecipe, after from: Int, through to: Int, limit: Int
    ) throws -> PostgresResult {
        let statement = try prepare(recipe.selection)
        var parameters = statement.parameters()
        try parameters.write(Int64(from), at: 0)
        try parameters.write(Int64(to), at: 1)
        try parameters.write(Int64(limit), at: 2)
        return try statement.execute()
    }
}
