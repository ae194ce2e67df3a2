import SQLSchema

/// A table of events, with what protects it.
struct EventsTable {
    let table: Table
    let catalog: Catalog
    let dialect: Dialect

    /// Takes a table for one of events because of its columns, whether or not it has its key.
    init?(_ table: Table, in catalog: Catalog, dialect: Dialect) {
        guard ["aggregate_id", "version", "event_id"].allSatisfy({ table.column($0) != nil }) else { return nil }
        self.table = table
        self.catalog = catalog
        self.dialect = dialect
    }

    /// The columns that arbitrate conflicts.
    static let streamKey = ["aggregate_id", "version"]

    var hasStreamKey: Bool { table.primaryKey == Self.streamKey || table.uniqueKeys.contains(Self.streamKey) }

    /// The declaration of what numbers the events, with blanks between all tokens.
    var position: String? {
        DefinitionPart.parts(of: table.definition).first { $0.key.lowercased() == "position" }?.normalized
    }

    /// The statements of the table beside the first: its partitions and their triggers.
    private var statements: [String] {
        guard dialect == .postgres else { return [] }
        return SchemaDefinition.statements(of: table.definition)
    }

    /// The names of its partitions, as they stand in the statements that create them.
    var partitions: [String] {
        statements.compactMap { statement in
            guard statement.hasPrefix("CREATE TABLE "), let range = statement.firstRange(of: " PARTITION OF ") else {
                return nil
            }
            return String(statement[..<range.lowerBound].dropFirst(13))
        }
    }

    /// The triggers that protect the events or the feed: what each is called, and its statement.
    var guards: [NamedDefinition] {
        let own = table.triggers.map { NamedDefinition(name: "\($0.name) of \(table.name)", definition: $0.definition) }
        let ofPartitions = statements.filter { $0.hasPrefix("CREATE TRIGGER ") }.map { statement -> NamedDefinition in
            let name = statement.dropFirst(15).prefix { $0 != " " }
            let place = TriggerFacts(statement, dialect: dialect)?.table ?? table.name
            return NamedDefinition(name: "\(name) of \(place)", definition: statement)
        }
        return (own + ofPartitions).filter(isProtection)
    }

    /// The changes that triggers of a partition's own are for.
    func changesRefused(by partition: String) -> Set<String> {
        let facts = statements.filter { $0.hasPrefix("CREATE TRIGGER ") }
            .compactMap { TriggerFacts($0, dialect: dialect) }
        return facts.filter { $0.isGuard && $0.table.quoted == partition }
            .reduce(into: []) { $0.formUnion($1.changes) }
    }

    private func isProtection(_ trigger: NamedDefinition) -> Bool {
        guard let facts = TriggerFacts(trigger.definition, dialect: dialect) else { return false }
        return facts.isGuard || (facts.isBefore && function(of: trigger)?.definition.contains(Self.feedLock) == true)
    }

    /// What the trigger calls that lets readers of the feed wait for a save.
    private static let feedLock = "pg_advisory_xact_lock_shared"

    /// The function of a trigger.
    func function(of trigger: NamedDefinition) -> Function? {
        guard let name = TriggerFacts(trigger.definition, dialect: dialect)?.function else { return nil }
        return catalog.functions.first { $0.name == name && $0.arguments.isEmpty }
    }

    /// The details of a kind that belong to the table or one of its partitions.
    func details(_ kind: CatalogDetail.Kind) -> [CatalogDetail] {
        let names = Set(([table.name.description, table.name.quoted] + partitions).map(Self.withoutQuotes))
        return catalog.details.filter { $0.kind == kind }.filter { detail in
            let name = Self.withoutQuotes(detail.name)
            switch kind {
            case .rule, .policy: return names.contains { name.hasSuffix(" on \($0)") }
            case .grant: return names.contains { name.hasPrefix("table \($0) ") || name.hasPrefix("table \($0).") }
            default: return names.contains(name)
            }
        }
    }

    private static func withoutQuotes(_ text: String) -> String { text.filter { $0 != "\"" } }
}

/// The statements that a definition in a catalog is made of.
enum SchemaDefinition {
    /// Cuts a definition where the catalog has put its statements together.
    static func statements(of definition: String) -> [String] {
        var statements: [String] = []
        var rest = definition[...]
        while let range = rest.firstRange(of: ";\n\n") {
            statements.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return statements + [String(rest)]
    }
}
