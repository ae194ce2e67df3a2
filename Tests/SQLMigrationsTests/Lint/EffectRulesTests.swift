import SQLMigrations
import SQLSchema
import Testing

@Suite("Lint: what a statement does to tables")
struct EffectRulesTests {
    private typealias Base = LintCatalog

    @Test("Rows of events that are written, or taken away")
    func history() {
        #expect(
            Base.findings(Base.events) {
                $0.updated = 1
                $0.deleted = 3
            } == ["history-changed: public.events: 1 row updated, 3 rows deleted"])
        #expect(Base.findings(Base.events) { $0.inserted = 2 } == ["history-changed: public.events: 2 rows inserted"])
        #expect(
            Base.findings(Base.events) {
                $0.isRewritten = true
                $0.isEmptied = true
            } == ["history-changed: public.events had events, and has none"])
        #expect(
            Base.findings(Base.orders) {
                $0.updated = 1
                $0.isEmptied = true
            } == [])
        #expect(Base.findings(Base.events, existing: []) { $0.inserted = 2 } == [])
    }

    @Test("Positions that are given again, and events that a crash takes away")
    func numbersAndLogging() {
        #expect(
            Base.findings(Base.events) { $0.isPositionSetBack = true } == [
                "stream-key-changed: public.events: the next position is one that was given before"
            ])
        #expect(
            Base.findings(Base.events) { $0.becameUnlogged = true } == ["unlogged: public.events is no longer logged"])
        #expect(
            Base.findings(Base.orders) {
                $0.isPositionSetBack = true
                $0.becameUnlogged = true
            } == [])
    }

    @Test("A rewrite; the rows of a table that is emptied are not written anew")
    func rewrite() {
        #expect(
            Base.findings(Base.orders) {
                $0.lock = .accessExclusive
                $0.isRewritten = true
                $0.scans = 1
            } == ["table-rewrite: public.orders: every row is written anew under ACCESS EXCLUSIVE"])
        #expect(
            Base.findings(Base.orders) {
                $0.isRewritten = true
                $0.isEmptied = true
            } == [])
    }

    @Test("A scan counts when writes wait for it")
    func scan() {
        for lock in [TableLock.share, .shareRowExclusive, .exclusive, .accessExclusive] {
            #expect(
                Base.findings(Base.orders) {
                    $0.lock = lock
                    $0.scans = 1
                } == ["scan-under-lock: public.orders: every row is read under \(lock.rawValue)"])
        }
        for lock in [TableLock.accessShare, .rowExclusive, .shareUpdateExclusive] {
            #expect(
                Base.findings(Base.orders) {
                    $0.lock = lock
                    $0.scans = 1
                } == [])
        }
        #expect(Base.findings(Base.orders) { $0.lock = .accessExclusive } == [])
    }

    @Test("An index or a key that is built while writes wait")
    func index() {
        func findings(_ change: (inout Table) -> Void, lock: TableLock = .share) -> [String] {
            Base.findings(Base.orders, after: Base.changing(Base.orders, change)) {
                $0.lock = lock
                $0.scans = 1
            }
        }
        let index = NamedDefinition(name: "by_note", definition: "CREATE INDEX by_note ON public.orders (note)")
        #expect(
            findings { $0.indexes = [index] } == [
                "blocking-index: public.orders: index by_note is built under SHARE"
            ])
        #expect(
            findings({ $0.uniqueKeys = [["note"]] }, lock: .accessExclusive) == [
                "blocking-index: public.orders: the unique key (note) is built under ACCESS EXCLUSIVE"
            ])
        #expect(findings({ $0.indexes = [index] }, lock: .shareUpdateExclusive) == [])
        let invalid = NamedDefinition(name: "by_note", definition: index.definition + " /* invalid */")
        #expect(
            findings({ $0.indexes = [invalid] }, lock: .shareUpdateExclusive) == [
                "invalid-index: index by_note of public.orders is not valid"
            ])
    }

    @Test("Work on rows while an earlier statement keeps everybody out")
    func longLock() {
        let fact = "while an earlier statement's ACCESS EXCLUSIVE on public.orders is held"
        #expect(
            Base.findings(Base.orders) {
                $0.lock = .accessExclusive
                $0.earlierLock = .accessExclusive
                $0.updated = 3
            } == ["long-lock: rows of public.orders are written \(fact)"])
        #expect(
            Base.findings(Base.orders) {
                $0.lock = .accessExclusive
                $0.earlierLock = .accessExclusive
                $0.scans = 1
            } == ["long-lock: every row of public.orders is read \(fact)"])
        #expect(
            Base.findings(Base.orders) {
                $0.lock = .accessExclusive
                $0.earlierLock = .accessExclusive
            } == [])
        #expect(
            Base.findings(Base.orders) {
                $0.lock = .rowExclusive
                $0.earlierLock = .rowExclusive
                $0.updated = 3
            } == [])
    }

    @Test("A lock that is waited for without an end")
    func timeout() {
        #expect(
            Base.findings(Base.orders, waitsForever: true) { $0.lock = .accessExclusive } == [
                "no-lock-timeout: public.orders: ACCESS EXCLUSIVE is waited for without a lock_timeout"
            ])
        #expect(Base.findings(Base.orders, waitsForever: true) { $0.lock = .rowExclusive } == [])
        #expect(
            Base.findings(Base.orders, waitsForever: true) {
                $0.lock = .accessExclusive
                $0.earlierLock = .accessExclusive
            } == [])
    }

    @Test("What the database refuses: because of rows, of a guard, or of the transaction")
    func refused() {
        func findings(
            _ code: DatabaseError.Code, _ engineCode: String, existing: Set<RelationName> = Base.existing
        ) -> [String] {
            let error = DatabaseError(code: code, engineCode: engineCode, message: "no")
            let observation = StatementObservation(before: Base.catalog, after: Base.catalog, error: error)
            return LintRules(of: observation, existing: existing, dialect: .postgres).findings.map {
                "\($0.rule.rawValue): \($0.fact)"
            }
        }
        #expect(
            findings(.constraintViolation, "23502") == ["depends-on-data: it fails where there are rows: no (23502)"])
        #expect(
            findings(.refusedByTrigger, "P0001") == [
                "history-changed: a trigger refuses it where there are rows: no"
            ])
        #expect(
            findings(.refusedByTrigger, "P0001", existing: [Base.orders]) == [
                "depends-on-data: a trigger refuses it where there are rows: no"
            ])
        #expect(findings(.other, "25001") == ["outside-transaction: no (25001)"])
    }

    @Test("Every rule says why it matters and what to do instead, and has a name of its own")
    func texts() {
        #expect(Set(LintRule.allCases.map(\.rawValue)).count == LintRule.allCases.count)
        for rule in LintRule.allCases {
            #expect(
                !rule.reason.isEmpty && !rule.advice.isEmpty && rule.rawValue.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil)
        }
    }
}
