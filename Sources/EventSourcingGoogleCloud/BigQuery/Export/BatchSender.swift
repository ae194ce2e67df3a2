import EventSourcing
import Foundation
import JSONText

/// Brings a batch that is planned to BigQuery, and keeps in the source database how far it is.
struct BatchSender: Sendable {
    /// The table that an export goes to.
    struct Destination: Sendable {
        let name: BigQueryTableName
        let table: BigQueryTable
        let location: String?
        let rowCount: Int
    }

    let source: any ExportSource
    let client: BigQueryClient
    let destination: Destination
    let deadLetterPath: String?
    let sleep: @Sendable (Duration) async throws -> Void

    /// Refuses a batch with events that BigQuery cannot hold, unless there is a place for them.
    func check(_ batch: EncodedBatch) throws {
        guard deadLetterPath == nil, let rejection = batch.rejections.first else { return }
        let column = rejection.problem.column.isEmpty ? "" : ", column \(rejection.problem.column)"
        throw BigQueryExportError(
            .badEvent,
            "event \(rejection.event.eventID) of \(rejection.event.aggregateID) (position \(rejection.event.position))"
                + "\(column): \(rejection.problem.reason). To go on without such events, and have a list of them, give "
                + "a file with --dead-letter", position: rejection.event.position)
    }

    /// Finishes a batch that somebody has planned, and may have sent.
    func finish(_ plan: BatchPlan) async throws -> BatchPlan {
        if plan.state == .done { return plan }
        return try await carryOn(plan, nil)
    }

    /// Sends a batch that has just been planned.
    func send(_ plan: BatchPlan, _ batch: EncodedBatch) async throws -> BatchPlan {
        try await carryOn(plan, batch)
    }

    // MARK: One batch

    /// - Parameter fresh: the content of a batch that nobody can have sent yet.
    private func carryOn(_ plan: BatchPlan, _ fresh: EncodedBatch?) async throws -> BatchPlan {
        var plan = plan
        let content = BatchContent(plan, fresh, source)
        // Everything in it was left out.
        if plan.eventCount == 0 { return try await finished(plan, content) }
        guard let recipe = plan.recipe.flatMap({ BatchRecipe(text: $0) }) else {
            throw BigQueryExportError(
                .changedBatch, "the plan of the batch after position \(plan.from) is not complete")
        }
        while true {
            let load = LoadDelivery(
                client: client, plan: plan, location: destination.location,
                table: recipe.usesStaging ? stagingTable(of: plan) : destination.name,
                stagingFields: recipe.usesStaging ? recipe.columns.map(\.field) : nil, content: content)
            var outcome = try await carryOut(plan, isNew: fresh != nil && plan.attempt == 1, load)
            if outcome == .delivered, recipe.usesStaging { outcome = try await merge(plan, recipe) }
            switch outcome {
            case .delivered:
                if recipe.usesStaging { try? await client.delete(stagingTable(of: plan)) }
                return try await finished(plan, content)
            case .burned(let pause, let failure):
                plan = try await nextAttempt(plan, failure)
                if plan.state == .done { return plan }
                try await sleep(pause)
            }
        }
    }

    /// Brings the rows from the table where they were loaded into the destination.
    private func merge(_ plan: BatchPlan, _ recipe: BatchRecipe) async throws -> Outcome {
        let bounds = try await source.recordingTimes(after: plan.from, through: plan.to)
        let merge = StagingMerge(
            from: stagingTable(of: plan), into: destination.name, table: destination.table, recipe: recipe,
            recorded: bounds)
        let job = MergeDelivery(client: client, plan: plan, location: destination.location, sql: merge.sql)
        // A table that has expired since the rows were loaded has nothing to bring.
        if try await client.job(plan.mergeJobID, project: plan.destination.project, location: destination.location)
            == nil, try await client.table(stagingTable(of: plan))?.rowCount != plan.eventCount
        {
            let message = "the rows are not in \(stagingTable(of: plan)) any more"
            return .burned(.zero, BigQueryJob.Failure(reason: "notFound", message: message, details: [message]))
        }
        return try await carryOut(plan, isNew: false, job)
    }

    private enum Outcome: Equatable {
        case delivered
        case burned(Duration, BigQueryJob.Failure)
    }

    /// Does one of the two jobs of a batch until its outcome is known.
    private func carryOut(_ plan: BatchPlan, isNew: Bool, _ job: some JobDelivery) async throws -> Outcome {
        var delivery = BatchDelivery(plan)
        var step = BatchDelivery.firstStep(isNew: isNew)
        while true {
            switch step {
            case .send(let pause):
                try await sleep(pause)
                do {
                    try await job.send(sleep)
                    step = delivery.next(.accepted)
                } catch let error as GoogleCloudError {
                    step = delivery.next(.error(error, whileSending: true))
                }
            case .ask(let pause):
                try await sleep(pause)
                do {
                    step = delivery.next(.job(try await job.ask()))
                } catch let error as GoogleCloudError {
                    step = delivery.next(.error(error, whileSending: false))
                }
            case .succeed: return .delivered
            case .beginNextAttempt(let pause, let failure): return .burned(pause, failure)
            case .stop(let stop): throw try await self.error(stop, plan, job)
            }
        }
    }

    /// Keeps that an id is burned; what is there afterwards may be what another exporter has made of it.
    private func nextAttempt(_ plan: BatchPlan, _ failure: BigQueryJob.Failure) async throws -> BatchPlan {
        var next = plan
        next.attempt += 1
        next.remark = "\(failure.reason): \(failure.message)"
        return try await source.withPlans { [next] plans, database in
            if try plans.move(next, from: plan.attempt, in: database) { return next }
            return try plans.keep(plan, in: database)
        }
    }

    /// Keeps that BigQuery has the batch, after those that it cannot have are in their file.
    private func finished(_ plan: BatchPlan, _ content: BatchContent) async throws -> BatchPlan {
        if plan.rejectedCount > 0 {
            let batch = try await content.batch()
            try check(batch)
            if let deadLetterPath { try DeadLetterFile(path: deadLetterPath).append(batch.rejections) }
        }
        var done = plan
        (done.state, done.finishedAt, done.recipe) = (.done, .now(), nil)
        return try await source.withPlans { [done] plans, database in
            // Another exporter may have done so before.
            _ = try plans.move(done, from: plan.attempt, in: database)
            return done
        }
    }

    // MARK: What stops it

    private func error(
        _ stop: BatchDelivery.Stop, _ plan: BatchPlan, _ job: some JobDelivery
    ) async throws -> BigQueryExportError {
        let place = "the batch of positions \(plan.from + 1) to \(plan.to)"
        switch stop {
        case .noAnswer(let error):
            return BigQueryExportError(
                .noAnswer, "\(error); whether BigQuery has \(place) is not known, and is found out at the next start")
        case .refused(let error):
            return BigQueryExportError(.refused, "BigQuery refused \(place): \(error)")
        case .otherContent:
            return BigQueryExportError(
                .changedBatch,
                "BigQuery has a job \(plan.jobID) with another content: \(place) was changed in the source database")
        case .failed(let failure):
            // The id is burned, and whoever starts again has put right what was wrong.
            _ = try await nextAttempt(plan, failure)
            let details = failure.details.last ?? failure.message
            guard let position = try await job.position(of: failure) else {
                return BigQueryExportError(.refused, "BigQuery could not load \(place): \(details) (\(failure.reason))")
            }
            return BigQueryExportError(
                .badEvent, "BigQuery could not load the event at position \(position): \(details)", position: position)
        }
    }

    // MARK: Staging

    private func stagingTable(of plan: BatchPlan) -> BigQueryTableName {
        BigQueryTableName(
            project: destination.name.project, dataset: destination.name.dataset,
            table: "\(destination.name.table)_staging_\(plan.export)_\(plan.recipeHash)")
    }
}

/// The content of a batch, which is made anew when it is needed and not there.
actor BatchContent {
    private let plan: BatchPlan
    private let source: any ExportSource
    private var made: EncodedBatch?

    init(_ plan: BatchPlan, _ batch: EncodedBatch?, _ source: any ExportSource) {
        self.plan = plan
        self.source = source
        made = batch
    }

    /// - Throws: ``BigQueryExportError`` when the same range does not give the same bytes.
    func batch() async throws -> EncodedBatch {
        if let made { return made }
        guard let recipe = plan.recipe.flatMap({ BatchRecipe(text: $0) }) else {
            throw BigQueryExportError(
                .changedBatch, "the plan of the batch after position \(plan.from) is not complete")
        }
        let batch = try await source.read(after: plan.from, through: plan.to, recipe)
        guard batch.checksum == plan.checksum else {
            throw BigQueryExportError(
                .changedBatch,
                "the events of positions \(plan.from + 1) to \(plan.to) are not those that were planned: somebody has "
                    + "changed the table, or the database is another one. When BigQuery has none of them, remove the "
                    + "row with from_position \(plan.from) of the export '\(plan.export)' from \(BatchPlans.name)")
        }
        made = batch
        return batch
    }
}

/// A job of a batch: how it is sent, and asked about.
protocol JobDelivery: Sendable {
    func send(_ pause: @Sendable (Duration) async throws -> Void) async throws
    func ask() async throws -> BigQueryJob?
    /// The position of the event that a failure is about; nil when it names none.
    func position(of failure: BigQueryJob.Failure) async throws -> Int?
}

/// Loads the content.
struct LoadDelivery: JobDelivery {
    let client: BigQueryClient
    let plan: BatchPlan
    let location: String?
    let table: BigQueryTableName
    /// The columns of a table that only this batch is loaded into; nil for the destination itself.
    let stagingFields: [BigQueryField]?
    let content: BatchContent

    func send(_ pause: @Sendable (Duration) async throws -> Void) async throws {
        if let stagingFields {
            let tomorrow = Instant(microsecondsSince1970: Instant.now().microsecondsSince1970 + 86_400_000_000)
            _ = try await client.create(BigQueryTable(fields: stagingFields), table, expiration: tomorrow)
        }
        let job = LoadJob(
            id: plan.jobID, location: location, destination: table, replacesRows: stagingFields != nil,
            checksum: plan.checksum, labels: client.configuration.labels)
        try await client.load(job, try await content.batch(), pause: pause)
    }

    func ask() async throws -> BigQueryJob? {
        try await client.job(plan.jobID, project: table.project, location: location)
    }

    func position(of failure: BigQueryJob.Failure) async throws -> Int? {
        guard let offset = failure.rowOffset else { return nil }
        return try await content.batch().position(ofByte: offset)
    }
}

/// Brings what was loaded into a table of its own into the destination.
struct MergeDelivery: JobDelivery {
    let client: BigQueryClient
    let plan: BatchPlan
    let location: String?
    let sql: String

    func send(_ pause: @Sendable (Duration) async throws -> Void) async throws {
        try await client.start(
            sql, id: plan.mergeJobID, project: plan.destination.project, location: location,
            labels: ["sha256": plan.checksum])
    }

    func ask() async throws -> BigQueryJob? {
        try await client.job(plan.mergeJobID, project: plan.destination.project, location: location)
    }

    func position(of failure: BigQueryJob.Failure) -> Int? { nil }
}
