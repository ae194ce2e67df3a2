import SQLMigrations
import SQLSchema
import Testing

@Suite("Lint: what the database has afterwards")
struct CatalogRulesTests {
    private typealias Base = LintCatalog

    @Test("A guard that is gone, disabled or another one; and triggers that are none")
    func triggers() {
        func findings(_ change: (inout Table) -> Void) -> [String] {
            Base.findings(to: Base.changing(Base.events, change))
        }
        #expect(
            findings { $0.triggers.removeAll { $0.name == "refuse_update" } } == [
                "guard-weakened: trigger refuse_update of public.events is gone"
            ])
        #expect(
            findings {
                $0.triggers[2].definition += ";\nALTER TABLE \"public\".\"events\" DISABLE TRIGGER \"refuse_update\""
            }
                == ["guard-weakened: trigger refuse_update of public.events is disabled"])
        #expect(
            findings { $0.triggers[2] = Base.trigger("refuse_update", "BEFORE UPDATE OF note") } == [
                "guard-weakened: trigger refuse_update of public.events is another one"
            ])
        // What lets readers of the feed wait is part of it.
        #expect(
            findings { $0.triggers.removeAll { $0.name == "announce" } } == [
                "guard-weakened: trigger announce of public.events is gone"
            ])
        #expect(
            findings { $0.definition = $0.definition.split(separator: "\n\nCREATE TRIGGER")[0] + "" } == [
                "guard-weakened: trigger refuse_truncate of public.events_0 is gone"
            ])
        let always = ";\nALTER TABLE \"public\".\"events\" ENABLE ALWAYS TRIGGER \"refuse_update\""
        let hardened = Base.changing(Base.events) { $0.triggers[2].definition += always }
        #expect(
            Base.findings(to: Base.catalog, from: hardened) == [
                "guard-weakened: trigger refuse_update of public.events does not fire on replicas any more"
            ])
        // More of it is no less.
        #expect(Base.findings(to: hardened) == [])
        #expect(findings { $0.triggers.append(Base.trigger("refuse_more", "BEFORE UPDATE OR DELETE")) } == [])
        #expect(Base.findings(to: Base.changing(Base.orders) { $0.triggers = [] }) == [])
        // Of a table that the file itself created, nobody has relied on the guard.
        #expect(
            Base.findings(to: Base.changing(Base.events) { $0.triggers = [] }, existing: [Base.orders]) == [])
    }

    @Test("The function of the guard is another one")
    func functions() {
        var catalog = Base.catalog
        catalog.functions[2].definition = "RETURN NEW"
        #expect(
            Base.findings(to: catalog).contains(
                "guard-weakened: the function public.refuse of trigger refuse_update of public.events is another one"))
        catalog = Base.catalog
        catalog.functions[1].definition = "RETURN OLD"
        #expect(Base.findings(to: catalog) == [])
    }

    @Test("Rules, privileges and row-level security on events, also on a partition")
    func details() {
        let rule = CatalogDetail(.rule, name: "quiet on public.events_0", definition: "CREATE RULE quiet …")
        #expect(
            Base.findings(to: Base.adding(rule)) == [
                "guard-weakened: rule quiet on public.events_0 changes what statements do there"
            ])
        func grant(_ privileges: String, on table: String) -> CatalogDetail {
            CatalogDetail(
                .grant, name: "table \(table) to app", definition: "GRANT \(privileges) ON TABLE \(table) TO app")
        }
        #expect(
            Base.findings(to: Base.adding(grant("DELETE, SELECT, UPDATE", on: "public.events"))) == [
                "guard-weakened: UPDATE, DELETE granted on table public.events to app"
            ])
        #expect(
            Base.findings(
                to: Base.adding(grant("SELECT, TRUNCATE", on: "public.events")),
                from: Base.adding(grant("SELECT", on: "public.events")))
                == ["guard-weakened: TRUNCATE granted on table public.events to app"])
        #expect(Base.findings(to: Base.adding(grant("INSERT, SELECT", on: "public.events"))) == [])
        #expect(Base.findings(to: Base.adding(grant("UPDATE", on: "public.orders"))) == [])
        #expect(Base.findings(to: Base.adding(grant("UPDATE", on: "public.events_other"))) == [])
        #expect(
            Base.findings(to: Base.adding(CatalogDetail(.rowSecurity, name: "public.events", definition: "…"))) == [
                "guard-weakened: public.events has another row security"
            ])
        #expect(
            Base.findings(to: Base.adding(CatalogDetail(.policy, name: "own on public.orders", definition: "…"))) == [])
    }

    @Test("The key of the streams and the numbering of events")
    func key() {
        #expect(
            Base.findings(to: Base.changing(Base.events) { $0.uniqueKeys = [["aggregate_id", "event_id"]] }) == [
                "stream-key-changed: UNIQUE (aggregate_id, version) of public.events is gone"
            ])
        // As a primary key it arbitrates just as well.
        #expect(
            Base.findings(
                to: Base.changing(Base.events) {
                    $0.primaryKey = $0.uniqueKeys[0]
                    $0.uniqueKeys = []
                }) == [])
        let other = Base.changing(Base.events) { table in
            table.definition = table.definition.replacing(
                "ALWAYS AS IDENTITY", with: "BY DEFAULT AS IDENTITY (CACHE 5)")
        }
        #expect(
            Base.findings(to: other) == [
                "stream-key-changed: the column position of public.events was `\"position\" bigint GENERATED ALWAYS AS "
                    + "IDENTITY` and is `\"position\" bigint GENERATED BY DEFAULT AS IDENTITY ( CACHE 5 )`"
            ])
    }

    @Test("Events that are no longer there: the table, or a part of it")
    func gone() {
        var catalog = Base.catalog
        catalog.tables.removeFirst()
        #expect(Base.findings(to: catalog) == ["history-changed: the events table public.events is gone"])
        let detached = Base.changing(Base.events) { table in
            table.definition = String(table.definition.prefix { $0 != ";" })
        }
        #expect(
            Base.findings(to: detached) == [
                "history-changed: the events of \"public\".\"events_0\" are no longer part of public.events"
            ])
    }

    @Test("A table that is renamed keeps its guard, and is gone for the programs that run")
    func renamed() {
        let name = RelationName(schema: "public", "history")
        let catalog = Base.changing(Base.events) { table in
            table.name = name
            table.triggers = table.triggers.map {
                NamedDefinition(
                    name: $0.name, definition: $0.definition.replacing("public.events", with: "public.history"))
            }
        }
        #expect(
            Base.findings(to: catalog, renamed: [Base.events: name]) == [
                "incompatible: public.events: the table is gone"
            ])
    }

    @Test("A table that becomes a part of another one is there as before")
    func attached() {
        var catalog = Base.catalog
        let whole = RelationName(schema: "public", "whole")
        catalog.tables.append(
            Table(
                name: whole, columns: [],
                definition: "CREATE TABLE whole ();\n\nCREATE TABLE \"public\".\"orders\" PARTITION OF whole DEFAULT"))
        catalog.tables.removeAll { $0.name == Base.orders }
        #expect(Base.findings(to: catalog) == [])
    }

    @Test("A trigger that runs with every save")
    func newTrigger() {
        let catalog = Base.changing(Base.events) {
            $0.triggers.append(Base.trigger("audit", "AFTER INSERT", runs: "public.other"))
        }
        #expect(
            Base.findings(to: catalog) == [
                "events-trigger: trigger audit of public.events runs with every event that is saved"
            ])
    }

    @Test("What running programs do not find any more, and what they do not notice")
    func programs() {
        func findings(_ change: (inout Table) -> Void) -> [String] {
            Base.findings(to: Base.changing(Base.orders, change))
        }
        #expect(
            findings { $0.columns.removeLast() } == ["incompatible: public.orders.note: the column is gone"])
        #expect(
            findings { $0.columns.append(Column(name: "due", type: "date", isNullable: false)) } == [
                "incompatible: public.orders.due: new, and NOT NULL without a default, so that no row can be inserted"
            ])
        #expect(
            findings { $0.columns[1].type = "character varying(5)" } == [
                "incompatible: public.orders.note: was character varying(10), and is character varying(5)"
            ])
        for type in ["character varying(20)", "character varying", "text"] {
            #expect(findings { $0.columns[1].type = type } == [])
        }
        #expect(findings { $0.columns.append(Column(name: "due", type: "date", isNullable: true)) } == [])
        var catalog = Base.catalog
        catalog.enums[0].labels = ["open", "closed"]
        catalog.views = []
        #expect(
            Base.findings(to: catalog) == [
                "incompatible: late: the view is gone", "incompatible: state: the label 'done' is gone",
            ])
    }
}
