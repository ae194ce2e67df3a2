import TestSupport
import Testing

@testable import EventSourcingPostgres

@Suite("A prepared statement")
actor PostgresStatementTests {
    /// The calls block, which no thread of the cooperative pool must do.
    private let executor = QueueExecutor(label: "tests")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let database: PostgresTestDatabase
    private let connection: PostgresConnection

    init() async throws {
        database = try await PostgresTestDatabase()
        var configuration = database.configuration
        configuration.statementCapacity = 3
        connection = try PostgresConnection(configuration)
    }

    private func preparedCount() throws -> Int64 {
        let count = try connection.prepare("SELECT count(*) FROM pg_prepared_statements").first { try $0.int64(at: 0) }
        return try #require(count)
    }

    @Test("is kept, found again by its bytes, and makes room for others")
    func cache() throws {
        let first = try connection.prepare("SELECT 1")
        #expect(try connection.prepare("SELECT 1") === first)
        let composed = try connection.prepare("SELECT '\u{E9}'")
        let decomposed = try connection.prepare("SELECT 'e\u{301}'")
        #expect(composed !== decomposed)
        for number in 2...20 { try connection.prepare("SELECT \(number)").run() }
        // One is forgotten when the next is prepared, so that it may still be there.
        #expect(try preparedCount() <= 4)
        #expect(try connection.prepare("SELECT 1") !== first)
        #expect(try first.first { try $0.int64(at: 0) } == 1)
    }

    @Test("is prepared again after the table has changed, or everything was deallocated")
    func stale() throws {
        try connection.execute("CREATE TABLE t (a int, b text)")
        try connection.execute("INSERT INTO t VALUES (1, 'x')")
        let statement = try connection.prepare("SELECT a FROM t WHERE b = $1")
        func read() throws -> Int64? {
            var parameters = statement.parameters()
            try parameters.write("x", at: 0)
            return try statement.first { try $0.int64(at: 0) }
        }
        #expect(try read() == 1)
        let other = try PostgresConnection(database.configuration)
        try other.execute("ALTER TABLE t ALTER a TYPE bigint")
        #expect(try read() == 1)
        try connection.execute("DEALLOCATE ALL")
        #expect(try read() == 1)
        try other.execute("ALTER TABLE t ALTER a TYPE int")
        try connection.begin()
        #expect(throws: DatabaseError.self) { try read() }
        try connection.rollback()
        #expect(try read() == 1)
    }

    @Test("says how many rows it changed")
    func counts() throws {
        try connection.execute("CREATE TABLE t (a int)")
        #expect(try connection.prepare("INSERT INTO t SELECT generate_series(1, 5)").run() == 5)
        #expect(try connection.prepare("UPDATE t SET a = 0 WHERE a > 2").run() == 3)
        #expect(try connection.prepare("DELETE FROM t WHERE a > 2").run() == 0)
        #expect(try connection.prepare("TABLE t").execute().rowCount == 5)
        #expect(try connection.prepare("TABLE t").first { try $0.int64(at: 0) } != nil)
        #expect(try connection.prepare("SELECT 1 WHERE false").first { try $0.int64(at: 0) } == nil)
    }

    @Test("is kept through a failure in a transaction")
    func failures() throws {
        let divide = try connection.prepare("SELECT 6 / $1::int")
        func six(by divisor: Int64) throws -> Int64? {
            var parameters = divide.parameters()
            try parameters.write(divisor, at: 0)
            return try divide.first { try $0.int64(at: 0) }
        }
        #expect(throws: DatabaseError.self) { try six(by: 0) }
        #expect(try six(by: 2) == 3)
        try connection.begin()
        #expect(throws: DatabaseError.self) { try six(by: 0) }
        #expect { try connection.prepare("SELECT 2") } throws: { ($0 as? DatabaseError)?.engineCode == "25P02" }
        try connection.rollback()
        #expect(try six(by: 3) == 2)
    }

    @Test("is not asked for another page by a task that has been cancelled, and the connection goes on")
    func cancelledBetweenPages() async throws {
        let statement = try connection.prepare("SELECT 1")
        var pages = 0
        #expect(throws: CancellationError.self) {
            try statement.readPages { _ in
                withUnsafeCurrentTask { $0?.cancel() }
                return pages < 2
            } reading: { _ in
                pages += 1
            }
        }
        #expect(pages == 0)
        #expect(try statement.first { try $0.int64(at: 0) } == 1)
    }
}
