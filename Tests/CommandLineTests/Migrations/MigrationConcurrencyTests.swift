import EventSourcingPostgres
import Foundation
import TestSupport
import Testing

@Suite("Migrations of many processes, and of those that are killed, on PostgreSQL")
struct MigrationConcurrencyTests {
    private let postgres: PostgresWorkplace

    init() async throws {
        postgres = try await PostgresWorkplace()
    }

    private var applied: [String] {
        get async throws { try await postgres.texts("SELECT name FROM schema_history ORDER BY sequence") }
    }

    /// The indexes of a table, each with whether it is valid.
    private func indexes(of table: String) async throws -> [String] {
        try await postgres.texts(
            """
            SELECT c.relname || ' ' || i.indisvalid::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid = '\(table)'::regclass ORDER BY 1
            """)
    }

    @Test("Several at once on an empty database all succeed, and each file is applied once", arguments: [2, 10])
    func atOnce(count: Int) async throws {
        try postgres.write("1_t", "-- migrate:up\nCREATE TABLE t (a bigint, b bigint);\nINSERT INTO t VALUES (1, 1);\n")
        try postgres.write(
            "2_indexes",
            """
            -- migrate:up transaction:false
            CREATE INDEX CONCURRENTLY t_a ON t (a);
            CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "T b" ON public.t (b) WHERE b > 0;

            """)
        try postgres.write("3_more", "-- migrate:up\nINSERT INTO t VALUES (2, 2);\n")
        let outcomes = try await withThrowingTaskGroup(of: CommandLineTool.Outcome.self) { group in
            for _ in 0..<count { group.addTask { try await postgres.run("migrate", "up") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.map(\.exitCode) == Array(repeating: 0, count: count))
        #expect(try await applied == ["1_t.sql", "2_indexes.sql", "3_more.sql"])
        #expect(try await indexes(of: "t") == ["T b true", "t_a true"])
        #expect(try await postgres.texts("SELECT count(*)::text FROM t") == ["2"])
        let reported = outcomes.flatMap(\.lines).filter { $0.hasPrefix("applied  ") }
        #expect(Set(reported.map { $0.prefix(11) }).count == 3 && reported.count == 3, "\(reported)")
    }

    @Test("Killed between two statements of a file without a transaction, the next run goes on with the second one")
    func killedBetween() async throws {
        try postgres.write(
            "1_t",
            """
            -- migrate:up transaction:false
            CREATE TABLE t (a bigint);
            INSERT INTO t VALUES (1);
            INSERT INTO t SELECT 2 FROM pg_advisory_xact_lock(42);
            INSERT INTO t VALUES (3);

            """)
        try await postgres.execute("SELECT pg_advisory_lock(42)")
        let running = try postgres.start("migrate", "up")
        try await postgres.eventually(
            "it has come to the third",
            "SELECT '' FROM pg_locks WHERE locktype = 'advisory' AND objid = 42 AND NOT granted AND database = "
                + "(SELECT oid FROM pg_database WHERE datname = current_database())")
        try await running.kill()
        #expect(try await postgres.texts("SELECT state || ' ' || statements_done FROM schema_history") == ["running 2"])
        try await postgres.execute("SELECT pg_advisory_unlock(42)")
        let up = try await postgres.run("migrate", "up")
        #expect(up.text.hasPrefix("applying 1_t.sql, from statement 3\n"), "\(up)")
        #expect(try await postgres.texts("SELECT a::text FROM t ORDER BY a") == ["1", "2", "3"])
    }

    @Test("Killed while an index is created concurrently, the invalid one is removed and made again")
    func killedIndex() async throws {
        try await postgres.execute("CREATE TABLE t (a bigint)")
        try postgres.write(
            "1_i", "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON t (a);\nINSERT INTO t VALUES (1);\n"
        )
        // An index that is created concurrently waits for those who have begun to look at the database before.
        let reader = try await PostgresAsyncConnection.connect(postgres.database.configuration)
        try await reader.run { connection in
            try connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            try connection.execute("SELECT * FROM t")
        }
        let running = try postgres.start("migrate", "up")
        try await postgres.eventually(
            "it waits for the reader", "SELECT '' FROM pg_index WHERE indrelid = 't'::regclass AND NOT indisvalid")
        try await running.kill()
        try await reader.run { try $0.commit() }
        await reader.close()
        // Whether the server's process got to its end first is a matter of luck; an invalid index must not count.
        let up = try await postgres.run("migrate", "up")
        #expect(up.text.hasSuffix("1 applied\n"), "\(up)")
        #expect(try await indexes(of: "t") == ["i true"])
        #expect(try await postgres.texts("SELECT a::text FROM t") == ["1"])
    }

    @Test(
        "After a kill the catalog decides: a valid index is done, an invalid one is removed and made again",
        arguments: [true, false])
    func judgedByCatalog(isValid: Bool) async throws {
        try await postgres.execute("CREATE TABLE t (a bigint)")
        try await postgres.execute("INSERT INTO t VALUES (1), (1)")
        let unique = isValid ? "" : "UNIQUE "
        try postgres.write(
            "1_i",
            "-- migrate:up transaction:false\nCREATE \(unique)INDEX CONCURRENTLY i ON t (a);\nCREATE TABLE u (a bigint);\n"
        )
        if isValid {
            try await postgres.run("migrate", "up")
            try await postgres.execute("DROP TABLE u")
        } else {
            try await postgres.run("migrate", "up", exits: 5)
            #expect(try await indexes(of: "t") == ["i false"])
            try await postgres.execute("DELETE FROM t")
        }
        // As it is when the process was killed after the statement and before the count, or in the middle of it.
        try await postgres.execute("UPDATE schema_history SET state = 'running', statements_done = 0, error = NULL")
        let up = try await postgres.run("migrate", "up")
        #expect(
            up.errors.contains("the index public.i is invalid, left by an earlier attempt; it is removed") == !isValid)
        #expect(try await indexes(of: "t") == ["i true"])
        #expect(try await postgres.texts("SELECT tablename::text FROM pg_tables WHERE tablename = 'u'") == ["u"])
    }

    @Test(
        "A unique index over duplicates is reported; when the data is clean, a retry removes the invalid one and succeeds"
    )
    func duplicates() async throws {
        try await postgres.execute("CREATE TABLE t (a bigint)")
        try await postgres.execute("INSERT INTO t VALUES (1), (1)")
        try postgres.write("1_i", "-- migrate:up transaction:false\n\nCREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a);\n")
        let failed = try await postgres.run("migrate", "up", exits: 5)
        #expect(
            failed.errors.contains(#"1_i.sql:3:1: error: could not create unique index "t_a" (23505)"#), "\(failed)")
        let again = try await postgres.run("migrate", "up", exits: 5)
        #expect(again.errors.contains("the index public.t_a is invalid"))
        #expect(try await indexes(of: "t") == ["t_a false"])
        try await postgres.execute("DELETE FROM t")
        try await postgres.run("migrate", "up")
        #expect(try await indexes(of: "t") == ["t_a true"])
        try await postgres.run("migrate", "verify")
    }

    @Test("IF NOT EXISTS is no proof: an invalid index of that name is an error, and then it is made again")
    func ifNotExists() async throws {
        try await postgres.execute("CREATE TABLE t (a bigint)")
        try await postgres.execute("INSERT INTO t VALUES (1), (1)")
        _ = try? await postgres.execute("CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a)")
        #expect(try await indexes(of: "t") == ["t_a false"])
        try await postgres.execute("DELETE FROM t")
        try postgres.write(
            "1_i", "-- migrate:up transaction:false\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_a ON t (a);\n")
        let failed = try await postgres.run("migrate", "up", exits: 5)
        #expect(failed.errors.contains("1_i.sql:2:1: error: the index public.t_a is invalid; "), "\(failed)")
        try await postgres.run("migrate", "up")
        #expect(try await indexes(of: "t") == ["t_a true"])
    }
}
