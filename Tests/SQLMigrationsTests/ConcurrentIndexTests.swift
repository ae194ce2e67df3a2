import SQLMigrations
import SQLSchema
import Testing

@testable import SQLMigrations

@Suite("Indexes that are created concurrently")
struct ConcurrentIndexTests {
    private func index(_ sql: String) throws -> ConcurrentIndex? {
        let statements = try StatementSplitter.statements(in: sql, file: "x.sql", dialect: .postgres)
        return ConcurrentIndex(try #require(statements.first))
    }

    @Test(
        "The index and its table are read as PostgreSQL reads names",
        arguments: [
            ("CREATE INDEX CONCURRENTLY i ON t (a)", "i", nil as String?, "t"),
            (
                "create unique index concurrently if not exists Idx_A on only Sales.Orders using btree (a)", "idx_a",
                "sales", "orders"
            ),
            (
                "CREATE INDEX CONCURRENTLY \"I; \"\"x\"\"\" /* on */ ON \"My Schema\".\"T\" (a)", "I; \"x\"",
                "My Schema", "T"
            ),
            ("CREATE INDEX CONCURRENTLY ÄÖ ON Müller (a)", "ÄÖ", nil, "müller"),
        ])
    func create(_ sql: String, _ name: String, _ schema: String?, _ table: String) throws {
        let found = try #require(try index(sql))
        #expect(found.name == RelationName(name))
        #expect(found.action == .create(on: RelationName(schema: schema, table)))
    }

    @Test("An index that is dropped has the name that is given")
    func drop() throws {
        #expect(try index("DROP INDEX CONCURRENTLY i")?.name == RelationName("i"))
        let found = try #require(try index("DROP INDEX CONCURRENTLY IF EXISTS s.\"I\" CASCADE"))
        #expect(found.name == RelationName(schema: "s", "I") && found.action == .drop)
    }

    @Test(
        "What has no name, or is something else, is not judged",
        arguments: [
            "CREATE INDEX CONCURRENTLY ON t (a)", "CREATE INDEX i ON t (a)", "REINDEX INDEX CONCURRENTLY i",
            "DROP INDEX i", "CREATE INDEX CONCURRENTLY U&\"d\\0061t\" ON t (a)", "SELECT 1",
            "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
        ])
    func others(_ sql: String) throws {
        #expect(try index(sql) == nil)
    }

    // MARK: What the engine makes of it

    private static let text = """
        -- migrate:up transaction:false
        a;
        CREATE INDEX CONCURRENTLY i ON t (a);
        b;
        """
    private static let statement = "CREATE INDEX CONCURRENTLY i ON t (a)"

    /// A server on which the process was killed when the statement began.
    private func killed() throws -> (FakeServer, [Migration]) {
        let server = FakeServer()
        let database = FakeDatabase(server, dialect: .postgres)
        database.killedAt = Self.statement
        let migrations = [try migration(1, Self.text, dialect: .postgres)]
        #expect(throws: FakeDatabase.Killed.self) {
            try Migrator(database: database, migrations: migrations, tool: "test").up()
        }
        return (server, migrations)
    }

    @Test("After a kill, a statement that the catalog shows as done is not run again")
    func done() throws {
        let (server, migrations) = try killed()
        let next = FakeDatabase(server, dialect: .postgres)
        next.outcomes[Self.statement] = .done
        try Migrator(database: next, migrations: migrations, tool: "test").up()
        #expect(server.executed == ["a", "b"])
        #expect(server.history.map(\.state) == [.applied])
    }

    @Test("After a kill, what is half done is taken away first, and that is told")
    func halfDone() throws {
        let (server, migrations) = try killed()
        let next = FakeDatabase(server, dialect: .postgres)
        next.outcomes[Self.statement] = .halfDone(remains: "rubbish", cleanUp: "clean")
        var events: [MigrationEvent] = []
        try Migrator(database: next, migrations: migrations, tool: "test") { events.append($0) }.up()
        #expect(server.executed == ["a", "clean", Self.statement, "b"])
        #expect(events.contains(.cleaningUp(migrations[0], remains: "rubbish")))
    }

    @Test("After a failure that was recorded, a valid index is somebody else's: the statement is run")
    func failed() throws {
        let server = FakeServer()
        let database = FakeDatabase(server, dialect: .postgres)
        database.failures[Self.statement] = syntaxError
        let migrations = [try migration(1, Self.text, dialect: .postgres)]
        #expect(
            try error { try Migrator(database: database, migrations: migrations, tool: "test").up() }.location?.line
                == 3)
        let next = FakeDatabase(server, dialect: .postgres)
        next.outcomes[Self.statement] = .done
        try Migrator(database: next, migrations: migrations, tool: "test").up()
        #expect(server.executed == ["a", Self.statement, "b"])
    }

    @Test("A statement that leaves something half done has failed, whatever it says")
    func invalid() throws {
        let server = FakeServer()
        let database = FakeDatabase(server, dialect: .postgres)
        database.outcomes[Self.statement] = .halfDone(remains: "the index i is invalid", cleanUp: "clean")
        let migrations = [try migration(1, Self.text, dialect: .postgres)]
        let error = try error { try Migrator(database: database, migrations: migrations, tool: "test").up() }
        #expect(error.code == .statementFailed && error.location?.line == 3)
        #expect(error.message.hasPrefix("the index i is invalid"))
        #expect(server.history.map(\.state) == [.failed])
    }
}
