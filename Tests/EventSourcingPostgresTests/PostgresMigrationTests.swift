import SQLMigrations
import SQLSchema
import TestSupport
import Testing

@testable import EventSourcingPostgres

@Suite("Migrations on PostgreSQL")
actor PostgresMigrationTests {
    /// The calls block, which no thread of the cooperative pool must do.
    private let executor = QueueExecutor(label: "tests")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let database: PostgresTestDatabase
    private let connection: PostgresConnection

    init() async throws {
        database = try await PostgresTestDatabase()
        connection = try PostgresConnection(database.configuration)
    }

    private static func migrations(_ texts: [String]) throws -> [Migration] {
        try texts.enumerated().map { index, text in
            try Migration(path: "\(index + 1)_x.sql", bytes: Array(text.utf8), dialect: .postgres)
        }
    }

    private func migrator(_ texts: String...) throws -> Migrator {
        Migrator(database: connection, migrations: try Self.migrations(texts), tool: "test")
    }

    private func number(_ sql: String) throws -> Int64? {
        try connection.prepare(sql).first { try $0.int64(at: 0) }
    }

    @Test("apply, are remembered in a schema of one's choice, and are undone")
    func upAndDown() throws {
        connection.migrationOptions.historySchema = "odd \"schema"
        let migrator = try migrator(
            "-- migrate:up\nCREATE TABLE t (a int);\nINSERT INTO t VALUES (1), (2);\n-- migrate:down\nDROP TABLE t;\n",
            "-- migrate:up\nSET search_path = 'odd \"schema';\nCREATE TABLE u ();\n-- migrate:down\nDROP TABLE \"odd \"\"schema\".u;\n"
        )
        try migrator.up()
        try migrator.up()
        #expect(try number("SELECT count(*) FROM public.t") == 2)
        let records = try connection.readHistory()
        #expect(
            try connection.appliedChecksums()
                == Dictionary(records.map { ($0.version, $0.checksum) }, uniquingKeysWith: { $1 }))
        try connection.begin()
        try connection.execute("UPDATE \"odd \"\"schema\".schema_history SET state = 'failed' WHERE version = 1")
        #expect(try connection.appliedChecksums() == nil)
        try connection.rollback()
        #expect(records.map(\.version) == [1, 2] && records.map(\.state) == [.applied, .applied])
        #expect(records[0].appliedBy == "postgres" && records[0].tool == "test" && (records[0].duration ?? 0) > 0)
        #expect(abs(records[0].startedAt - Instant.now().microsecondsSince1970) < 600_000_000)
        // What a migration set for the session does not outlive the run.
        #expect(try connection.prepare("SHOW search_path").first { try $0.string(at: 0) } == "\"$user\", public")
        #expect(try number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()") == 0)
        try migrator.down(.after(0))
        #expect(try connection.readHistory() == [])
        #expect(
            try connection.catalog(excluding: [RelationName(schema: "odd \"schema", "schema_history")]).tables == [])
    }

    @Test("say where a statement failed, in a text of more than one byte a character, and keep nothing of its file")
    func position() throws {
        let error = try #require(throws: MigrationError.self) {
            try migrator("-- migrate:up\nCREATE TABLE t (a int); -- 🙂\n/* é */ SELECT 'é🙂',\n  nope FROM t;\n").up()
        }
        #expect(error.code == .statementFailed)
        #expect(
            "\(error)" == """
                1_x.sql:4:3: error: column "nope" does not exist (42703)
                  nope FROM t;
                  ^
                """)
        #expect(try number("SELECT count(*) FROM pg_class WHERE relname IN ('t', 'schema_history')") == 0)
        #expect(!connection.isInTransaction)
    }

    @Test("say that a constraint was broken at the commit")
    func deferred() throws {
        let error = try #require(throws: MigrationError.self) {
            try migrator(
                "-- migrate:up\nCREATE TABLE p (id int PRIMARY KEY);\n"
                    + "CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO c VALUES (1);\n"
            ).up()
        }
        #expect(error.databaseError?.code == .constraintViolation)
        #expect(error.location?.line == 1)
        #expect(try number("SELECT count(*) FROM pg_class WHERE relname = 'p'") == 0)
    }

    @Test("create indexes concurrently outside of a transaction, and go on where they stopped")
    func concurrently() throws {
        let table = "-- migrate:up\nCREATE TABLE t (a int);\nINSERT INTO t VALUES (1), (1);\n"
        let indexes = """
            -- migrate:up transaction:false
            CREATE INDEX CONCURRENTLY first ON t (a);
            CREATE UNIQUE INDEX CONCURRENTLY second ON t (a);
            CREATE INDEX CONCURRENTLY third ON t (a);

            """
        let error = try #require(throws: MigrationError.self) { try migrator(table, indexes).up() }
        #expect(error.location?.line == 3 && error.databaseError?.code == .uniqueViolation)
        let record = try #require(try connection.readHistory().last)
        #expect(record.state == .failed && record.statementsDone == 1)
        try connection.execute("DELETE FROM t")
        try connection.execute("DROP INDEX second")
        try migrator(table, indexes).up()
        #expect(try number("SELECT count(*) FROM pg_index WHERE indrelid = 't'::regclass AND indisvalid") == 3)
        #expect(try connection.readHistory().last?.state == .applied)
    }

    @Test("of ten at once are applied once each, whatever they wait for")
    func atOnce() async throws {
        let texts = [
            "-- migrate:up\nCREATE TABLE t (a int);\n", "-- migrate:up\nINSERT INTO t VALUES (1);\n",
            "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON t (a);\n",
            "-- migrate:up\nINSERT INTO t VALUES (2);\n",
        ]
        try await withThrowingTaskGroup { group in
            for _ in 0..<10 {
                group.addTask { [configuration = database.configuration] in
                    let connection = try await PostgresAsyncConnection.connect(configuration)
                    try await connection.run { connection in
                        try Migrator(database: connection, migrations: Self.migrations(texts), tool: "test").up()
                    }
                    await connection.close()
                }
            }
            try await group.waitForAll()
        }
        #expect(try number("SELECT count(*) FROM t") == 2)
        #expect(try number("SELECT count(*) FROM pg_index WHERE indrelid = 't'::regclass AND indisvalid") == 1)
        #expect(try connection.readHistory().map(\.state) == [.applied, .applied, .applied, .applied])
    }

    @Test("say who they wait for, and for how long they did")
    func waiting() async throws {
        var configuration = database.configuration
        configuration.parameters["application_name"] = "the other"
        let other = try PostgresConnection(configuration)
        let process = other.processID
        try other.withMigrationLock {
            let holders = Recorder<PostgresLockHolder>()
            connection.migrationOptions.lockTimeout = .milliseconds(100)
            connection.migrationOptions.onWaiting = { holders.append($0) }
            do {
                try connection.withMigrationLock {}
                Issue.record("the lock is held by somebody else")
            } catch let error as DatabaseError {
                #expect(error.code == .busy && "\(error)".contains("process \(process) (postgres, the other"))
            }
            #expect(holders.values.map(\.processID) == [process])
            // Another history is another matter.
            connection.migrationOptions.historySchema = "elsewhere"
            try connection.withMigrationLock {}
        }
        connection.migrationOptions.historySchema = "public"
        try connection.withMigrationLock {}
    }

    @Test("say who creates an index at the same moment, for which one is waited")
    func waitingForAnIndex() async throws {
        try connection.execute("CREATE TABLE t (a int)")
        let other = try await PostgresAsyncConnection.connect(database.configuration)
        let process = try await other.run { other in
            // As the statement of another history does.
            try other.execute("SELECT pg_advisory_lock(\(PostgresConnection.indexLockClass), 0)")
            return other.processID
        }
        let waiter = try await PostgresAsyncConnection.connect(database.configuration)
        let holders = Recorder<PostgresLockHolder>()
        let index = try Self.migrations([
            "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY t_a ON t (a);\n"
        ])
        let waiting = Task {
            try await waiter.run { connection in
                connection.migrationOptions.onWaiting = { holders.append($0) }
                try Migrator(database: connection, migrations: index, tool: "test").up()
            }
        }
        while holders.values.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        await other.close()
        try await waiting.value
        #expect(holders.values.map(\.processID) == [process])
        #expect(try number("SELECT count(*) FROM pg_index WHERE indrelid = 't'::regclass AND indisvalid") == 1)
    }

    @Test("of a process that is gone keep others waiting until the server has ended them")
    func orphan() async throws {
        try connection.execute("CREATE TABLE t (a int)")
        let slow = try Self.migrations(["-- migrate:up\nINSERT INTO t VALUES (1);\nSELECT pg_sleep(600);\n"])
        let other = try await PostgresAsyncConnection.connect(database.configuration)
        let run = Task {
            try await other.runUncancelled { connection in
                try Migrator(database: connection, migrations: slow, tool: "test").up()
            }
        }
        while try number(
            """
            SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database
            WHERE locktype = 'advisory' AND granted AND d.datname = current_database()
            """) == 0
        {
            try await Task.sleep(for: .milliseconds(10))
        }
        let waiter = try await PostgresAsyncConnection.connect(database.configuration)
        let holders = Recorder<PostgresLockHolder>()
        let quick = try Self.migrations(["-- migrate:up\nINSERT INTO t VALUES (2);\n"])
        let waiting = Task {
            try await waiter.run { connection in
                connection.migrationOptions.onWaiting = { holders.append($0) }
                try Migrator(database: connection, migrations: quick, tool: "test").up()
            }
        }
        while holders.values.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        try await database.executeOutside("SELECT pg_terminate_backend(\(holders.values[0].processID))")
        try await waiting.value
        await #expect(throws: (any Error).self) { try await run.value }
        #expect(try number("SELECT sum(a) FROM t") == 2)
    }

    @Test("are refused through a transaction pooler")
    func pooler() throws {
        var configuration = database.configuration
        configuration.usesTransactionPooler = true
        let connection = try PostgresConnection(configuration)
        let migrator = Migrator(
            database: connection, migrations: try Self.migrations(["-- migrate:up\nCREATE TABLE t ();\n"]), tool: "test"
        )
        #expect { try migrator.up() } throws: { "\($0)".contains("connect to the server itself") }
    }
}
