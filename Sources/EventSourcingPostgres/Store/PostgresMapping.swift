import EventSourcing
import EventSourcingSQL
import SQLSchema

/// Everything a store knows of its tables: the statements, and the generated row mappers as closures.
///
/// The closures are made in an inlinable function, so that the compiler specialises a whole page of rows for the table
/// in the module that knows it.
@usableFromInline
final class PostgresMapping<Columns: EventColumns>: Sendable {
    let sql: PostgresTexts
    let schema: EmbeddedSchema
    /// The name of the events table, by which the feed's lock and its checkpoints are found.
    let feedName: String
    /// The name of the snapshots table.
    let snapshotsName: String
    let differences: @Sendable (Catalog) -> [String]
    /// Reads the events of a result into an array.
    let appendEvents: @Sendable (PostgresResult, inout [RecordedEvent<Columns>]) throws -> Void
    let writeEvents: @Sendable ([Event<Columns>], inout PostgresArrayParameters) throws -> Void
    let writeEvent: @Sendable (Event<Columns>, inout PostgresParameters) throws -> Void
    let readSnapshots: @Sendable (PostgresStatement) throws -> [Snapshot]
    let writeSnapshot: @Sendable (Snapshot, PostgresStatement) throws -> Void

    /// Makes the mapping of a generated events table and a generated snapshots table.
    @inlinable
    convenience init<Events: EventTable<Columns>, Snapshots: SnapshotTable>(
        events: Events.Type, snapshots: Snapshots.Type
    ) {
        self.init(
            events: .events(events, in: .postgres), snapshots: .snapshots(snapshots, in: .postgres),
            schema: Events.schema,
            appendEvents: { result, events in try result.append(to: &events) { row in try Events.read(row) } },
            writeEvents: { events, rows in
                for index in 0..<events.count { try Events.write(events[index], to: &rows) }
            },
            writeEvent: { event, parameters in try Events.write(event, to: &parameters) },
            readSnapshots: { statement in try statement.all { row in try Snapshots.read(row) } },
            writeSnapshot: { snapshot, statement in
                var parameters = statement.parameters()
                try Snapshots.write(snapshot, to: &parameters)
            })
    }

    @usableFromInline
    init(
        events: TableFacts, snapshots: TableFacts, schema: EmbeddedSchema,
        appendEvents: @escaping @Sendable (PostgresResult, inout [RecordedEvent<Columns>]) throws -> Void,
        writeEvents: @escaping @Sendable ([Event<Columns>], inout PostgresArrayParameters) throws -> Void,
        writeEvent: @escaping @Sendable (Event<Columns>, inout PostgresParameters) throws -> Void,
        readSnapshots: @escaping @Sendable (PostgresStatement) throws -> [Snapshot],
        writeSnapshot: @escaping @Sendable (Snapshot, PostgresStatement) throws -> Void
    ) {
        sql = PostgresTexts(events: events, snapshots: snapshots)
        self.schema = schema
        feedName = events.relation.description
        snapshotsName = snapshots.relation.description
        differences = { catalog in events.differences(catalog) + snapshots.differences(catalog) }
        self.appendEvents = appendEvents
        self.writeEvents = writeEvents
        self.writeEvent = writeEvent
        self.readSnapshots = readSnapshots
        self.writeSnapshot = writeSnapshot
    }

    /// Runs a statement and reads its events.
    func readEvents(_ statement: PostgresStatement) throws -> [RecordedEvent<Columns>] {
        try readEvents(statement.execute())
    }

    /// Reads the events of a result.
    func readEvents(_ result: PostgresResult) throws -> [RecordedEvent<Columns>] {
        var events: [RecordedEvent<Columns>] = []
        events.reserveCapacity(result.rowCount)
        try appendEvents(result, &events)
        return events
    }
}
