import EventSourcingPostgres
import Foundation
import SQLSchema
import StandardSchema
import TestSupport
import Testing

@Suite("schema drift on PostgreSQL")
struct PostgresDriftTests {
    private let postgres: PostgresWorkplace

    init() async throws {
        postgres = try await PostgresWorkplace()
        for migration in Schema.embedded.migrations[.postgres] ?? [] {
            try postgres.place.folder.write(migration.text, to: "migrations/postgres/\(migration.name)")
        }
        try postgres.write(
            "20270101000000_add_orders",
            """
            -- migrate:up
            CREATE TABLE orders (
                id bigint PRIMARY KEY, region text NOT NULL, note text, CONSTRAINT named CHECK (region <> '')
            );
            COMMENT ON TABLE orders IS 'what was ordered';
            """)
        try postgres.write("20270102000000_drop_note", "-- migrate:up\nALTER TABLE orders DROP COLUMN note;\n")
        try await postgres.place.run("schema", "dump", "--postgres", postgres.serverURL, on: nil)
        try await postgres.run("migrate", "up")
    }

    private func drift(_ arguments: String..., exits exitCode: Int32) async throws -> CommandLineTool.Outcome {
        let outcome = try await postgres.place.tool.run(
            ["schema", "drift", "--postgres", postgres.serverURL, "--database", postgres.url] + arguments,
            environment: ["PATH": "/nowhere"])
        #expect(outcome.exitCode == exitCode, "\(outcome)")
        return outcome
    }

    @Test("A database that has what its migrations gave does not drift, although no program of PostgreSQL is installed")
    func none() async throws {
        let outcome = try await drift(exits: 0)
        #expect(outcome.text.hasSuffix("has exactly schema/schema.json\n"), "\(outcome)")
        #expect(try await drift("--json", exits: 0).output.isEmpty)
    }

    @Test("A column added by hand is named, and nothing is written")
    func column() async throws {
        try await postgres.execute("ALTER TABLE events ADD COLUMN region text COLLATE \"C\" DEFAULT 'eu'")
        let before = try await postgres.texts("SELECT xmin::text FROM pg_class ORDER BY oid")
        let files = try FileManager.default.subpathsOfDirectory(atPath: postgres.place.folder.path)
        let outcome = try await drift(exits: 1)
        #expect(outcome.lines == ["column public.events.region: added, text DEFAULT 'eu'::text"], "\(outcome)")
        #expect(outcome.errors.contains("differs from schema/schema.json in 1 place; undo it"))
        #expect(try await postgres.texts("SELECT xmin::text FROM pg_class ORDER BY oid") == before)
        let after = try FileManager.default.subpathsOfDirectory(atPath: postgres.place.folder.path)
        #expect(Set(after).subtracting(files).allSatisfy { $0.hasPrefix("std") }, "only what the test itself writes")
    }

    @Test("Everything that was changed is told, with the migration since which it should be otherwise")
    func everything() async throws {
        for statement in [
            "DROP TRIGGER events_refuse_delete ON events", "ALTER TABLE events DISABLE TRIGGER events_refuse_truncate",
            "CREATE OR REPLACE FUNCTION events_announce() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
            "CREATE RULE quiet AS ON DELETE TO events DO INSTEAD NOTHING", "GRANT UPDATE ON events TO PUBLIC",
            "ALTER TABLE orders ENABLE ROW LEVEL SECURITY", "COMMENT ON TABLE orders IS 'something else'",
            "ALTER TABLE orders DROP CONSTRAINT named, ALTER region TYPE varchar(20), ADD COLUMN note text",
            "ALTER TABLE snapshots ALTER COLUMN state_schema SET DATA TYPE text COLLATE \"POSIX\"",
        ] { try await postgres.execute(statement) }
        let lines = try await drift(exits: 1).lines
        let create = "(it should be as it was since 20261123080000_create_events.sql)"
        let orders = "(it should be as it was since 20270101000000_add_orders.sql)"
        #expect(lines.contains("trigger events_refuse_delete of public.events: removed \(create)"), "\(lines)")
        #expect(lines.contains { $0.hasPrefix("trigger events_refuse_truncate of public.events: ") })
        #expect(lines.contains { $0.hasPrefix("definition of function public.events_announce()") })
        #expect(lines.contains { $0.hasPrefix("rule quiet on public.events: added, CREATE RULE quiet AS") })
        #expect(
            lines.contains("grant table public.events to PUBLIC: added, GRANT UPDATE ON TABLE public.events TO PUBLIC"))
        #expect(
            lines.contains(
                "row security public.orders: added, ALTER TABLE public.orders ENABLE ROW LEVEL SECURITY"))
        #expect(lines.contains { $0.hasPrefix("comment table public.orders: ") && $0.hasSuffix(orders) })
        #expect(lines.contains { $0.hasPrefix("CONSTRAINT \"named\" CHECK") && $0.hasSuffix("removed \(orders)") })
        #expect(
            lines.contains(
                "column public.orders.region: text NOT NULL → character varying(20) NOT NULL \(orders)"))
        #expect(
            lines.contains("column public.orders.note: added, text (removed by 20270102000000_drop_note.sql)"))
        #expect(
            lines.contains { $0.hasPrefix("definition of table public.snapshots: \"state_schema\" text COLLATE") })
        #expect(lines.count == 11, "\(lines)")
        let objects = try await drift("--json", "--ignore", "grant", "--ignore", "row-security", exits: 1).objects()
        #expect(objects.count == 9)
        let region = objects.first { $0["subject"] as? String == "column public.orders.region" }
        #expect(region?["expected"] as? String == "text NOT NULL")
        #expect(region?["found"] as? String == "character varying(20) NOT NULL")
        #expect(region?["since"] as? String == "20270101000000_add_orders.sql")
        // The doctor looks in the same way.
        let doctor = try await postgres.run("doctor", "--json", exits: 1).objects()
        let drift = doctor.first { $0["check"] as? String == "drift" }
        #expect((drift?["differences"] as? [String])?.count == 11)
    }

    @Test("The order of columns, the history and what an owner may do are no difference")
    func harmless() async throws {
        try await postgres.execute("ALTER TABLE orders RENAME region TO area")
        try await postgres.execute("ALTER TABLE orders ADD COLUMN region text")
        try await postgres.execute("ALTER TABLE orders DROP COLUMN area")
        try await postgres.execute("ALTER TABLE orders ALTER region SET NOT NULL")
        try await postgres.execute("ALTER TABLE orders ADD CONSTRAINT named CHECK (region <> '')")
        try await postgres.execute("ALTER TABLE orders DROP COLUMN id")
        try await postgres.execute("ALTER TABLE orders ADD COLUMN id bigint PRIMARY KEY")
        try await postgres.execute("GRANT SELECT ON schema_history TO PUBLIC")
        try await postgres.execute("GRANT ALL ON orders TO CURRENT_USER")
        try await postgres.execute("ANALYZE")
        _ = try await drift(exits: 0)
    }

    @Test("A database that lacks the newest migrations is held against those that it has")
    func pending() async throws {
        try postgres.write("20270103000000_more", "-- migrate:up\nCREATE TABLE more (id bigint);\n")
        try await postgres.place.run("schema", "dump", "--postgres", postgres.serverURL, on: nil)
        #expect(try await drift(exits: 0).text.hasSuffix("has exactly what the applied migrations give\n"))
        try await postgres.execute("DROP TABLE orders")
        #expect(
            try await drift(exits: 1).lines == [
                "comment table public.orders: removed (it should be as it was since 20270101000000_add_orders.sql)",
                "table public.orders: removed (it should be as it was since 20270101000000_add_orders.sql)",
            ])
    }
}
