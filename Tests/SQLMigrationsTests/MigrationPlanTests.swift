import SQLMigrations
import SQLSchema
import Testing

@Suite("The plan")
struct MigrationPlanTests {
    private let one: Migration
    private let two: Migration
    private let three: Migration
    private var all: [Migration] { [one, two, three] }

    init() throws {
        one = try migration(1, "-- migrate:up\na;\n-- migrate:down\nundo a;")
        two = try migration(2, "-- migrate:up\nb;\n-- migrate:down\nundo b;")
        three = try migration(3, "-- migrate:up transaction:false\nc;\nVACUUM;\nd;\n-- migrate:irreversible")
    }

    private func half(_ state: MigrationRecord.State, done: Int, error: String? = nil) -> MigrationRecord {
        var record = applied(three)
        record.state = state
        record.statementsDone = done
        record.error = error
        return record
    }

    @Test("What is not applied is pending, in the order of the versions")
    func pending() {
        let plan = MigrationPlan(migrations: [three, one, two], records: [applied(one)])
        #expect(plan.pending == [two, three])
        #expect(plan.problems.isEmpty)
        #expect(MigrationPlan(migrations: all, records: []).pending == all)
        #expect(MigrationPlan(migrations: all, records: all.map { applied($0) }).pending.isEmpty)
    }

    @Test("A target ends the plan, and must exist")
    func target() {
        #expect(MigrationPlan(migrations: all, records: [], upTo: 2).pending == [one, two])
        #expect(MigrationPlan(migrations: all, records: [applied(one)], upTo: 1).pending.isEmpty)
        #expect(MigrationPlan(migrations: all, records: [], upTo: 9).problems.map(\.code) == [.unknownVersion])
    }

    @Test("An applied file that was edited is named with its version")
    func edited() throws {
        let before = try migration(2, "-- migrate:up\nB;")
        let plan = MigrationPlan(migrations: all, records: [applied(one), applied(before)])
        let problem = try #require(plan.problems.first)
        #expect(problem.code == .edited)
        #expect(
            "\(problem)".hasPrefix(
                "migrations/sqlite/2_x.sql:1:1: error: version 2 was edited after it was applied on "
                    + "2026-01-01T00:00:00Z"))
        #expect(plan.pending == [three])
    }

    @Test("An applied file that is gone is named with its version")
    func missing() throws {
        let plan = MigrationPlan(migrations: [one, three], records: [applied(one), applied(two)])
        #expect(plan.problems.map(\.code) == [.missing])
        #expect(plan.problems.first?.message.hasPrefix("2_x.sql: version 2 was applied on 2026-01-01") == true)
    }

    @Test("Versions beyond the last file are kept apart, because a newer build may have applied them")
    func newer() {
        let records = all.map { applied($0) }
        let plan = MigrationPlan(migrations: [one], records: records)
        #expect(plan.problems.isEmpty)
        #expect(plan.newer.map(\.version) == [2, 3])
        #expect(plan.problemsWithNewer.map(\.code) == [.missing, .missing])
    }

    @Test("A version below an applied one is refused unless it is allowed by its number")
    func outOfOrder() {
        let records = [applied(two)]
        #expect(MigrationPlan(migrations: all, records: records).problems.map(\.code) == [.outOfOrder])
        let other = MigrationPlan(migrations: all, records: records, allowingOutOfOrder: [3])
        #expect(other.problems.map(\.code) == [.outOfOrder])
        let allowed = MigrationPlan(migrations: all, records: records, allowingOutOfOrder: [1])
        #expect(allowed.problems.isEmpty)
        #expect(allowed.pending == [one, three])
    }

    @Test("A migration that was begun comes first, and goes on after the statements that ran")
    func begun() {
        let four = half(.running, done: 2)
        let plan = MigrationPlan(migrations: all, records: [four], allowingOutOfOrder: [1, 2])
        #expect(plan.problems.isEmpty)
        #expect(plan.steps.map(\.migration.version) == [3, 1, 2])
        #expect(plan.steps.map(\.statementsDone) == [2, 0, 0])
    }

    @Test("A statement that may have run outside a transaction is for a person to decide")
    func undecided() throws {
        let records = [applied(one), applied(two), half(.running, done: 1)]
        let problem = try #require(MigrationPlan(migrations: all, records: records).problems.first)
        #expect(problem.code == .undecided)
        #expect(problem.location?.description == "migrations/sqlite/3_x.sql:3:1")
        #expect(problem.sourceLine == "VACUUM;")
        #expect(problem.message.contains("`migrate repair --version 3 --done 2`"))
    }

    @Test("A statement that failed is known not to have run")
    func failed() {
        let records = [applied(one), applied(two), half(.failed, done: 1, error: "full")]
        let plan = MigrationPlan(migrations: all, records: records)
        #expect(plan.problems.isEmpty)
        #expect(plan.steps.first?.statementsDone == 1)
    }

    @Test("A half-done file that was edited says how far it came")
    func editedHalfDone() throws {
        let edited = try migration(3, "-- migrate:up transaction:false\nc;\ne;")
        let plan = MigrationPlan(migrations: [one, two, edited], records: [half(.failed, done: 1, error: "x")])
        let problem = try #require(plan.problems.first { $0.code == .edited })
        #expect(problem.message.contains("up to statement 1 of 3"))
    }

    @Test("A migration that is half undone stands in the way")
    func undoing() {
        #expect(
            MigrationPlan(migrations: all, records: [half(.undoing, done: 0)], allowingOutOfOrder: [1, 2])
                .problems.map(\.code) == [.unfinished])
    }

    @Test("The status tells every state")
    func status() throws {
        let edited = try migration(2, "-- migrate:up\nB;")
        let gone = try migration(4, "-- migrate:up\ne;")
        let five = try migration(5, "-- migrate:up\nf;")
        let six = try migration(6, "-- migrate:up\ng;")
        let rows = MigrationStatus.rows(
            migrations: [one, two, three, five], records: [applied(edited), half(.failed, done: 1), applied(gone)])
        #expect(rows.map(\.version) == [1, 2, 3, 4, 5])
        #expect(rows.map(\.state) == [.outOfOrder, .edited, .failed, .missing, .pending])
        #expect(MigrationStatus.rows(migrations: [one], records: [applied(one)]).map(\.state) == [.applied])
        #expect(MigrationStatus.rows(migrations: [one], records: [applied(six)]).map(\.state) == [.outOfOrder, .newer])
        #expect(rows[3].name == "4_x.sql")
        #expect(rows[1].record?.duration == 1_000)
    }

    // MARK: Undoing

    @Test("The last one applied is undone first, whatever its version is")
    func undoOrder() {
        let records = [applied(two, sequence: 1), applied(one, sequence: 2)]
        #expect(
            MigrationUndoPlan(migrations: all, records: records, .steps(1)).steps.map(\.migration) == [one])
        #expect(
            MigrationUndoPlan(migrations: all, records: records, .steps(5)).steps.map(\.migration) == [one, two])
        #expect(
            MigrationUndoPlan(migrations: all, records: records, .after(2)).steps.map(\.migration) == [one])
        #expect(
            MigrationUndoPlan(migrations: all, records: records, .after(0)).steps.map(\.migration) == [one, two])
        #expect(
            MigrationUndoPlan(migrations: all, records: records, .after(3)).problems.map(\.code) == [.unknownVersion])
    }

    @Test("What cannot be undone is told before anything is")
    func notReversible() throws {
        let empty = try migration(4, "-- migrate:up\ne;\n-- migrate:down\n-- later")
        let records = [applied(one), applied(three), applied(empty)]
        let plan = MigrationUndoPlan(migrations: all + [empty], records: records, .steps(3))
        #expect(plan.problems.map(\.code) == [.notReversible, .notReversible])
        let gone = MigrationUndoPlan(migrations: [], records: [applied(one)], .steps(1))
        #expect(gone.problems.map(\.code) == [.missing])
        let edited = try migration(1, "-- migrate:up\nA;")
        let changed = MigrationUndoPlan(migrations: all, records: [applied(edited)], .steps(1))
        #expect(changed.problems.map(\.code) == [.edited])
    }

    @Test("A migration that is only half applied cannot be undone")
    func halfApplied() throws {
        let text = "-- migrate:up transaction:false\na;\nb;\n-- migrate:down\nc;"
        let migration = try migration(1, text)
        var record = applied(migration)
        record.state = .failed
        record.statementsDone = 1
        let plan = MigrationUndoPlan(migrations: [migration], records: [record], .steps(1))
        #expect(plan.problems.map(\.code) == [.unfinished])
    }
}
