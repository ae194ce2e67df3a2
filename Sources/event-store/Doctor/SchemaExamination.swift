import SQLMigrations
import SQLSchema

/// What a live database has, held against what it should have.
struct SchemaExamination {
    let database: any ExaminedDatabase
    let dialect: Dialect
    let history: [MigrationRecord]
    let catalog: Catalog

    init(_ database: any ExaminedDatabase, dialect: Dialect, history: [MigrationRecord]) throws {
        self.database = database
        self.dialect = dialect
        self.history = history
        catalog = try database.catalog()
    }

    // MARK: Append-only

    /// Whether the events tables refuse to be changed; a table is meant to be one because of its columns.
    func appendOnly() -> [Finding] {
        let tables = catalog.tables.filter { table in
            ["aggregate_id", "version", "event_id"].allSatisfy { table.column($0) != nil }
        }
        guard !tables.isEmpty else {
            return [
                .warning(
                    .appendOnly, "there is no events table", advice: "apply the migrations that create one")
            ]
        }
        return tables.map { table in
            .of(.appendOnly) {
                let changes = try database.unguardedChanges(of: table)
                guard !changes.isEmpty else {
                    return .ok(.appendOnly, "\(table.name) refuses \(database.guardedChanges)")
                }
                return .problem(
                    .appendOnly, "\(table.name) does not refuse \(changes.beginning)",
                    advice: "create triggers that refuse it, as the standard migration does",
                    facts: [.text("table", "\(table.name)"), .list("unguarded", changes)])
            }
        }
    }

    // MARK: Drift

    /// Whether somebody has changed the schema by hand.
    func drift(from snapshot: ProjectSnapshot?, known: KnownMigrations) -> Finding {
        .of(.drift) {
            let expectation = try ExpectedSchema(
                of: database, dialect: dialect, history: history, snapshot: snapshot, known: known.migrations)
            switch expectation {
            case .unknown(let reason): return .ok(.drift, "not looked for \(reason)")
            case .catalog(let expected, let place, _):
                let differences = SchemaDiff(from: expected, to: catalog.withoutExportPlans(unlessIn: expected)).changes
                    .map { "\($0)" }
                guard !differences.isEmpty else { return .ok(.drift, "the database has exactly \(place)") }
                return .problem(
                    .drift, "\(database.name) differs from \(place): \(differences.beginning)",
                    advice: "undo it, or write a migration that does it everywhere; see: event-store schema drift",
                    facts: [.list("differences", differences)])
            }
        }
    }
}

extension [String] {
    /// The first of them, and how many more there are.
    fileprivate var beginning: String {
        prefix(3).joined(separator: "; ") + (count > 3 ? "; and \(count - 3) more" : "")
    }
}
