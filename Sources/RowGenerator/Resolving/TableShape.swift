import SQLSchema

/// The shape that makes a table an events or a snapshots table: its standard columns and unique constraints.
struct TableShape {
    /// A column that the store relies on.
    struct StandardColumn {
        let name: String
        let storage: SQLiteStorage
        let isRequired: Bool

        /// How the column is declared in SQLite.
        var declaration: String { "\(name) \(storage.rawValue)\(isRequired ? " NOT NULL" : "")" }
    }

    /// A unique constraint, and what it protects from.
    struct Key {
        let columns: [String]
        let reason: String
        /// What an index that adds the constraint is called after.
        let suffix: String
    }

    let kind: ResolvedTable.Kind
    /// What people call such a table.
    let name: String
    /// A table with these columns means to be one.
    let marks: [String]
    let columns: [StandardColumn]
    let keys: [Key]
    /// The column that the database itself fills and counts, as the primary key.
    let counter: String?

    /// The names of the standard columns, in their order.
    var columnNames: [String] { columns.map(\.name) }

    /// Whether a table means to be of this shape, perhaps with mistakes.
    func isMeant(by table: Table) -> Bool {
        marks.allSatisfy { table.column($0) != nil }
    }
}

extension TableShape {
    static let events = TableShape(
        kind: .events,
        name: "an events table",
        marks: ["aggregate_id", "version", "event_id"],
        columns: [
            .required("position", .integer), .required("aggregate_id", .text), .required("version", .integer),
            .required("event_id", .text), .required("type", .text), .required("source", .text),
            .optional("subject", .text), .optional("data", .text), .optional("data_binary", .blob),
            .optional("datacontenttype", .text), .optional("dataschema", .text), .required("specversion", .text),
            .optional("extensions", .text), .optional("correlation_id", .text), .optional("causation_id", .text),
            .required("occurred_at", .integer), .required("recorded_at", .integer),
        ],
        keys: [
            Key(
                columns: ["aggregate_id", "version"], reason: "two writers could store the same version of a stream",
                suffix: "version"),
            Key(
                columns: ["aggregate_id", "event_id"], reason: "a retried save could store an event twice",
                suffix: "event_id"),
        ],
        counter: "position")

    static let snapshots = TableShape(
        kind: .snapshots,
        name: "a snapshots table",
        marks: ["aggregate_id", "version", "aggregate_type", "state"],
        columns: [
            .required("aggregate_id", .text), .required("version", .integer), .required("aggregate_type", .text),
            .required("state", .text), .optional("state_schema", .text), .required("recorded_at", .integer),
        ],
        keys: [
            Key(
                columns: ["aggregate_id", "version"], reason: "an aggregate could have two states of one version",
                suffix: "version")
        ],
        counter: nil)

    static let all = [events, snapshots]
}

extension TableShape.StandardColumn {
    fileprivate static func required(_ name: String, _ storage: SQLiteStorage) -> Self {
        Self(name: name, storage: storage, isRequired: true)
    }

    fileprivate static func optional(_ name: String, _ storage: SQLiteStorage) -> Self {
        Self(name: name, storage: storage, isRequired: false)
    }
}
