import SQLSchema

/// A table or a view, in every dialect that has it.
struct Relation {
    /// What it is in one dialect.
    struct Part {
        let name: RelationName
        let columns: [Column]
        /// The table; nil for a view.
        let table: Table?

        init(_ table: Table) {
            name = table.name
            columns = table.columns
            self.table = table
        }

        init(_ view: View) {
            name = view.name
            columns = view.columns
            table = nil
        }

        func column(_ name: String) -> Column? {
            columns.first { $0.name.utf8.elementsEqual(name.utf8) }
        }
    }

    let parts: [Dialect: Part]

    /// The dialects that have it, with the one that decides first.
    var dialects: [Dialect] { parts.keys.sorted() }

    /// The names by which an override file may call it.
    var overrideNames: [String] {
        dialects.compactMap { parts[$0]?.name.description }
    }
}

/// Finds out which tables of PostgreSQL and of SQLite are one.
struct RelationPairing {
    private(set) var relations: [Relation] = []
    private(set) var diagnostics: [SchemaDiagnostic] = []

    private let file: SnapshotFile
    private let overrides: OverrideFile
    private let postgres: [Relation.Part]
    private let sqlite: [RelationName: Relation.Part]
    private var isTaken: Set<RelationName> = []

    init(_ file: SnapshotFile, overrides: OverrideFile) {
        self.file = file
        self.overrides = overrides
        postgres = Self.parts(of: file.snapshot.dialects[.postgres]?.catalog)
        let parts = Self.parts(of: file.snapshot.dialects[.sqlite]?.catalog)
        sqlite = Dictionary(parts.map { ($0.name, $0) }) { first, _ in first }
        pairByOverrides()
        pairByNames()
        for part in sqlite.values where !isTaken.contains(part.name) {
            relations.append(Relation(parts: [.sqlite: part]))
        }
    }

    private static func parts(of catalog: Catalog?) -> [Relation.Part] {
        (catalog?.tables ?? []).map(Relation.Part.init) + (catalog?.views ?? []).map(Relation.Part.init)
    }

    private mutating func pairByOverrides() {
        for part in postgres {
            guard let entry = overrides.tables[part.name.description] else { continue }
            guard let name = entry.value, let other = sqlite[RelationName(name)] else {
                relations.append(Relation(parts: [.postgres: part]))
                continue
            }
            if isTaken.insert(other.name).inserted {
                relations.append(Relation(parts: [.postgres: part, .sqlite: other]))
            } else {
                diagnostics.append(
                    SchemaDiagnostic(
                        "'\(name)' of SQLite cannot be two tables of PostgreSQL, '\(part.name)' among them",
                        at: entry.location))
            }
        }
    }

    private mutating func pairByNames() {
        let unsettled = postgres.filter { overrides.tables[$0.name.description] == nil }
        for (name, parts) in Dictionary(grouping: unsettled, by: { RelationName($0.name.name) }) {
            guard let other = sqlite[name], !isTaken.contains(name) else {
                relations += parts.map { Relation(parts: [.postgres: $0]) }
                continue
            }
            isTaken.insert(name)
            guard parts.count == 1 else {
                reportAmbiguity(of: parts, name)
                continue
            }
            relations.append(Relation(parts: [.postgres: parts[0], .sqlite: other]))
        }
    }

    private mutating func reportAmbiguity(of parts: [Relation.Part], _ name: RelationName) {
        let names = parts.map(\.name).sorted()
        let list = names.map { "'\($0)'" }.joined(separator: " and ")
        diagnostics.append(
            SchemaDiagnostic(
                "\(list) could each be '\(name)' of SQLite; say which one is: "
                    + "add \"tables\": {\"\(names[0])\": \"\(name)\"} to schema/overrides.json",
                at: file.location(of: names[0], in: .postgres)))
    }
}
