import SQLMigrations
import SQLSchema
import Testing

@testable import SQLMigrations

@Suite("The locks of statements, as PostgreSQL documents them")
struct StatementLockTests {
    private func lock(_ sql: String, _ dialect: Dialect = .postgres) throws -> StatementLock? {
        let statements = try StatementSplitter.statements(in: sql, file: "x.sql", dialect: dialect)
        return StatementLock(of: try #require(statements.first), in: dialect)
    }

    @Test(
        "Kinds whose lock is documented",
        arguments: [
            ("ALTER TABLE orders ADD COLUMN a int", "ACCESS EXCLUSIVE orders"),
            ("ALTER TABLE IF EXISTS ONLY s.orders DROP COLUMN a", "ACCESS EXCLUSIVE s.orders"),
            ("ALTER TABLE orders VALIDATE CONSTRAINT c", "SHARE UPDATE EXCLUSIVE orders"),
            ("ALTER TABLE orders ATTACH PARTITION p DEFAULT", "SHARE UPDATE EXCLUSIVE orders"),
            ("ALTER TABLE orders DETACH PARTITION p CONCURRENTLY", "SHARE UPDATE EXCLUSIVE orders"),
            ("ALTER TABLE orders DETACH PARTITION p", "ACCESS EXCLUSIVE orders"),
            ("ALTER TABLE orders DISABLE TRIGGER USER", "SHARE ROW EXCLUSIVE orders"),
            ("ALTER TABLE a ADD CONSTRAINT c FOREIGN KEY (b) REFERENCES b (id) NOT VALID", "SHARE ROW EXCLUSIVE a"),
            ("ALTER TABLE a ALTER COLUMN b SET STATISTICS 100", "SHARE UPDATE EXCLUSIVE a"),
            ("CREATE INDEX ON \"Orders\" (a)", "SHARE Orders"),
            ("CREATE UNIQUE INDEX CONCURRENTLY i ON s.orders (a)", "SHARE UPDATE EXCLUSIVE s.orders"),
            (
                "CREATE OR REPLACE TRIGGER t BEFORE INSERT OR UPDATE ON orders EXECUTE FUNCTION f()",
                "SHARE ROW EXCLUSIVE orders"
            ),
            ("CREATE POLICY p ON orders USING (true)", "ACCESS EXCLUSIVE orders"),
            ("CREATE TABLE p PARTITION OF orders DEFAULT", "ACCESS EXCLUSIVE orders"),
            ("DROP TABLE IF EXISTS orders", "ACCESS EXCLUSIVE orders"),
            ("DROP INDEX CONCURRENTLY IF EXISTS i", "SHARE UPDATE EXCLUSIVE i"),
            ("DROP TRIGGER t ON orders", "ACCESS EXCLUSIVE orders"),
            ("TRUNCATE TABLE orders", "ACCESS EXCLUSIVE orders"),
            ("INSERT INTO orders VALUES (1)", "ROW EXCLUSIVE orders"),
            ("UPDATE ONLY orders SET a = 1", "ROW EXCLUSIVE orders"),
            ("DELETE FROM orders", "ROW EXCLUSIVE orders"),
            ("VACUUM FULL orders", "ACCESS EXCLUSIVE"), ("VACUUM orders", "SHARE UPDATE EXCLUSIVE"),
            ("REFRESH MATERIALIZED VIEW CONCURRENTLY v", "EXCLUSIVE"),
            ("CREATE TABLE a (id int PRIMARY KEY)", "none"), ("CREATE TYPE t AS ENUM ('a')", "none"),
            ("SET search_path = a", "none"), ("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "none"),
        ])
    func documented(_ sql: String, _ expected: String) throws {
        let found = try #require(try lock(sql))
        #expect(found.certainty == .documented)
        let words = [found.lock?.rawValue, found.relation?.description].compactMap { $0 }
        #expect((words.isEmpty ? "none" : words.joined(separator: " ")) == expected)
    }

    @Test("Where details decide, the strongest lock is named as the most that it can be")
    func atMost() throws {
        let several = try lock("ALTER TABLE a VALIDATE CONSTRAINT c, ADD COLUMN b numeric(10, 2)")
        #expect(several?.lock == .accessExclusive && several?.certainty == .atMost)
        let single = try lock("ALTER TABLE a ADD COLUMN b numeric(10, 2)")
        #expect(single?.certainty == .documented)
        #expect(try lock("CREATE TABLE a (b int REFERENCES b)")?.lock == .shareRowExclusive)
    }

    @Test(
        "What is decided by the code that a statement runs is not known",
        arguments: ["DO $$ BEGIN END $$", "SELECT f()", "CALL p()", "WITH a AS (DELETE FROM t) SELECT 1"])
    func unknown(_ sql: String) throws {
        #expect(try lock(sql)?.certainty == .unknown)
    }

    @Test("SQLite has one lock, which needs no telling")
    func sqlite() throws {
        #expect(try lock("ALTER TABLE a ADD COLUMN b", .sqlite) == nil)
    }

    @Test("The locks are ordered from the weakest to the strongest")
    func order() {
        #expect(TableLock.allCases.sorted() == TableLock.allCases)
        #expect(TableLock.share < .accessExclusive && !(TableLock.accessExclusive < .share))
    }
}
