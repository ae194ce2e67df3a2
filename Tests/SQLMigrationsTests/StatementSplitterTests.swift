import SQLMigrations
import SQLSchema
import Testing

@Suite("The statement splitter")
struct StatementSplitterTests {
    private func split(_ sql: String, _ dialect: Dialect = .sqlite) throws -> [String] {
        try StatementSplitter.statements(in: sql, file: "x.sql", dialect: dialect).map(\.text)
    }

    @Test("Statements end at semicolons, the last one also without", arguments: Dialect.allCases)
    func plain(dialect: Dialect) throws {
        #expect(try split("a; b ;\n;; c", dialect) == ["a", "b", "c"])
        #expect(try split(" \n", dialect).isEmpty)
    }

    @Test("Comments between statements are dropped, comments within stay", arguments: Dialect.allCases)
    func comments(dialect: Dialect) throws {
        #expect(try split("-- a;\nb /* c; */ d -- e\n; /* f */ -- g\n", dialect) == ["b /* c; */ d"])
    }

    @Test("A statement knows its file, line and column in characters, and its first words")
    func locations() throws {
        let sql = "SELECT 'größe', '日本';  create\n  table t"
        let statements = try StatementSplitter.statements(in: sql, file: "x.sql", dialect: .sqlite)
        #expect(statements.map { "\($0.location)" } == ["x.sql:1:1", "x.sql:1:24"])
        #expect(statements.last?.words == ["CREATE", "TABLE", "T"])
        #expect(statements.last?.offset == 29)
    }

    @Test(
        "A trigger of SQLite ends at its END",
        arguments: [
            "CREATE TRIGGER t BEGIN a; b; END",
            "create temp trigger t begin select case when a then b end; END",
            "CREATE TEMPORARY TRIGGER t BEGIN /* x */ a; -- y\n END",
            "EXPLAIN CREATE TRIGGER t BEGIN a; END",
            "EXPLAIN QUERY PLAN CREATE TRIGGER t BEGIN a; END",
            "CREATE TRIGGER t BEGIN a; END b; END",
        ])
    func triggers(sql: String) throws {
        #expect(try split("\(sql); c;") == [sql, "c"])
        #expect(try split(sql) == [sql])
    }

    @Test("Only CREATE TRIGGER has a body in SQLite")
    func noTriggers() throws {
        #expect(try split("CREATE TABLE trigger(a); DROP TRIGGER t; END; b").count == 4)
        #expect(try split("CREATE TRIGGER t BEGIN a; END", .postgres).count == 2)
    }

    @Test(
        "A BEGIN ATOMIC body of PostgreSQL ends at its END",
        arguments: [
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
            "CREATE FUNCTION f() RETURNS int begin atomic SELECT CASE WHEN a THEN CASE b WHEN 1 THEN 2 END END; END",
            "CREATE FUNCTION f() RETURNS int AS $$ BEGIN; END; $$ LANGUAGE plpgsql",
            "CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); DELETE FROM b)",
        ])
    func atomicBodies(sql: String) throws {
        #expect(try split("\(sql); c;", .postgres) == [sql, "c"])
        #expect(try split(sql, .postgres) == [sql])
    }

    @Test("A body without END is an error at the start of its statement")
    func openBodies() throws {
        let trigger = try error { _ = try split("a;\n CREATE TRIGGER t BEGIN a; b;") }
        #expect("\(trigger)".hasPrefix("x.sql:2:2: error: the body of this statement has no END\n"))
        let function = try error { _ = try split("CREATE FUNCTION f() BEGIN ATOMIC a;", .postgres) }
        #expect(function.location == FileLocation(file: "x.sql", line: 1, column: 1))
    }

    @Test("A quote that does not end is an error at its start")
    func openQuotes() throws {
        let open = try error { _ = try split("a;\n\tb 'c;") }
        #expect("\(open)" == "x.sql:2:4: error: this string does not end\n\tb 'c;\n\t  ^")
    }
}
