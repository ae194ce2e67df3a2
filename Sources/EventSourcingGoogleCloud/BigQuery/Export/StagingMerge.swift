import EventSourcing

/// The statement that takes from a table of loaded rows what the destination does not have: a pure value.
///
/// It can be run again, and adds nothing then.
struct StagingMerge {
    let sql: String

    /// - Parameter recorded: when the first and the last of the rows were recorded, so that only these partitions are read.
    init(
        from staging: BigQueryTableName, into destination: BigQueryTableName, table: BigQueryTable,
        recipe: BatchRecipe, recorded: ClosedRange<Instant>?
    ) {
        let names = recipe.columns.map { BigQueryName.quoted($0.field.name) }
        func column(_ name: String) -> String {
            BigQueryName.quoted(recipe.columns.first { $0.column == name }?.field.name ?? name)
        }
        var condition =
            "T.\(column("aggregate_id")) = S.\(column("aggregate_id")) AND T.\(column("version")) = S.\(column("version"))"
        let recordedAt = recipe.columns.first { $0.column == "recorded_at" }?.field
        if let recorded, let recordedAt, recordedAt.type == .timestamp, table.partitioning?.column == recordedAt.name {
            let time = "T.\(BigQueryName.quoted(recordedAt.name))"
            condition += " AND \(time) >= TIMESTAMP '\(recorded.lowerBound)'"
            condition += " AND \(time) <= TIMESTAMP '\(recorded.upperBound)'"
        }
        sql = """
            MERGE \(destination.quoted) T USING (
              SELECT * FROM \(staging.quoted) WHERE TRUE
              QUALIFY ROW_NUMBER() OVER (
                PARTITION BY \(column("aggregate_id")), \(column("version")) ORDER BY \(column("position"))) = 1
            ) S ON \(condition)
            WHEN NOT MATCHED THEN INSERT (\(names.joined(separator: ", ")))
            VALUES (\(names.map { "S.\($0)" }.joined(separator: ", ")))
            """
    }
}
