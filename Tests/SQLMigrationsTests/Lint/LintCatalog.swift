import SQLMigrations
import SQLSchema

/// A small catalog that the rules are tried on, and ways to change it.
enum LintCatalog {
    static let events = RelationName(schema: "public", "events")
    static let orders = RelationName(schema: "public", "orders")
    static let existing: Set = [events, orders]

    static let guardFunction = Function(
        name: RelationName(schema: "public", "refuse"), arguments: "", definition: "RAISE EXCEPTION 'no'")
    static let lockFunction = Function(
        name: RelationName(schema: "public", "announce"), arguments: "",
        definition: "PERFORM pg_advisory_xact_lock_shared(1)")
    static let otherFunction = Function(
        name: RelationName(schema: "public", "other"), arguments: "", definition: "RETURN NEW")

    static func trigger(
        _ name: String, _ timing: String, on table: String = "public.events", runs function: String = "public.refuse"
    ) -> NamedDefinition {
        NamedDefinition(
            name: name,
            definition: "CREATE TRIGGER \(name) \(timing) ON \(table) FOR EACH ROW EXECUTE FUNCTION \(function)()")
    }

    static let eventsTable = Table(
        name: events,
        columns: ["position", "aggregate_id", "version", "event_id"].map {
            Column(name: $0, type: $0 == "version" ? "bigint" : "text", isNullable: false)
        },
        uniqueKeys: [["aggregate_id", "version"]],
        triggers: [
            trigger("refuse_update", "BEFORE UPDATE"), trigger("refuse_delete", "BEFORE DELETE"),
            trigger("announce", "BEFORE INSERT", runs: "public.announce"),
        ],
        definition: """
            CREATE TABLE "public"."events" (
                "position" bigint GENERATED ALWAYS AS IDENTITY,
                "aggregate_id" text
            ) PARTITION BY HASH (aggregate_id);

            CREATE TABLE "public"."events_0" PARTITION OF "public"."events" FOR VALUES WITH (modulus 1, remainder 0);

            CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.events_0 FOR EACH STATEMENT EXECUTE FUNCTION \
            public.refuse()
            """)

    static let ordersTable = Table(
        name: orders,
        columns: [
            Column(name: "id", type: "bigint", isNullable: false),
            Column(name: "note", type: "character varying(10)", isNullable: true),
        ],
        primaryKey: ["id"], triggers: [trigger("audit", "BEFORE DELETE", on: "public.orders", runs: "public.other")],
        definition: "CREATE TABLE \"public\".\"orders\" (\"id\" bigint NOT NULL, \"note\" character varying(10))")

    static let catalog = Catalog(
        tables: [eventsTable, ordersTable], views: [View(name: RelationName("late"), columns: [], definition: "")],
        enums: [Enumeration(name: RelationName("state"), labels: ["open", "done"])],
        functions: [guardFunction, lockFunction, otherFunction])

    /// The catalog with a change in one of its tables.
    static func changing(_ name: RelationName, _ change: (inout Table) -> Void) -> Catalog {
        var catalog = catalog
        for index in catalog.tables.indices where catalog.tables[index].name == name { change(&catalog.tables[index]) }
        return catalog
    }

    /// The catalog with more details.
    static func adding(_ details: CatalogDetail...) -> Catalog {
        var catalog = catalog
        catalog.details += details
        return catalog
    }

    /// What the rules say of a statement that makes one catalog of another.
    static func findings(
        to after: Catalog, from before: Catalog = catalog, renamed: [RelationName: RelationName] = [:],
        existing: Set<RelationName> = existing
    ) -> [String] {
        let observation = StatementObservation(before: before, after: after, renamed: renamed)
        return LintRules(of: observation, existing: existing, dialect: .postgres).findings.map {
            "\($0.rule.rawValue): \($0.fact)"
        }
    }

    /// What the rules say of a statement with an effect on a table.
    static func findings(
        _ table: RelationName, after: Catalog = catalog, waitsForever: Bool = false,
        existing: Set<RelationName> = existing, _ change: (inout StatementObservation.Effect) -> Void
    ) -> [String] {
        var effect = StatementObservation.Effect()
        change(&effect)
        let observation = StatementObservation(
            before: catalog, after: after, effects: [table: effect], waitsForever: waitsForever)
        return LintRules(of: observation, existing: existing, dialect: .postgres).findings.map {
            "\($0.rule.rawValue): \($0.fact)"
        }
    }
}
