import SQLSchema

/// A statement of a store, by which a connection finds it prepared.
enum StatementName: Int, CaseIterable {
    case begin, beginReading, commit, rollback, savepoint, rollbackToSavepoint, releaseSavepoint
    case streamVersion, insertEvent, eventByID
    case loadAscending, loadDescending, trace, effects, feed, streams
    case upsertSnapshot, trimSnapshots, newestSnapshot
    case lastPosition, loadCheckpoint, saveCheckpoint
}

/// The SQL of a store's statements for its tables; names are quoted, values are parameters.
@usableFromInline
struct StatementTexts: Sendable {
    /// The parameters before it are the aggregate id, the version and the time of recording.
    @usableFromInline static let firstEventParameter = 4

    /// The table of readers' positions, one for all feeds of a database.
    static let checkpointsTable = "checkpoints"

    private let texts: [String]

    subscript(name: StatementName) -> String { texts[name.rawValue] }

    init(events: TableFacts, snapshots: TableFacts) {
        let builder = TextBuilder(events: events, snapshots: snapshots)
        texts = StatementName.allCases.map(builder.text)
    }
}

private struct TextBuilder {
    let events: TableFacts
    let snapshots: TableFacts

    func text(of name: StatementName) -> String {
        switch name {
        // A deferred transaction that read first would fail at once when another process writes.
        case .begin: "BEGIN IMMEDIATE"
        case .beginReading: "BEGIN"
        case .commit: "COMMIT"
        case .rollback: "ROLLBACK"
        case .savepoint: "SAVEPOINT append"
        case .rollbackToSavepoint: "ROLLBACK TO append"
        case .releaseSavepoint: "RELEASE append"
        case .streamVersion: "SELECT max(version) FROM \(events.name) WHERE aggregate_id = ?1"
        case .insertEvent: insertEvent
        case .eventByID: "\(selectEvents) WHERE aggregate_id = ?1 AND event_id = ?2"
        case .loadAscending: load(order: "ASC")
        case .loadDescending: load(order: "DESC")
        case .trace:
            "\(selectEvents) WHERE correlation_id = ?1 AND position > ?2 ORDER BY position LIMIT ?3"
        case .effects: "\(selectEvents) WHERE causation_id = ?1 ORDER BY position"
        case .feed: "\(selectEvents) WHERE position > ?1 ORDER BY position LIMIT ?2"
        // Beside max(version), SQLite takes the other columns from the row that has it.
        case .streams:
            """
            SELECT aggregate_id, max(version), recorded_at FROM \(events.name) WHERE aggregate_id > ?1
            GROUP BY aggregate_id ORDER BY aggregate_id LIMIT ?2
            """
        case .upsertSnapshot: upsertSnapshot
        case .trimSnapshots:
            """
            DELETE FROM \(snapshots.name) WHERE aggregate_id = ?1 AND version <= (
                SELECT version FROM \(snapshots.name) WHERE aggregate_id = ?1 ORDER BY version DESC LIMIT 1 OFFSET ?2)
            """
        case .newestSnapshot:
            """
            SELECT \(list(snapshots.selectedColumns)) FROM \(snapshots.name)
            WHERE aggregate_id = ?1 AND (?2 IS NULL OR state_schema = ?2) ORDER BY version DESC LIMIT 1
            """
        case .lastPosition: "SELECT \(lastPosition)"
        case .loadCheckpoint:
            """
            SELECT coalesce((
                SELECT position FROM \(StatementTexts.checkpointsTable) WHERE feed = ?1 AND reader = ?2), 0), \(lastPosition)
            """
        case .saveCheckpoint:
            """
            INSERT INTO \(StatementTexts.checkpointsTable) (feed, reader, position, updated_at) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (feed, reader) DO UPDATE SET position = excluded.position, updated_at = excluded.updated_at
            """
        }
    }

    private var lastPosition: String {
        "coalesce((SELECT max(position) FROM \(events.name)), 0)"
    }

    private var selectEvents: String {
        "SELECT \(list(events.selectedColumns)) FROM \(events.name)"
    }

    private func load(order: String) -> String {
        """
        \(selectEvents) WHERE aggregate_id = ?1 AND version >= ?2 AND version <= ?3 ORDER BY version \(order) LIMIT ?4
        """
    }

    private var insertEvent: String {
        let columns = ["aggregate_id", "version", "recorded_at"] + events.insertedColumns
        let values = columns.enumerated().map { index, column in
            // A missing time becomes the time of recording.
            column == "occurred_at" ? "coalesce(?\(index + 1), ?3)" : "?\(index + 1)"
        }
        return "INSERT INTO \(events.name) (\(list(columns))) VALUES (\(values.joined(separator: ", ")))"
    }

    private var upsertSnapshot: String {
        let columns = snapshots.insertedColumns
        let values = columns.indices.map { "?\($0 + 1)" }
        let updates = columns.filter { !["aggregate_id", "version"].contains($0) }
            .map { "\(SQLIdentifier.quoted($0)) = excluded.\(SQLIdentifier.quoted($0))" }
        return """
            INSERT INTO \(snapshots.name) (\(list(columns))) VALUES (\(values.joined(separator: ", ")))
            ON CONFLICT (aggregate_id, version) DO UPDATE SET \(updates.joined(separator: ", "))
            """
    }

    private func list(_ columns: [String]) -> String {
        columns.map(SQLIdentifier.quoted).joined(separator: ", ")
    }
}
