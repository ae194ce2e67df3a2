import EventSourcing
import EventSourcingSQL
import SQLSchema

/// Everything a store knows of its tables: the statements, and the generated row mappers as closures.
///
/// The closures are made in an inlinable function, so that the compiler specialises a whole page of rows for the table
/// in the module that knows it; calling a mapper through a witness table row by row is six times slower.
@usableFromInline
final class SQLiteMapping<Columns: EventColumns>: Sendable {
    let sql: StatementTexts
    let schema: EmbeddedSchema
    let tableNames: Set<String>
    /// The name of the feed in the table of checkpoints: that of the events table.
    let feedName: String
    let differences: @Sendable (Catalog) -> [String]
    let readEvents: @Sendable (SQLiteStatement) throws -> [RecordedEvent<Columns>]
    let insertEvents: @Sendable (StreamAppend<Columns>, Int, SQLiteStatement) throws -> [Int]
    let readSnapshots: @Sendable (SQLiteStatement) throws -> [Snapshot]
    let writeSnapshot: @Sendable (Snapshot, SQLiteStatement) throws -> Void

    /// Makes the mapping of a generated events table and a generated snapshots table.
    @inlinable
    convenience init<Events: EventTable<Columns>, Snapshots: SnapshotTable>(
        events: Events.Type, snapshots: Snapshots.Type
    ) {
        self.init(
            events: .events(events, in: .sqlite), snapshots: .snapshots(snapshots, in: .sqlite),
            schema: Events.schema,
            readEvents: { statement in try statement.all { row in try Events.read(row) } },
            insertEvents: { append, version, statement in
                var parameters = statement.parameters(from: StatementTexts.firstEventParameter)
                return try statement.insert(append, after: version) { event in
                    try Events.write(event, to: &parameters)
                }
            },
            readSnapshots: { statement in try statement.all { row in try Snapshots.read(row) } },
            writeSnapshot: { snapshot, statement in
                var parameters = statement.parameters()
                try Snapshots.write(snapshot, to: &parameters)
            })
    }

    @usableFromInline
    init(
        events: TableFacts, snapshots: TableFacts, schema: EmbeddedSchema,
        readEvents: @escaping @Sendable (SQLiteStatement) throws -> [RecordedEvent<Columns>],
        insertEvents: @escaping @Sendable (StreamAppend<Columns>, Int, SQLiteStatement) throws -> [Int],
        readSnapshots: @escaping @Sendable (SQLiteStatement) throws -> [Snapshot],
        writeSnapshot: @escaping @Sendable (Snapshot, SQLiteStatement) throws -> Void
    ) {
        sql = StatementTexts(events: events, snapshots: snapshots)
        self.schema = schema
        feedName = events.relation.name
        tableNames = [events.relation.name, snapshots.relation.name]
        differences = { catalog in events.differences(catalog) + snapshots.differences(catalog) }
        self.readEvents = readEvents
        self.insertEvents = insertEvents
        self.readSnapshots = readSnapshots
        self.writeSnapshot = writeSnapshot
    }
}
