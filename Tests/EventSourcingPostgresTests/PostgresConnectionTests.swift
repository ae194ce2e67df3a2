import EventSourcingPostgres
import Foundation
import TestSupport
import Testing

@Suite("A PostgreSQL connection")
actor PostgresConnectionTests {
    /// The calls block, which no thread of the cooperative pool must do.
    private let executor = QueueExecutor(label: "tests")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let database: PostgresTestDatabase
    private let connection: PostgresConnection

    init() async throws {
        database = try await PostgresTestDatabase()
        connection = try PostgresConnection(database.configuration)
    }

    @Test("says where a mistake is, in bytes of the statement")
    func mistakes() throws {
        for run in [{ try self.connection.execute($0) }, { _ = try self.connection.prepare($0) }]
            as [(String) throws -> Void]
        {
            #expect {
                try run("SELECT 'é🙂', nope FROM pg_class")
            } throws: { error in
                let error = error as? DatabaseError
                return error?.code == .invalidSQL && error?.engineCode == "42703" && error?.offset == 17
                    && error?.message == "column \"nope\" does not exist" && error?.severity == "ERROR"
            }
        }
        try connection.execute("SELECT 1")
    }

    @Test("takes exactly one statement")
    func oneStatement() throws {
        try connection.execute("SELECT 1; \n ;")
        #expect(throws: DatabaseError.self) { try connection.execute("SELECT 1; SELECT 2") }
        #expect(throws: DatabaseError.self) { try connection.execute("") }
        #expect(throws: DatabaseError.self) { try connection.execute(" -- nothing") }
        #expect(throws: DatabaseError.self) { try connection.execute("SELECT 1\0; DROP TABLE t") }
        #expect(throws: DatabaseError.self) { try connection.prepare("SELECT 1\0") }
        #expect(throws: DatabaseError.self) { try connection.execute("COPY (SELECT 1) TO STDOUT") }
        try connection.execute("CREATE TABLE t (a int)")
        #expect(throws: DatabaseError.self) { try connection.execute("COPY t FROM STDIN") }
        try connection.execute("SELECT 1")
    }

    @Test("tells the kinds of failure apart, and what they concern")
    func codes() throws {
        try connection.execute(
            "CREATE TABLE t (a bigint UNIQUE, b text NOT NULL CONSTRAINT full_b CHECK (b <> ''), c varchar(3))")
        try connection.execute("INSERT INTO t VALUES (1, 'x')")
        for (statement, code, state) in [
            ("INSERT INTO t VALUES (1, 'y')", DatabaseError.Code.uniqueViolation, "23505"),
            ("INSERT INTO t VALUES (2, NULL)", .constraintViolation, "23502"),
            ("INSERT INTO t VALUES (2, '')", .constraintViolation, "23514"),
            ("INSERT INTO t VALUES (2, 'x', 'long')", .constraintViolation, "22001"),
            ("SELECT 1 / 0", .constraintViolation, "22012"),
            ("SELECT repeat('x', 2000000000)", .tooLarge, "54000"),
            ("SELECT pg_cancel_backend(pg_backend_pid())", .interrupted, "57014"),
            ("DO $$ BEGIN RAISE EXCEPTION 'no'; END $$", .refusedByTrigger, "P0001"),
            ("SELECT * FROM nowhere", .invalidSQL, "42P01"),
        ] {
            let error = try #require(throws: DatabaseError.self) { try connection.execute(statement) }
            #expect((error.code, error.engineCode) == (code, state), "\(statement): \(error)")
            #expect(!error.isOutcomeUnknown)
        }
        let check = try #require(throws: DatabaseError.self) { try connection.execute("INSERT INTO t VALUES (2, '')") }
        #expect((check.table, check.constraint) == ("public.t", "full_b"))
        let null = try #require(throws: DatabaseError.self) { try connection.execute("INSERT INTO t VALUES (2, NULL)") }
        #expect((null.table, null.column) == ("public.t", "b"))
        let unique = try #require(throws: DatabaseError.self) {
            try connection.execute("INSERT INTO t VALUES (1, 'secret')")
        }
        #expect(unique.detail == "Key (a)=(1) already exists.")
        #expect(!"\(unique)".contains("already exists."))
        try connection.execute("SET default_transaction_read_only = on")
        #expect { try connection.execute("DELETE FROM t") } throws: { ($0 as? DatabaseError)?.code == .readOnly }
        #expect { try connection.execute("SELEC") } throws: { "\($0)".contains("syntax error") }
    }

    @Test("says what a user is not permitted to do, and what the server suggests")
    func permissions() throws {
        let role = "guest_\(database.name)"
        try connection.execute("CREATE TABLE t (a int)")
        try connection.execute("CREATE ROLE \(role)")
        defer { try? connection.execute("DROP ROLE \(role)") }
        try connection.execute("SET ROLE \(role)")
        defer { try? connection.execute("RESET ROLE") }
        #expect { try connection.execute("TABLE t") } throws: { ($0 as? DatabaseError)?.code == .notPermitted }
        let error = try #require(throws: DatabaseError.self) { try connection.execute("SELECT lenght('x')") }
        #expect(error.hint?.contains("No function matches") == true)
        #expect("\(error)".contains("No function matches"))
    }

    @Test("says when somebody else holds a lock, and when a transaction is to be repeated")
    func locks() throws {
        let other = try PostgresConnection(database.configuration)
        try connection.execute("CREATE TABLE t (a int)")
        try connection.execute("INSERT INTO t VALUES (1)")
        try other.begin()
        try other.execute("SELECT * FROM t FOR UPDATE")
        #expect {
            try connection.execute("SELECT * FROM t FOR UPDATE NOWAIT")
        } throws: { ($0 as? DatabaseError)?.code == .busy }
        try other.rollback()
        for connection in [connection, other] {
            try connection.execute("BEGIN ISOLATION LEVEL SERIALIZABLE")
            try connection.execute("SELECT sum(a) FROM t")
            try connection.execute("INSERT INTO t VALUES (2)")
        }
        try connection.commit()
        #expect {
            try other.commit()
        } throws: { ($0 as? DatabaseError)?.code == .transactionConflict && "\($0)".contains("retried") }
    }

    @Test("hands notices to a closure")
    func notices() async throws {
        let notices = Recorder<PostgresNotice>()
        var configuration = database.configuration
        configuration.onNotice = { notices.append($0) }
        let connection = try PostgresConnection(configuration)
        try connection.execute("DO $$ BEGIN RAISE WARNING 'careful' USING HINT = 'look'; END $$")
        try connection.execute("DROP TABLE IF EXISTS nowhere")
        #expect(notices.values.map(\.message) == ["careful", "table \"nowhere\" does not exist, skipping"])
        #expect(notices.values.map(\.severity) == ["WARNING", "NOTICE"])
        #expect(notices.values.map(\.code) == ["01000", "00000"])
        #expect(notices.values.first?.hint == "look")
    }

    @Test("commits and rolls back, and knows when a commit did not happen")
    func transactions() throws {
        struct Reason: Error {}
        try connection.execute("CREATE TABLE t (a int)")
        func count() throws -> Int64? { try connection.prepare("SELECT count(*) FROM t").first { try $0.int64(at: 0) } }
        try connection.begin()
        try connection.execute("INSERT INTO t VALUES (1)")
        #expect(throws: Reason.self) {
            try connection.withSavepoint {
                try connection.execute("INSERT INTO t VALUES (2)")
                throw Reason()
            }
        }
        #expect(throws: DatabaseError.self) {
            try connection.withSavepoint {
                try connection.withSavepoint { try connection.execute("SELECT 1 / 0") }
            }
        }
        try connection.withSavepoint { try connection.execute("INSERT INTO t VALUES (3)") }
        try connection.commit()
        try connection.withTransaction { try connection.execute("UPDATE t SET a = a + 1") }
        #expect(try count() == 2)
        #expect(throws: Reason.self) {
            try connection.withTransaction {
                try connection.execute("DELETE FROM t")
                throw Reason()
            }
        }
        #expect(!connection.isInTransaction)
        #expect(try count() == 2)
        try connection.begin()
        #expect(connection.isInTransaction && !connection.isReusable)
        #expect(throws: DatabaseError.self) { try connection.execute("SELECT 1 / 0") }
        #expect(connection.isInTransaction)
        #expect { try connection.commit() } throws: { ($0 as? DatabaseError)?.engineCode == "25P02" }
        #expect(!connection.isInTransaction && connection.isReusable)
    }
}
