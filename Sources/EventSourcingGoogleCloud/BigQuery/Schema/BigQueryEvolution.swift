/// How a table of BigQuery becomes what the catalog wants, as far as BigQuery allows it: a pure value.
///
/// Columns can be added that may be absent, and a column that must be there can become one that may be absent. A column is
/// never dropped, renamed, or given another type.
struct BigQueryEvolution: Hashable, Sendable {
    /// The columns that are added, by their paths, with their types.
    private(set) var additions: [String] = []
    /// The columns that may be absent from now on.
    private(set) var relaxations: [String] = []
    /// What cannot be done, each with the way out.
    private(set) var refusals: [String] = []
    /// All columns after the change; the whole list is sent.
    private(set) var fields: [BigQueryField] = []

    var isEmpty: Bool { additions.isEmpty && relaxations.isEmpty && refusals.isEmpty }

    /// The plan in lines for a person.
    var lines: [String] {
        additions.map { "add column    \($0)" } + relaxations.map { "relax column  \($0) to NULLABLE" }
            + refusals.map { "impossible    \($0)" }
    }

    /// Compares.
    ///
    /// - Parameters:
    ///   - live: the table as it is.
    ///   - wanted: what the catalog gives.
    init(from live: BigQueryTable, to wanted: BigQueryTable) {
        fields = merge(live.fields, wanted.fields, path: "")
        if let partitioning = wanted.partitioning, live.partitioning != partitioning {
            refusals.append(
                "the partitioning is \(Self.words(live.partitioning)) and would have to be "
                    + "\(Self.words(partitioning)), which never changes: set \"partitionBy\" in schema/bigquery.json "
                    + "to what the table has, or export to a new table")
        }
    }

    private mutating func merge(
        _ live: [BigQueryField], _ wanted: [BigQueryField], path: String
    ) -> [BigQueryField] {
        var result: [BigQueryField] = []
        for var field in live {
            guard let other = wanted.first(where: { $0.name.lowercased() == field.name.lowercased() }) else {
                // It stays; without values for it, a row could not be loaded.
                if field.mode == .required { relax(&field, path) }
                result.append(field)
                continue
            }
            result.append(merge(field, other, path: path))
        }
        for var field in wanted where !live.contains(where: { $0.name.lowercased() == field.name.lowercased() }) {
            // The rows that are there have no value.
            if field.mode == .required { field.mode = .nullable }
            additions.append("\(path)\(field.name) \(field.sqlType)")
            result.append(field)
        }
        return result
    }

    private mutating func merge(_ live: BigQueryField, _ wanted: BigQueryField, path: String) -> BigQueryField {
        var field = live
        let name = "\(path)\(live.name)"
        guard live.type == wanted.type else {
            refuse(name, "is \(live.type.rawValue) and would have to be \(wanted.type.rawValue)")
            return field
        }
        guard (live.mode == .repeated) == (wanted.mode == .repeated) else {
            refuse(name, "is \(live.mode.rawValue) and would have to be \(wanted.mode.rawValue)")
            return field
        }
        if live.type == .numeric || live.type == .bigNumeric { checkDigits(live, wanted, name) }
        if live.mode == .required, wanted.mode == .nullable { relax(&field, path) }
        field.fields = merge(live.fields, wanted.fields, path: "\(name).")
        return field
    }

    /// A column without parameters holds what one with parameters does.
    private mutating func checkDigits(_ live: BigQueryField, _ wanted: BigQueryField, _ name: String) {
        guard let precision = live.precision else { return }
        let scale = live.scale ?? 0
        let (wantedPrecision, wantedScale) = (wanted.precision ?? .max, wanted.scale ?? 0)
        guard wantedPrecision - wantedScale > precision - scale || wantedScale > scale else { return }
        refuse(name, "is \(live.sqlType) and would have to be \(wanted.sqlType)")
    }

    private mutating func relax(_ field: inout BigQueryField, _ path: String) {
        field.mode = .nullable
        relaxations.append("\(path)\(field.name)")
    }

    private mutating func refuse(_ name: String, _ difference: String) {
        refusals.append(
            "\(name) \(difference), which BigQuery refuses: give the column in the database a new name and a view that "
                + "has both in BigQuery, or say in schema/bigquery.json which type it has there, or export to a new table"
        )
    }

    private static func words(_ partitioning: BigQueryPartitioning?) -> String {
        partitioning.map { "by \($0.unit.rawValue) of \($0.column)" } ?? "none"
    }
}
