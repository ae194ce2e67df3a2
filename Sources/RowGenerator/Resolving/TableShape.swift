import SQLSchema

/// The shape that makes a table an events or a snapshots table: its standard columns and unique constraints.
struct TableShape {
    /// A column that the store relies on.
    struct StandardColumn {
        /// What the store keeps in it.
        enum Content {
            case number, id, text, json, bytes, instant
        }

        let name: String
        let content: Content
        let isRequired: Bool
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
    /// The column that the database itself fills and counts.
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
            .required("position", .number), .required("aggregate_id", .id), .required("version", .number),
            .required("event_id", .id), .required("type", .text), .required("source", .text),
            .optional("subject", .text), .optional("data", .json), .optional("data_binary", .bytes),
            .optional("datacontenttype", .text), .optional("dataschema", .text), .required("specversion", .text),
            .optional("extensions", .json), .optional("correlation_id", .id), .optional("causation_id", .id),
            .required("occurred_at", .instant), .required("recorded_at", .instant),
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
            .required("aggregate_id", .id), .required("version", .number), .required("aggregate_type", .text),
            .required("state", .json), .optional("state_schema", .text), .required("recorded_at", .instant),
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
    fileprivate static func required(_ name: String, _ content: Content) -> Self {
        Self(name: name, content: content, isRequired: true)
    }

    fileprivate static func optional(_ name: String, _ content: Content) -> Self {
        Self(name: name, content: content, isRequired: false)
    }
}
