import SQLSchema
import Testing

@testable import SQLMigrations

@Suite("Parameters with names")
struct NamedParametersTests {
    private func parameters(_ sql: String, _ dialect: Dialect = .postgres) throws -> NamedParameters {
        let source = SourceText(file: "q.sql", bytes: Array(sql.utf8))
        return try NamedParameters(in: 0..<source.bytes.count, of: source, dialect: dialect)
    }

    @Test("A name becomes the number of its first place, wherever it stands again")
    func numbers() throws {
        let text = "SELECT :a, :b + :a FROM t WHERE c = :c?;"
        let postgres = try parameters(text)
        #expect(postgres.names == ["a", "b", "c"] && postgres.nullable == ["c"])
        #expect(postgres.sql() == "SELECT $1, $2 + $1 FROM t WHERE c = $3")
        #expect(postgres.sql(casts: [2: "numeric"]) == "SELECT $1, ($2::text)::numeric + $1 FROM t WHERE c = $3")
        #expect(try parameters(text, .sqlite).sql() == "SELECT ?1, ?2 + ?1 FROM t WHERE c = ?3")
    }

    @Test(
        "Casts, slices, strings, comments and bodies have no parameters",
        arguments: [
            "SELECT '7'::bigint", "SELECT items[1:last] FROM t", "SELECT ':a' -- :b\n/* :c */", #"SELECT ":a" FROM t"#,
            "SELECT $$:a$$", "SELECT a[lower(b):upper] FROM t",
        ])
    func noParameters(sql: String) throws {
        #expect(try parameters(sql).names.isEmpty)
    }

    @Test("What is sent has no comments around it, and a place in it is found in the file again")
    func places() throws {
        let text = "-- é\nSELECT :région, x;\n-- end\n"
        let parameters = try parameters(text)
        let sql = parameters.sql()
        #expect(sql == "SELECT $1, x")
        let start = try #require(sql.utf8.firstIndex(of: UInt8(ascii: "x")))
        let sent = sql.utf8.distance(from: sql.utf8.startIndex, to: start)
        let found = parameters.offset(ofSent: sent)
        #expect(Array(text.utf8)[found] == UInt8(ascii: "x"))
        #expect(Array(text.utf8)[parameters.offset(of: "région")] == UInt8(ascii: ":"))
    }

    @Test(
        "Parameters of the databases' own, and more or less than one statement, are mistakes with a place",
        arguments: [
            ("SELECT $1", 7, Dialect.postgres), ("SELECT ?", 7, .sqlite), ("SELECT @a", 7, .sqlite),
            ("SELECT $a", 7, .sqlite), ("SELECT 1; SELECT 2", 10, .postgres), ("-- nothing\n", 0, .postgres),
            ("SELECT 'a", 7, .sqlite),
        ])
    func mistakes(sql: String, offset: Int, dialect: Dialect) throws {
        let mistake = #expect(throws: NamedParameters.Mistake.self) { try parameters(sql, dialect) }
        #expect(mistake?.offset == offset)
    }

    @Test("The operators of JSON in PostgreSQL are left alone")
    func operators() throws {
        let parameters = try parameters("SELECT data ? :key, data @> :part, data ?| :keys FROM t")
        #expect(parameters.sql() == "SELECT data ? $1, data @> $2, data ?| $3 FROM t")
        #expect(parameters.nullable.isEmpty)
    }
}
