import SQLMigrations
import SQLSchema
import Testing

@Suite("A comment that allows what lint finds")
struct LintWaiverTests {
    private func waivers(_ text: String, dialect: Dialect = .postgres) throws -> [LintWaiver] {
        try LintWaiver.all(in: migration(1, text, dialect: dialect))
    }

    @Test("names a rule and a reason, outside of statements")
    func read() throws {
        let waivers = try waivers(
            """
            -- migrate:up
            --   lint:allow   table-rewrite   because   it has 20 rows
            ALTER TABLE a ALTER b TYPE bigint; -- lint:allow unlogged because it is a cache
            SELECT '-- lint:allow nothing', $$
            -- lint:allow nothing
            $$;
            -- lint is a word
            """)
        #expect(waivers.map(\.rule) == [.tableRewrite, .unlogged])
        #expect(waivers.map(\.reason) == ["it has 20 rows", "it is a cache"])
        #expect(waivers.map(\.location.line) == [2, 3])
        #expect(waivers.map(\.location.column) == [1, 36])
    }

    @Test(
        "is an error with its place when the rule is unknown or the reason missing",
        arguments: [
            ("lint:allow", "`lint:allow` needs a rule that it allows: one of guard-weakened, "),
            ("lint:allow everything because I say so", "`lint:allow` needs a rule that it allows: one of "),
            ("lint:allow unused-waiver because why not", "`lint:allow` needs a rule that it allows: one of "),
            ("lint:allow unlogged", "`lint:allow unlogged` needs a reason: -- lint:allow unlogged because …"),
            ("lint:allow unlogged because", "`lint:allow unlogged` needs a reason"),
            ("lint:allow unlogged since 2020", "`lint:allow unlogged` needs a reason"),
            ("lint:deny unlogged because x", "unknown comment `lint:deny`; known is lint:allow"),
        ])
    func mistakes(comment: String, message: String) throws {
        let error = try error { _ = try waivers("-- migrate:up\nSELECT 1;\n -- \(comment)\nSELECT 2;\n") }
        #expect(error.code == .invalidFile)
        #expect(error.message.hasPrefix(message), "\(error.message)")
        #expect(error.location?.line == 3 && error.location?.column == 2)
    }

    @Test("All mistakes of a file are told at once")
    func all() throws {
        let error = try error { _ = try waivers("-- migrate:up\n-- lint:allow x\nSELECT 1; -- lint:allow unlogged\n") }
        #expect(error.problems.compactMap(\.location?.line) == [2, 3])
    }
}
