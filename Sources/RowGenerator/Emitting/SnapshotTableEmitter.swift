/// Writes the row mapper of a snapshots table.
struct SnapshotTableEmitter {
    private let table: ResolvedTable

    init(_ table: ResolvedTable) {
        self.table = table
    }

    func append(to source: inout SwiftSource) {
        source.line()
        source.documentation("The row mapper of the snapshots table `\(table.displayName)`.")
        GeneratedTableEmitter.appendPromise(of: table, to: &source)
        source.block("\(source.access)enum \(table.tableTypeName): SnapshotTable") { source in
            let names = TableShape.snapshots.columnNames
            GeneratedTableEmitter.append(table, selected: names, inserted: names, to: &source)
            source.line()
            source.documentation("Reads a row of `selectedColumns`.")
            source.inlinable()
            source.line(
                "\(source.access)static func read<Row: RowReader & ~Copyable>(_ row: borrowing Row) throws -> Snapshot {"
            )
            source.lines(Self.reading)
            source.line()
            source.documentation("Writes the values of `insertedColumns`.")
            source.inlinable()
            source.listed(
                "\(source.access)static func write<Row: RowWriter & ~Copyable>(",
                ["_ snapshot: Snapshot", "to row: inout Row"],
                ") throws {")
            source.lines(Self.writing)
        }
    }

    private static let reading = [
        "    try Snapshot(",
        "        aggregateID: row.value(String.self, at: 0),",
        "        version: row.value(Int.self, at: 1),",
        "        aggregateType: row.value(String.self, at: 2),",
        "        state: row.value(JSON.self, at: 3),",
        "        stateSchema: row.value(String?.self, at: 4),",
        "        recordedAt: row.value(Instant.self, at: 5))",
        "}",
    ]

    private static let writing = [
        "    try row.set(snapshot.aggregateID, at: 0)",
        "    try row.set(snapshot.version, at: 1)",
        "    try row.set(snapshot.aggregateType, at: 2)",
        "    try row.set(snapshot.state, at: 3)",
        "    try row.set(snapshot.stateSchema, at: 4)",
        "    try row.set(snapshot.recordedAt, at: 5)",
        "}",
    ]
}
