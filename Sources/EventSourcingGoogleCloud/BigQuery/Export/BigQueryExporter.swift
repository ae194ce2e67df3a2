import EventSourcing
import SQLSchema

/// Exports the events of a table to BigQuery, each exactly once, whatever fails in between.
///
/// Before anything of a batch is sent, its plan is in the source database: the range of positions, and what its bytes depend
/// on. The same plan gives the same bytes and the same id of a job, which BigQuery takes once. The export has come to the end
/// of a batch only when BigQuery has said that the job has succeeded. A process that is killed leaves a plan behind, with
/// which the next one goes on; two exporters that were started by mistake work on the same plans.
package struct BigQueryExporter: Sendable {
    /// What is exported where.
    package struct Options: Sendable {
        /// The name of the export; each has a checkpoint of its own.
        package var name = "default"
        package var destination: BigQueryTableName
        package var limits = BatchLimits()
        /// Whether to go on with events to come.
        package var follows = false
        /// A file for events that BigQuery cannot hold; nil stops at the first.
        package var deadLetterPath: String?
        /// Where to begin the first time, for a table that has what comes before.
        package var startPosition: Int?
        /// Whether batches go through a table of their own, from which a MERGE takes what is new.
        package var usesStaging = false

        package init(destination: BigQueryTableName) {
            self.destination = destination
        }
    }

    /// How far an export is, after each batch.
    package struct Progress: Sendable {
        /// How many events this run has brought to BigQuery.
        package var events = 0
        package var batches = 0
        package var position: Int
        package var lastPosition: Int
    }

    let source: any ExportSource
    let client: BigQueryClient
    let mapping: BigQueryMapping
    let options: Options
    /// Waits; tests wait less.
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    private var relation: RelationName? { mapping.relations[source.dialect] }

    /// Runs until everything is exported that is there, or, following, until the task is cancelled.
    ///
    /// - Parameter report: is called after each batch.
    /// - Throws: ``BigQueryExportError``, `DatabaseError`, ``GoogleCloudError``, `CancellationError`.
    package func run(report: @Sendable (Progress) -> Void = { _ in }) async throws {
        guard BatchPlan.isExportName(options.name) else {
            throw BigQueryExportError(
                .badSetting, "'\(options.name)' is no name of an export: use up to 64 letters, digits, '_' and '-'")
        }
        let recipe = try BatchRecipe(mapping, in: source.dialect, usesStaging: options.usesStaging)
        guard let relation else { throw BigQuerySchemaError(["the database has no table \(mapping.name)"]) }
        try await source.prepare(relation)
        let live = try await liveTable()
        let delivery = BatchSender(
            source: source, client: client, destination: live, deadLetterPath: options.deadLetterPath, sleep: sleep)
        var last = try await lastPlan(live)
        var progress = Progress(position: 0, lastPosition: 0)
        func note(_ plan: BatchPlan) async throws {
            progress.events += plan.eventCount
            progress.batches += 1
            progress.position = plan.to
            progress.lastPosition = max(plan.to, try await source.lastPosition())
            report(progress)
        }
        if let plan = last, plan.state == .planned {
            last = try await delivery.finish(plan)
            try await note(plan)
        }
        let origin = last?.origin ?? Self.newOrigin()
        while true {
            try Task.checkCancellation()
            let position = last?.to ?? options.startPosition ?? 0
            if options.follows, try await !isDue(after: position, last) { continue }
            let batch = try await source.readNext(after: position, recipe, limits: options.limits)
            guard batch.lastPosition != nil else {
                if !options.follows { return }
                try await sleep(.milliseconds(500))
                continue
            }
            try delivery.check(batch)
            let plan = BatchPlan(
                export: options.name, from: position, batch: batch, recipe: recipe, destination: options.destination,
                origin: origin, now: .now())
            let kept = try await source.withPlans { plans, database in try plans.keep(plan, in: database) }
            // Another exporter may have planned something else, which then is what this one does, too.
            last = kept == plan ? try await delivery.send(kept, batch) : try await delivery.finish(kept)
            try await note(kept)
        }
    }

    // MARK: Before anything is sent

    /// The table, which must be there and have what the events need.
    private func liveTable() async throws -> BatchSender.Destination {
        let name = options.destination
        guard let live = try await client.table(name) else {
            throw BigQueryExportError(
                .noTable,
                "there is no table \(name); create it with: event-store bigquery schema --to \(name) --apply")
        }
        let evolution = BigQueryEvolution(from: live.table, to: mapping.table)
        guard evolution.isEmpty else {
            throw BigQueryExportError(
                .differentSchema,
                "\(name) is not what the events need: \(evolution.lines.joined(separator: "; ")). Look at it with: "
                    + "event-store bigquery schema --to \(name)")
        }
        return BatchSender.Destination(
            name: name, table: live.table, location: client.configuration.location ?? live.location,
            rowCount: live.rowCount)
    }

    private func lastPlan(_ live: BatchSender.Destination) async throws -> BatchPlan? {
        let name = options.name
        let last = try await source.withPlans { plans, database in try plans.last(of: name, in: database) }
        if let last {
            guard last.destination == options.destination else {
                throw BigQueryExportError(
                    .otherDestination,
                    "the export '\(name)' goes to \(last.destination): give another one a name of its own with --name")
            }
            return last
        }
        guard live.rowCount == 0 || options.startPosition != nil || options.usesStaging else {
            throw BigQueryExportError(
                .notEmpty,
                "\(live.name) has \(live.rowCount) rows already, and the database knows nothing of an export '\(name)': "
                    + "export to a new table, or say with --after up to which position the table has the events, or "
                    + "with --backfill that only what it lacks is to be added")
        }
        return nil
    }

    /// Whether the next batch is to be made now; waits a while when it is not.
    private func isDue(after position: Int, _ last: BatchPlan?) async throws -> Bool {
        let waiting = try await source.waiting(after: position, limit: options.limits.events)
        var pause = Duration.milliseconds(500)
        if let oldest = waiting.oldest {
            let now = Instant.now()
            let yesterday = Instant(microsecondsSince1970: now.microsecondsSince1970 - 86_400_000_000)
            let name = options.name
            let jobs = try await source.withPlans { plans, database in
                try plans.jobs(of: name, since: yesterday, in: database)
            }
            let wait = options.limits.pause(
                waiting: waiting.count, oldest: oldest, last: last?.finishedAt, jobsToday: jobs, now: now)
            guard let wait else { return true }
            pause = min(wait, pause)
        }
        try await sleep(pause)
        return false
    }

    private static func newOrigin() -> String {
        String(UInt64.random(in: .min ... .max), radix: 36)
    }
}

extension BigQueryExporter {
    /// An exporter from a database.
    package init(
        _ database: ExportDatabase, _ mapping: BigQueryMapping, to configuration: BigQueryConfiguration,
        _ options: Options
    ) throws {
        self.init(
            source: try database.source(), client: BigQueryClient(configuration), mapping: mapping, options: options)
    }
}
