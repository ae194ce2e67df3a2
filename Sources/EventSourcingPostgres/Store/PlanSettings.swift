/// How the server is to plan a store's own statements, which all go along an index.
///
/// With its defaults PostgreSQL plans each statement anew a few times, and may then choose to collect the rows of a long
/// stream through a bitmap, maybe with several processes, and to sort them: four times slower than the index that has them
/// in order. The caller's own statements, within `withTransaction` and `readFeed`, are planned as everywhere.
enum PlanSettings {
    private static let settings = [
        ("plan_cache_mode", "force_generic_plan"), ("enable_seqscan", "off"), ("enable_bitmapscan", "off"),
        ("max_parallel_workers_per_gather", "0"),
    ]

    /// One statement for a new connection.
    static let session =
        "SELECT " + settings.map { "set_config('\($0.0)', '\($0.1)', false)" }.joined(separator: ", ")

    /// Begins a transaction with statements of the caller's own in it, for which all that is taken back until it ends.
    static func beginForCaller(_ isolation: PostgresIsolation) -> String {
        begin("ISOLATION LEVEL \(isolation.rawValue)")
    }

    /// Begins a transaction that reads, and sees the database as it is at its first statement.
    static let beginToRead = begin("ISOLATION LEVEL REPEATABLE READ READ ONLY")

    private static func begin(_ modes: String) -> String {
        "BEGIN \(modes)" + settings.map { "; SET LOCAL \($0.0) = DEFAULT" }.joined()
    }
}
