import SQLMigrations
import SQLSchema
import Testing

@Suite("Errors of migrations")
struct MigrationErrorTests {
    private func error(_ line: String, column: Int) -> MigrationError {
        MigrationError(
            .statementFailed, "no such column: foo (SQLITE_ERROR (1))",
            location: FileLocation(file: "migrations/sqlite/2_x.sql", line: 3, column: column), sourceLine: line)
    }

    @Test("An error prints its place, its line and a caret")
    func description() {
        #expect(
            "\(error("SELECT foo FROM t;", column: 8))" == """
                migrations/sqlite/2_x.sql:3:8: error: no such column: foo (SQLITE_ERROR (1))
                SELECT foo FROM t;
                       ^
                """)
    }

    @Test(
        "The caret stands below its character after tabs, wide and combining ones",
        arguments: [
            ("\t\tfoo", 3, "\t\t^"), ("é foo", 3, "  ^"), ("日本 foo", 4, "     ^"), ("e\u{301} foo", 4, "  ^"),
            ("🙂 foo", 3, "   ^"), ("foo", 1, "^"), ("foo", 4, "   ^"),
        ])
    func caret(line: String, column: Int, expected: String) {
        #expect("\(error(line, column: column))".split(separator: "\n").last.map(String.init) == expected)
    }

    @Test("Without a line there is no caret, and without a place no location")
    func parts() {
        var error = error("", column: 1)
        error.sourceLine = nil
        #expect("\(error)" == "migrations/sqlite/2_x.sql:3:1: error: no such column: foo (SQLITE_ERROR (1))")
        error.location = nil
        #expect("\(error)" == "error: no such column: foo (SQLITE_ERROR (1))")
    }

    @Test("Several problems print one after the other")
    func several() throws {
        let first = MigrationError(.edited, "one")
        let second = MigrationError(.missing, "two")
        let joined = try #require(MigrationError([first, second]))
        #expect("\(joined)" == "error: one\nerror: two")
        #expect(joined.problems == [first, second])
        #expect(MigrationError([joined, first])?.problems == [first, second, first])
        #expect(MigrationError([]) == nil)
    }
}
