/// What differs between two catalogs, in words for people.
///
/// ```swift
/// for change in SchemaDiff(from: committed, to: replayed).changes {
///     print(change)  // column orders.region: TEXT → TEXT NOT NULL
/// }
/// ```
public struct SchemaDiff: Hashable, Sendable {
    /// The differences, in the order of what they are about. The order of columns is none.
    public let changes: [SchemaChange]

    /// Whether the catalogs are the same.
    public var isEmpty: Bool { changes.isEmpty }

    /// Compares two catalogs.
    public init(from old: Catalog, to new: Catalog) {
        changes = Self.changes(from: old.facts, to: new.facts)
    }

    /// Of a table that was added or removed only that is told; of one that changed, all that changed in it.
    private static func changes(from old: [RelationFacts], to new: [RelationFacts]) -> [SchemaChange] {
        let subjects = Set(old.map(\.subject)).union(new.map(\.subject)).sorted()
        return subjects.flatMap { subject -> [SchemaChange] in
            let old = old.first { $0.subject == subject }
            let new = new.first { $0.subject == subject }
            guard let old, let new else {
                return [SchemaChange(subject: subject, old: old?.summary, new: new?.summary)]
            }
            let changes = changes(from: old.facts, to: new.facts)
            if old.definition == new.definition { return changes }
            if old.hasParts { return changes + partChanges(from: old, to: new, unless: changes) }
            if !changes.isEmpty { return changes }
            return [SchemaChange(subject: "definition of \(subject)", old: old.definition, new: new.definition)]
        }
    }

    /// What differs between the statements of a table beyond what is told already.
    private static func partChanges(
        from old: RelationFacts, to new: RelationFacts, unless told: [SchemaChange]
    ) -> [SchemaChange] {
        func isTold(_ part: DefinitionPart) -> Bool {
            told.contains {
                $0.subject == "\(old.columnPrefix)\(part.key)" || (part.isKey && $0.subject.contains("key "))
            }
        }
        let (before, after) = (DefinitionPart.parts(of: old.definition), DefinitionPart.parts(of: new.definition))
        let removed = before.filter { part in !after.contains { $0.normalized == part.normalized } && !isTold(part) }
        let added = after.filter { part in !before.contains { $0.normalized == part.normalized } && !isTold(part) }
        let kept = removed.map { part -> SchemaChange in
            guard let other = added.first(where: { $0.key == part.key }) else {
                return SchemaChange(subject: "\(part.text) of \(old.subject)", old: "", new: nil)
            }
            return SchemaChange(subject: "definition of \(old.subject)", old: part.text, new: other.text)
        }
        let new = added.filter { part in !removed.contains { $0.key == part.key } }
        return kept + new.map { SchemaChange(subject: "\($0.text) of \(old.subject)", old: nil, new: "") }
    }

    private static func changes(from old: [Fact], to new: [Fact]) -> [SchemaChange] {
        let added = new.filter { fact in !old.contains { $0.subject == fact.subject } }
        let kept = old.compactMap { fact -> SchemaChange? in
            let value = new.first { $0.subject == fact.subject }?.value
            return value == fact.value ? nil : SchemaChange(subject: fact.subject, old: fact.value, new: value)
        }
        return kept + added.map { SchemaChange(subject: $0.subject, old: nil, new: $0.value) }
    }
}

/// One thing that a catalog says, such as the type of a column.
private struct Fact {
    let subject: String
    let value: String
}

/// All that a catalog says about one table or view.
private struct RelationFacts {
    let subject: String
    let definition: String
    let facts: [Fact]
    /// What is told of it when it is there in one of the catalogs only.
    var summary = ""
    /// Whether the definition is that of a table, of which each piece can be told.
    var hasParts = false
    /// What stands before the names of columns in the subjects of changes.
    var columnPrefix = ""
}

extension Catalog {
    fileprivate var facts: [RelationFacts] {
        tables.map(facts) + views.map(facts) + enums.map(facts) + domains.map(facts) + functions.map(facts)
            + Dictionary(grouping: details, by: \.subject).map { facts(of: $0.key, $0.value) }
    }

    /// Overloaded things can have one name.
    private func facts(of subject: String, _ details: [CatalogDetail]) -> RelationFacts {
        let definition = details.map(\.definition).joined(separator: ";\n")
        return RelationFacts(
            subject: subject, definition: "", facts: [Fact(subject: subject, value: definition)], summary: definition)
    }

    private func facts(of enumeration: Enumeration) -> RelationFacts {
        let subject = "enum \(enumeration.name)"
        return RelationFacts(
            subject: subject, definition: "",
            facts: [Fact(subject: subject, value: enumeration.labels.list)])
    }

    private func facts(of domain: Domain) -> RelationFacts {
        RelationFacts(
            subject: "domain \(domain.name)", definition: "",
            facts: [Fact(subject: "domain \(domain.name)", value: domain.summary)]
                + domain.checks.map { Fact(subject: "check \($0.name) of \(domain.name)", value: $0.definition) })
    }

    private func facts(of function: Function) -> RelationFacts {
        RelationFacts(
            subject: "function \(function.name)(\(function.arguments))", definition: function.definition, facts: [])
    }

    private func facts(of table: Table) -> RelationFacts {
        let indexes = table.indexes.map { Fact(subject: "index \($0.name) of \(table.name)", value: $0.definition) }
        let triggers = table.triggers.map { Fact(subject: "trigger \($0.name) of \(table.name)", value: $0.definition) }
        return RelationFacts(
            subject: "table \(table.name)", definition: table.definition,
            facts: columns(table.columns, of: table.name) + keys(of: table) + indexes + triggers, hasParts: true,
            columnPrefix: "column \(table.name).")
    }

    private func facts(of view: View) -> RelationFacts {
        RelationFacts(
            subject: "view \(view.name)", definition: view.definition, facts: columns(view.columns, of: view.name))
    }

    private func columns(_ columns: [Column], of relation: RelationName) -> [Fact] {
        columns.map { Fact(subject: "column \(relation).\($0.name)", value: $0.summary) }
    }

    private func keys(of table: Table) -> [Fact] {
        let primary = table.primaryKey.isEmpty ? [] : [table.primaryKey.list]
        return primary.map { Fact(subject: "primary key of \(table.name)", value: $0) }
            + table.uniqueKeys.map { Fact(subject: "unique key \($0.list) of \(table.name)", value: "") }
            + table.foreignKeys.map { key in
                Fact(subject: "foreign key \(key.columns.list) of \(table.name)", value: key.summary)
            }
    }
}

extension CatalogDetail {
    fileprivate var subject: String { "\(kind.rawValue) \(name)" }
}

extension Column {
    /// The column as a declaration would put it.
    fileprivate var summary: String {
        let parts = [
            type, isNullable ? nil : "NOT NULL", defaultExpression.map { "DEFAULT \($0)" },
            isGenerated ? "GENERATED" : nil, identity.map { $0.summary },
        ]
        return parts.compactMap { $0 }.joined(separator: " ")
    }
}

extension Column.Identity {
    fileprivate var summary: String {
        switch self {
        case .always: "GENERATED ALWAYS AS IDENTITY"
        case .byDefault: "GENERATED BY DEFAULT AS IDENTITY"
        }
    }
}

extension Domain {
    fileprivate var summary: String {
        let parts = [type, isNullable ? nil : "NOT NULL", defaultExpression.map { "DEFAULT \($0)" }]
        return parts.compactMap { $0 }.joined(separator: " ")
    }
}

extension ForeignKey {
    fileprivate var summary: String {
        "to \(references) \(referencedColumns.list), on delete \(onDelete), on update \(onUpdate)"
    }
}

extension [String] {
    fileprivate var list: String { "(\(joined(separator: ", ")))" }
}
