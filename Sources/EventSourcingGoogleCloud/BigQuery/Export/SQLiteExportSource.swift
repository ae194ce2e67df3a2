import EventSourcing
import EventSourcingPostgres
import EventSourcingSQL
import EventSourcingSQLite
import SQLSchema

/// Reads events from a SQLite file, on a thread of its own.
///
/// There is one writer at a time, so that positions are committed in their order, and whatever is visible is safe.
actor SQLiteExportSource: ExportSource {
    nonisolated let dialect = Dialect.sqlite
    private let executor: ThreadExecutor
    private var connection: SQLiteConnection?
    private let path: String
    private var plans: BatchPlans?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(path: String) throws {
        guard let executor = ThreadExecutor() else {
            throw StoreError(.unsupported, "this process can start no more threads")
        }
        self.executor = executor
        self.path = path
    }

    private func open() throws -> SQLiteConnection {
        if let connection { return connection }
        // Another process may be writing, for a while.
        let connection = try SQLiteConnection(
            path: path, mode: .write, options: SQLiteOptions(busyTimeout: .seconds(60)))
        self.connection = connection
        return connection
    }

    func catalog() throws -> Catalog { try open().catalog() }

    func prepare(_ events: RelationName) throws {
        let plans = BatchPlans(.sqlite, beside: events)
        try open().execute(plans.creation)
        self.plans = plans
    }

    func withPlans<Value: Sendable>(
        _ body: @escaping @Sendable (BatchPlans, any RowDatabase) throws -> Value
    ) throws -> Value {
        guard let plans else { throw StoreError.notInitialized }
        return try body(plans, open())
    }

    func readNext(after position: Int, _ recipe: BatchRecipe, limits: BatchLimits) throws -> EncodedBatch {
        try read(recipe, after: position, through: .max, limits: limits)
    }

    func read(after from: Int, through to: Int, _ recipe: BatchRecipe) throws -> EncodedBatch {
        try read(recipe, after: from, through: to, limits: nil)
    }

    private func read(
        _ recipe: BatchRecipe, after from: Int, through to: Int, limits: BatchLimits?
    ) throws -> EncodedBatch {
        let statement = try open().prepare(recipe.selection)
        var parameters = statement.parameters()
        try parameters.write(Int64(from), at: 0)
        try parameters.write(Int64(to), at: 1)
        try parameters.write(-1 as Int64, at: 2)
        var builder = BatchBuilder(recipe, limits: limits)
        try statement.forEach { row in try builder.take(row) }
        return builder.batch
    }

    func close() {
        connection = nil
    }
}
