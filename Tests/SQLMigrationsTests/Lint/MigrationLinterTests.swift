import SQLMigrations
import SQLSchema
import Testing

@Suite("Lint: from statements to findings")
struct MigrationLinterTests {
    private typealias Base = LintCatalog

    /// Observes what a test says of each statement, by its text.
    private final class FakeShadow: ShadowDatabase {
        let dialect = Dialect.postgres
        var current = Base.catalog
        var log: [String] = []
        /// What each statement leaves; nothing for one that changes no catalog.
        var catalogs: [String: Catalog] = [:]
        var effects: [String: [RelationName: StatementObservation.Effect]] = [:]
        /// Statements that fail, and whether they do without rows too.
        var failures: [String: (error: DatabaseError, always: Bool)] = [:]
        private var hasRows = true

        func catalog() throws -> Catalog { current }
        func fill() throws -> [RelationName: String] {
            log.append("fill")
            return [Base.orders: "it has a strange type"]
        }
        func clear() throws {
            log.append("clear")
            hasRows = false
        }
        func begin() throws { log.append("begin") }
        func commit() throws { log.append("commit") }
        func rollback() throws { log.append("rollback") }

        func observe(_ statement: SQLStatement) throws -> StatementObservation {
            log.append(statement.text)
            if let failure = failures[statement.text], hasRows || failure.always {
                return StatementObservation(before: current, after: current, error: failure.error)
            }
            let before = current
            current = catalogs[statement.text] ?? current
            return StatementObservation(before: before, after: current, effects: effects[statement.text] ?? [:])
        }
    }

    private static let unguarded = Base.changing(Base.events) { $0.triggers.removeAll { $0.name == "refuse_update" } }

    private static func rewrite(_ table: RelationName) -> [RelationName: StatementObservation.Effect] {
        var effect = StatementObservation.Effect()
        effect.isRewritten = true
        return [table: effect]
    }

    private func lint(
        _ shadow: FakeShadow, knowsUse: Bool = false, _ texts: String...
    ) throws -> (lines: [String], report: LintReport) {
        let migrations = try texts.enumerated().map { index, text in
            try migration(Int64(index + 1), text, path: "\(index + 1)_x.sql", dialect: .postgres)
        }
        let report = try MigrationLinter(shadow: shadow, knowsUse: knowsUse).lint(migrations)
        return (report.findings.map { "\($0.location) \($0.rule.rawValue)" }, report)
    }

    @Test("Each finding stands at its statement")
    func places() throws {
        let shadow = FakeShadow()
        shadow.catalogs["DROP é"] = Self.unguarded
        shadow.effects["REWRITE"] = Self.rewrite(Base.orders)
        let (lines, report) = try lint(shadow, "-- migrate:up\nSELECT 1;\n  DROP é;\nREWRITE;\n")
        #expect(lines == ["1_x.sql:3:3 guard-weakened", "1_x.sql:4:1 table-rewrite"])
        #expect(report.findings.map(\.sourceLine) == ["DROP é", "REWRITE"])
        #expect(report.statements == 3 && report.migrations == 1 && report.waived == 0)
        #expect(report.unfilled == [Base.orders: "it has a strange type"])
        #expect(shadow.log == ["fill", "begin", "SELECT 1", "DROP é", "REWRITE", "commit", "fill"])
    }

    @Test("A comment allows one rule in one statement; one that allows nothing is a finding")
    func waivers() throws {
        let shadow = FakeShadow()
        shadow.catalogs["DROP"] = Self.unguarded
        shadow.effects["REWRITE"] = Self.rewrite(Base.orders)
        let (lines, report) = try lint(
            shadow,
            """
            -- migrate:up
            -- lint:allow guard-weakened because it is put back by hand
            -- lint:allow unlogged because of nothing
            DROP;
            -- lint:allow guard-weakened because it is too late
            REWRITE;
            """)
        #expect(lines == ["1_x.sql:3:1 unused-waiver", "1_x.sql:5:1 unused-waiver", "1_x.sql:6:1 table-rewrite"])
        #expect(report.waived == 1)
    }

    @Test("What a transaction takes away and puts back was never gone; statement by statement it was")
    func putBack() throws {
        func shadow() -> FakeShadow {
            let shadow = FakeShadow()
            shadow.catalogs = ["DROP": Self.unguarded, "CREATE": Base.catalog]
            return shadow
        }
        #expect(try lint(shadow(), "-- migrate:up\nDROP;\nCREATE;\n").lines == [])
        #expect(
            try lint(shadow(), "-- migrate:up transaction:false\nDROP;\nCREATE;\n").lines == [
                "1_x.sql:2:1 guard-weakened"
            ])
    }

    @Test("What a rebuilt table lacks is told where the former one went")
    func rebuilt() throws {
        let shadow = FakeShadow()
        var without = Base.catalog
        without.tables.removeFirst()
        shadow.catalogs = ["DROP": without, "RENAME": Self.unguarded]
        let (lines, report) = try lint(shadow, "-- migrate:up\nSELECT;\nDROP;\nRENAME;\n")
        #expect(lines == ["1_x.sql:3:1 guard-weakened"])
        #expect(report.findings.first?.fact == "trigger refuse_update of public.events is gone")
    }

    @Test("A statement that the rows refuse is found, and the rest of the file is tried without them")
    func data() throws {
        let shadow = FakeShadow()
        let error = DatabaseError(code: .constraintViolation, engineCode: "23502", message: "null")
        shadow.failures["ADD"] = (error, false)
        shadow.effects["REWRITE"] = Self.rewrite(Base.orders)
        let (lines, _) = try lint(shadow, "-- migrate:up\nADD;\nREWRITE;\n")
        #expect(lines == ["1_x.sql:2:1 depends-on-data", "1_x.sql:3:1 table-rewrite"])
        #expect(shadow.log == ["fill", "begin", "ADD", "clear", "ADD", "REWRITE", "commit", "fill"])
    }

    @Test("A statement that fails whatever the rows are is an error with its place, and nothing is committed")
    func failure() throws {
        let shadow = FakeShadow()
        var broken = DatabaseError(code: .invalidSQL, engineCode: "42703", message: "no such column", offset: 7)
        broken.advice = nil
        shadow.failures["SELECT x"] = (broken, true)
        let error = try error { _ = try lint(shadow, "-- migrate:up\nSELECT x;\n") }
        #expect(error.code == .statementFailed && error.location?.line == 2 && error.location?.column == 8)
        #expect(shadow.log.last == "rollback")
    }

    @Test("A refusal by the guard is found, and the file goes on")
    func guardFires() throws {
        let shadow = FakeShadow()
        let error = DatabaseError(code: .refusedByTrigger, engineCode: "P0001", message: "append-only")
        shadow.failures["UPDATE"] = (error, true)
        shadow.catalogs["DROP"] = Self.unguarded
        #expect(
            try lint(shadow, "-- migrate:up\nUPDATE;\nDROP;\n").lines == [
                "1_x.sql:2:1 history-changed", "1_x.sql:3:1 guard-weakened",
            ])
    }

    @Test("A table that nobody uses yet may be rewritten; its guard must hold")
    func use() throws {
        func shadow() -> FakeShadow {
            let shadow = FakeShadow()
            shadow.current = Catalog()
            shadow.catalogs = ["CREATE": Base.catalog, "DROP": Self.unguarded]
            shadow.effects["REWRITE"] = Self.rewrite(Base.orders)
            return shadow
        }
        let create = "-- migrate:up\nCREATE;\nREWRITE;\n"
        let change = "-- migrate:up\n-- lint:allow blocking-index because x\nSELECT;\nDROP;\nREWRITE;\n"
        // Each file by itself: that before it is in use.
        #expect(
            try lint(shadow(), create, change).lines == [
                "2_x.sql:2:1 unused-waiver", "2_x.sql:4:1 guard-weakened", "2_x.sql:5:1 table-rewrite",
            ])
        // All of them together, on a database that has none of it.
        #expect(
            try lint(shadow(), knowsUse: true, create, change).lines == [
                "2_x.sql:2:1 unused-waiver", "2_x.sql:4:1 guard-weakened",
            ])
        // A comment that is needed in the first case is no superfluous one in the second.
        let allowed = "-- migrate:up\n-- lint:allow table-rewrite because it is small\nREWRITE;\n"
        #expect(try lint(shadow(), knowsUse: true, create, allowed).lines == [])
        #expect(try lint(shadow(), create, allowed).report.waived == 1)
    }

    @Test("A file that is not transactional runs statement by statement, and some outside of any transaction")
    func placements() throws {
        let shadow = FakeShadow()
        _ = try lint(
            shadow, "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY a ON b (c);\nSET x = 1;\nSELECT 1;\n")
        #expect(
            shadow.log == [
                "fill", "CREATE INDEX CONCURRENTLY a ON b (c)", "SET x = 1", "begin", "SELECT 1", "commit", "fill",
            ])
    }
}
