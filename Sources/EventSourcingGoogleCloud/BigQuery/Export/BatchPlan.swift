import Crypto
import EventSourcing

/// A batch of an export, as the source database keeps it from before anything is sent: a pure value.
struct BatchPlan: Hashable, Sendable {
    /// How far it is.
    enum State: String, Hashable, Sendable {
        /// It may have been sent, or not.
        case planned
        /// BigQuery has all its events.
        case done
    }

    /// The name of the export.
    let export: String
    /// The position after which the batch begins.
    let from: Int
    /// The position of its last event. It never changes, nor does what lies between.
    let to: Int
    let destination: BigQueryTableName
    /// Tells the jobs of this export from those of any other, also of another database with an export of that name.
    let origin: String
    /// What the rows are read with; nil when nobody needs it any more.
    var recipe: String?
    /// The beginning of the SHA-256 of everything but the range that makes the batch what it is.
    let recipeHash: String
    let eventCount: Int
    let rejectedCount: Int
    let byteCount: Int
    let checksum: String
    /// Which attempt is under way or has succeeded; each earlier one has burned the id of a job.
    var attempt = 1
    var state = State.planned
    /// Why the attempt before this one failed, or why the batch stopped.
    var remark: String?
    let plannedAt: Instant
    var finishedAt: Instant?

    /// Plans a batch.
    init(
        export: String, from: Int, batch: EncodedBatch, recipe: BatchRecipe, destination: BigQueryTableName,
        origin: String, now: Instant
    ) {
        self.export = export
        self.from = from
        to = batch.lastPosition ?? from
        self.destination = destination
        self.origin = origin
        self.recipe = recipe.text
        recipeHash = Self.hash(origin, destination, recipe.text)
        eventCount = batch.eventCount
        rejectedCount = batch.rejections.count
        byteCount = batch.byteCount
        checksum = batch.checksum
        plannedAt = now
    }

    /// The same batch is the same job, whoever sends it.
    var jobID: String { "es_\(export)_\(recipeHash)_\(from)_\(to)_a\(attempt)" }

    /// The job that brings staged rows into the table.
    var mergeJobID: String { "es_\(export)_\(recipeHash)_\(from)_\(to)_m\(attempt)" }

    private static func hash(_ origin: String, _ destination: BigQueryTableName, _ recipe: String) -> String {
        var hash = SHA256()
        hash.update(data: Array("\(origin)\n\(destination)\n\(recipe)".utf8))
        return String(
            hash.finalize().prefix(4).map { byte in
                let text = String(byte, radix: 16)
                return text.count == 1 ? "0\(text)" : text
            }.joined())
    }

    /// Whether a text can be the name of an export: it is part of the ids of jobs.
    static func isExportName(_ name: String) -> Bool {
        1...64 ~= name.utf8.count
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

extension BatchPlan {
    /// A plan as it was kept.
    init(
        export: String, from: Int, to: Int, destination: BigQueryTableName, origin: String, recipe: String?,
        recipeHash: String, counts: (events: Int, rejected: Int, bytes: Int), checksum: String, attempt: Int,
        state: State, remark: String?, plannedAt: Instant, finishedAt: Instant?
    ) {
        self.export = export
        self.from = from
        self.to = to
        self.destination = destination
        self.origin = origin
        self.recipe = recipe
        self.recipeHash = recipeHash
        eventCount = counts.events
        rejectedCount = counts.rejected
        byteCount = counts.bytes
        self.checksum = checksum
        self.attempt = attempt
        self.state = state
        self.remark = remark
        self.plannedAt = plannedAt
        self.finishedAt = finishedAt
    }
}
