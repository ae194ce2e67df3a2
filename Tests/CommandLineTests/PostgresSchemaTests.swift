import Foundation
import TestSupport
import Testing

@Suite("The schema snapshot of PostgreSQL")
struct PostgresSchemaTests {
    private let postgres: PostgresWorkplace

    private var place: Workplace { postgres.place }

    init() async throws {
        postgres = try await PostgresWorkplace()
    }

    /// Something of each kind, in an order that is not that of the names.
    private static let everything = """
        -- migrate:up
        CREATE SCHEMA shop;
        CREATE TYPE shop.region AS ENUM ('south', 'it''s north');
        CREATE DOMAIN shop.label AS varchar(10) COLLATE "C" DEFAULT 'x' NOT NULL CONSTRAINT full_label CHECK (VALUE <> '');
        CREATE TABLE shop.z_customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, region shop.region);
        CREATE TABLE shop.orders (
            id serial PRIMARY KEY, customer bigint REFERENCES shop.z_customers, label shop.label,
            parent int REFERENCES shop.orders, due timestamptz DEFAULT now()
        );
        CREATE FUNCTION shop.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'no; %', (SELECT count(*) FROM shop.orders);
        END
        $$;
        CREATE TRIGGER guard BEFORE DELETE ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.refuse();
        CREATE INDEX by_customer ON shop.orders (customer) WHERE due IS NOT NULL;
        CREATE VIEW shop.due AS SELECT id, due FROM shop.orders;
        CREATE TABLE shop.log (id int NOT NULL, PRIMARY KEY (id)) PARTITION BY HASH (id);
        CREATE SEQUENCE shop.tickets CYCLE MAXVALUE 99;
        CREATE TYPE shop.pair AS (a int, b text);
        CREATE TYPE shop.span AS RANGE (SUBTYPE = int);
        CREATE TABLE shop.tickets_sold (number bigint DEFAULT nextval('shop.tickets'), pair shop.pair, span shop.span)
            WITH (fillfactor = 90);
        CREATE AGGREGATE shop.total(bigint) (SFUNC = int8pl, STYPE = bigint, INITCOND = '0');
        CREATE RULE quiet AS ON DELETE TO shop.tickets_sold DO INSTEAD NOTHING;
        ALTER TABLE shop.tickets_sold ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON shop.tickets_sold FOR UPDATE USING (number > 0) WITH CHECK (number <> 7);
        COMMENT ON TABLE shop.tickets_sold IS 'it''s';
        COMMENT ON COLUMN shop.tickets_sold.number IS 'counted';
        COMMENT ON FUNCTION shop.refuse() IS 'no';
        GRANT INSERT, UPDATE (number) ON shop.tickets_sold TO PUBLIC;
        REVOKE EXECUTE ON FUNCTION shop.refuse() FROM PUBLIC;
        REVOKE TRUNCATE ON shop.tickets_sold FROM CURRENT_USER;
        CREATE TABLE shop.older () INHERITS (shop.tickets_sold);
        CREATE TABLE shop.log_0 PARTITION OF shop.log FOR VALUES WITH (MODULUS 1, REMAINDER 0);
        ALTER TABLE shop.log_0 ADD CONSTRAINT own_check CHECK (id > 0);
        CREATE INDEX own_index ON shop.log_0 (id);

        -- migrate:down
        DROP SCHEMA shop CASCADE;

        """

    private func dump(_ arguments: String..., exits exitCode: Int32 = 0) async throws -> CommandLineTool.Outcome {
        let outcome = try await place.tool.run(
            ["schema", "dump", "--postgres", postgres.serverURL] + arguments)
        #expect(outcome.exitCode == exitCode, "\(outcome)")
        return outcome
    }

    @Test("A dump leaves no database behind, uses no table of anybody, and is the same on a server of its own")
    func dumps() async throws {
        try postgres.write("1_all", Self.everything)
        try SampleMigrations(folder: place.folder).write("1_a", SampleMigrations.table("only_here"))
        let first = try await dump()
        #expect(
            first.lines == [
                "wrote     schema/schema.json", "wrote     schema/postgres.sql", "wrote     schema/sqlite.sql",
            ])
        #expect(try await postgres.texts("SELECT tablename::text FROM pg_tables WHERE schemaname = 'shop'").isEmpty)
        // With no server given, and none in the environment, one is started.
        let second = try await place.tool.run(["schema", "dump"])
        #expect(second.exitCode == 0, "\(second)")
        #expect(second.lines.allSatisfy { $0.hasPrefix("unchanged ") } && second.lines.count == 3, "\(second)")
        let check = try await place.tool.run(
            ["schema", "check"], environment: ["EVENT_STORE_POSTGRES": postgres.serverURL])
        #expect(check.text == "schema is what the migrations give\n", "\(check)")
        let snapshot = String(decoding: try place.folder.data(of: "schema/schema.json"), as: UTF8.self)
        #expect(!snapshot.contains("schema_history"))
        #expect(!snapshot.contains("event_store_schema"))
    }

    @Test("The SQL of a dump creates the same catalog as the migrations")
    func dumpedSQL() async throws {
        try postgres.write("1_all", Self.everything)
        _ = try await dump()
        let sql = String(decoding: try place.folder.data(of: "schema/postgres.sql"), as: UTF8.self)
        try place.folder.write("-- migrate:up\n\(sql)", to: "copy/postgres/1_all.sql")
        _ = try await dump("--migrations", "copy", "--schema", "copied")
        #expect(try place.folder.data(of: "copied/postgres.sql") == place.folder.data(of: "schema/postgres.sql"))
    }

    @Test("A check says what differs when a migration was added")
    func check() async throws {
        try postgres.write("1_a", "-- migrate:up\nCREATE TABLE a (id bigint);\n")
        _ = try await dump()
        try postgres.write("2_b", "-- migrate:up\nALTER TABLE a ADD COLUMN b text;\n")
        let stale = try await place.tool.run(["schema", "check", "--postgres", postgres.serverURL])
        #expect(stale.exitCode == 1)
        #expect(stale.lines.contains("postgres: migration 2_b.sql"))
        #expect(stale.lines.contains { $0.contains("public.a.b") }, "\(stale)")
        #expect(stale.errors.hasPrefix("error: schema/schema.json, schema/postgres.sql: "))
    }

    @Test("A migration that fails makes no snapshot, and leaves no database behind")
    func failing() async throws {
        try postgres.write("1_a", "-- migrate:up\nSELECT nope;\n")
        let failed = try await dump(exits: 5)
        #expect(failed.errors.contains(#"migrations/postgres/1_a.sql:2:8: error: column "nope" does not exist"#))
        #expect(!place.folder.exists("schema"))
    }

    @Test("A signal ends a dump, and its database with it")
    func signal() async throws {
        // The name of the database tells it from those of tests that run at the same time.
        try postgres.write("1_a", "-- migrate:up\nSELECT 'of the signal', pg_sleep(600);\n")
        let running = try RunningTool(place.tool, ["schema", "dump", "--postgres", postgres.serverURL])
        let names = "SELECT datname::text FROM pg_stat_activity WHERE query LIKE 'SELECT ''of the signal''%'"
        try await postgres.eventually("it runs", names)
        let name = try #require(try await postgres.texts(names).first)
        #expect(name.hasPrefix("event_store_schema_"))
        running.send(SIGTERM)
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == 143 && !outcome.wasKilled, "\(outcome)")
        #expect(try await postgres.texts("SELECT '' FROM pg_database WHERE datname = '\(name)'").isEmpty)
    }

    @Test("When no server can be started, the error says which option to give instead")
    func noServer() async throws {
        try postgres.write("1_a", "-- migrate:up\nCREATE TABLE a (id bigint);\n")
        let refused = try await place.tool.run(["schema", "dump"], environment: ["TMPDIR": "/no/such/folder"])
        #expect(refused.exitCode == 2, "\(refused)")
        #expect(refused.errors.contains("/no/such/folder") && refused.errors.contains("--postgres URL"), "\(refused)")
        #expect(!place.folder.exists("schema"))
    }

    @Test("A server that is not given as a URL, or that cannot be reached, is told without the password")
    func badServer() async throws {
        try postgres.write("1_a", "-- migrate:up\nCREATE TABLE a (id bigint);\n")
        let bad = try await place.tool.run(["schema", "dump", "--postgres", "host=localhost password=s3cret"])
        #expect(bad.exitCode == 2 && !bad.errors.contains("s3cret"), "\(bad)")
        let nowhere = try await place.tool.run(
            ["schema", "dump", "--postgres", "postgresql://ada:s3cret@127.0.0.1:1/shop?connect_timeout=2"])
        #expect(nowhere.exitCode == 3 && !nowhere.errors.contains("s3cret"), "\(nowhere)")
        #expect(!place.folder.exists("schema"))
    }

    @Test("A role that may not create a database is told what is needed")
    func notPermitted() async throws {
        try postgres.write("1_a", "-- migrate:up\nCREATE TABLE a (id bigint);\n")
        let role = "role_\(postgres.database.name)"
        try await postgres.database.executeOutside("CREATE ROLE \(role) LOGIN PASSWORD 's3cret'")
        let url = postgres.serverURL + (postgres.serverURL.contains("?") ? "&" : "?") + "user=\(role)&password=s3cret"
        let refused = try await place.tool.run(["schema", "dump", "--postgres", url])
        try await postgres.database.executeOutside("DROP ROLE \(role)")
        #expect(refused.exitCode == 3, "\(refused)")
        #expect(refused.errors.contains("CREATEDB") && !refused.errors.contains("s3cret"), "\(refused)")
    }

    @Test("A dialect whose migrations were removed is taken out of the snapshot by the next dump")
    func removed() async throws {
        try postgres.write("1_a", "-- migrate:up\nCREATE TABLE a (id bigint);\n")
        try SampleMigrations(folder: place.folder).write("1_a", SampleMigrations.table("a"))
        _ = try await dump()
        try FileManager.default.removeItem(atPath: place.folder.file("migrations/postgres"))
        let check = try await place.tool.run(["schema", "check"])
        #expect(check.exitCode == 1 && check.errors.contains("schema/postgres.sql"), "\(check)")
        let second = try await place.tool.run(["schema", "dump"])
        #expect(second.lines.contains("removed   schema/postgres.sql"), "\(second)")
        #expect(!place.folder.exists("schema/postgres.sql"))
        #expect(try await place.tool.run(["schema", "check"]).exitCode == 0)
    }
}
