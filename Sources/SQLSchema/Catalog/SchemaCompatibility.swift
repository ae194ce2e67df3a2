/// What a program meets that was built from one schema and runs on a database with another, as during a rollout.
///
/// New tables, new columns that an insert can leave out, new labels of an enum and new indexes are no problem: the
/// generated code names what it reads and writes.
public struct SchemaCompatibility: Hashable, Sendable {
    /// Each thing that does not work, with its place: `orders.order_events.tenant_id: …`; empty when everything does.
    public let problems: [String]

    /// Compares the schema that a program was built from with the one that it shall run on.
    public init(of old: Catalog, on new: Catalog) {
        let tables = old.tables.flatMap { table in
            new.table(table.name).map { Self.problems(of: table, on: $0) } ?? ["\(table.name): the table is gone"]
        }
        let views = old.views.flatMap { view -> [String] in
            // A table may have taken the place of a view, and is read like it.
            let columns = new.views.first { $0.name == view.name }?.columns ?? new.table(view.name)?.columns
            guard let columns else { return ["\(view.name): the view is gone"] }
            return view.columns.flatMap { Self.readingProblems(of: $0, in: view.name, on: columns) }
        }
        let enums = old.enums.flatMap { type -> [String] in
            // That the type is gone is told where a column had it.
            guard let other = new.enums.first(where: { $0.name == type.name }) else { return [] }
            return type.labels.filter { !other.labels.contains($0) }.map { "\(type.name): the label '\($0)' is gone" }
        }
        problems = tables + views + enums
    }

    private static func problems(of old: Table, on new: Table) -> [String] {
        let known = old.columns.filter { !$0.isGenerated }
        let reading = known.flatMap { readingProblems(of: $0, in: old.name, on: new.columns) }
        let writing = known.flatMap { writingProblems(of: $0, in: old.name, on: new.columns) }
        let unknown = new.columns.filter { column in
            column.isRequired && !old.columns.contains { $0.name.utf8.elementsEqual(column.name.utf8) }
        }
        let keys = ([old.primaryKey] + old.uniqueKeys).filter { key in
            !key.isEmpty && key != new.primaryKey && !new.uniqueKeys.contains(key)
        }
        return reading + writing
            + unknown.map {
                "\(old.name).\($0.name): new, and NOT NULL without a default, so that no row can be inserted"
            }
            + keys.map { "\(old.name): UNIQUE (\($0.joined(separator: ", "))) is gone" }
    }

    private static func readingProblems(of old: Column, in table: RelationName, on columns: [Column]) -> [String] {
        let place = "\(table).\(old.name)"
        guard let new = columns.first(where: { $0.name.utf8.elementsEqual(old.name.utf8) }) else {
            return ["\(place): the column is gone"]
        }
        var problems: [String] = []
        if new.type != old.type { problems.append("\(place): was \(old.type), and is \(new.type)") }
        if new.isNullable, !old.isNullable { problems.append("\(place): was NOT NULL, and can be NULL") }
        return problems
    }

    private static func writingProblems(of old: Column, in table: RelationName, on columns: [Column]) -> [String] {
        let place = "\(table).\(old.name)"
        guard let new = columns.first(where: { $0.name.utf8.elementsEqual(old.name.utf8) }) else { return [] }
        if new.isGenerated || (new.identity == .always && old.identity == nil) {
            return ["\(place): is computed by the database, and cannot be written"]
        }
        if old.isNullable, !new.isNullable { return ["\(place): could be NULL, and is NOT NULL"] }
        return []
    }
}

extension Column {
    /// Whether an insert has to name the column.
    package var isRequired: Bool {
        !isNullable && defaultExpression == nil && !isGenerated && identity == nil
    }
}
