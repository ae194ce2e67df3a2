import EventSourcing
package import SQLSchema

/// What the exports of a database have done, and what is left.
package struct ExportStatus: Sendable {
    package let exports: [ExportSummary]
    /// The highest position of the events table.
    package let lastPosition: Int
    /// How many events each export has before it, as far as one has counted, by its name; at most ``countLimit``.
    package let waiting: [String: Int]

    /// Events are counted up to here.
    package static let countLimit = 1_000_000

    /// Reads the status of a database.
    package init(_ database: ExportDatabase, events: RelationName) async throws {
        try await self.init(try database.source(), events)
    }

    init(_ source: any ExportSource, _ events: RelationName) async throws {
        try await source.prepare(events)
        exports = try await source.withPlans { plans, database in try plans.summaries(in: database) }
        lastPosition = try await source.lastPosition()
        var waiting: [String: Int] = [:]
        for export in exports {
            waiting[export.export] = try await source.waiting(
                after: export.checkpoint, limit: Self.countLimit
            ).count
        }
        self.waiting = waiting
        await source.close()
    }
}
