import SQLMigrations
import SQLSchema
import Testing

@Suite("The format of a migration")
struct MigrationFormatTests {
    @Test("A file has an up section and a down section")
    func sections() throws {
        let migration = try migration(
            7, "-- a comment\n-- migrate:up\nCREATE TABLE t(a);\nb\n-- migrate:down\nDROP TABLE t;\n")
        #expect(migration.version == 7)
        #expect(migration.slug == "x")
        #expect(migration.name == "7_x.sql")
        #expect(migration.path == "migrations/sqlite/7_x.sql")
        #expect(migration.up.statements.map(\.text) == ["CREATE TABLE t(a)", "b"])
        #expect(migration.up.isTransactional)
        #expect(migration.up.location.line == 2)
        #expect(migration.down?.statements.map(\.text) == ["DROP TABLE t"])
        #expect(migration.down?.location.line == 5)
        #expect(!migration.isIrreversible)
    }

    @Test("A section may say whether it runs in a transaction")
    func options() throws {
        let text = "--migrate:up   transaction:false \na;\n-- migrate:down transaction:true\nb"
        let migration = try migration(1, text)
        #expect(!migration.up.isTransactional)
        #expect(migration.down?.isTransactional == true)
    }

    @Test("A file may say that it cannot be undone")
    func irreversible() throws {
        #expect(try migration(1, "-- migrate:up\na;\n-- migrate:irreversible\n").isIrreversible)
        #expect(try migration(1, "-- migrate:irreversible\n-- migrate:up\na;").down == nil)
    }

    @Test(
        "A marker in a quote, a comment or a trigger is none",
        arguments: [
            "SELECT '\n-- migrate:down\n'", "SELECT \"\n-- migrate:down\n\"", "/*\n-- migrate:down\n*/ a",
            "CREATE TRIGGER t BEGIN a;\n-- migrate:down\nb; END",
        ])
    func quotedMarkers(sql: String) throws {
        let migration = try migration(1, "-- migrate:up\n\(sql);\n-- migrate:down\nc;")
        #expect(migration.up.statements.count == 1)
        #expect(migration.down?.statements.map(\.text) == ["c"])
    }

    @Test(
        "A marker in a body of PostgreSQL is none",
        arguments: [
            "DO $$\n-- migrate:down\n$$", "CREATE FUNCTION f() BEGIN ATOMIC a;\n-- migrate:down\nb; END",
            "/* /* */\n-- migrate:down\n*/ a",
        ])
    func quotedMarkersOfPostgres(sql: String) throws {
        let text = "-- migrate:up\n\(sql);\n-- migrate:down\nc;"
        let migration = try migration(1, text, dialect: .postgres)
        #expect(migration.up.statements.count == 1)
        #expect(migration.down?.statements.map(\.text) == ["c"])
    }

    @Test("A marker ends a statement without semicolon, and a trigger after its END")
    func markersEndStatements() throws {
        let migration = try migration(
            1, "-- migrate:up\nCREATE TRIGGER t BEGIN a; END\n-- migrate:down\nDROP TRIGGER t")
        #expect(migration.up.statements.map(\.text) == ["CREATE TRIGGER t BEGIN a; END"])
        #expect(migration.down?.statements.map(\.text) == ["DROP TRIGGER t"])
    }

    @Test(
        "A mistake is named with its place",
        arguments: [
            ("", "1:1 the file has no `-- migrate:up` line"),
            ("-- migrate:up\na;\n-- migrate:up\nb;", "3:1 `-- migrate:up` stands here a second time"),
            (
                "-- migrate:up\na;\n-- migrate:down\nb;\n-- migrate:down",
                "5:1 `-- migrate:down` stands here a second time"
            ),
            ("-- migrate:down\na;\n-- migrate:up\nb;", "1:1 `-- migrate:down` stands before `-- migrate:up`"),
            ("a; b;\n-- migrate:up\nb;", "1:1 SQL before `-- migrate:up` would never run; move it below that line"),
            (
                "-- migrate:up transacton:false\na;",
                "1:1 unknown option `transacton:false`; known is transaction:false"
            ),
            (
                "-- migrate:up\na;\n-- migrate:dwon\nb;",
                "3:1 unknown marker `migrate:dwon`; known are migrate:up, migrate:down and migrate:irreversible"
            ),
            ("-- migrate:up\na;\n  -- migrate:down\nb;", "3:3 a marker must stand at the start of its line"),
            ("-- migrate:up\n-- nothing\n", "1:1 the up section is empty; write the SQL that applies this migration"),
            (
                "-- migrate:up\na;\n-- migrate:irreversible\n-- migrate:irreversible",
                "4:1 `-- migrate:irreversible` stands here a second time"
            ),
            (
                "-- migrate:up\na;\n-- migrate:irreversible\n-- migrate:down\nb;",
                "3:1 the file is irreversible and has a down section too; remove one of them"
            ),
            ("-- migrate:up\na;\n-- migrate:irreversible x", "3:1 unknown option `x`"),
            ("\u{FEFF}-- migrate:up\na;", "1:1 the file begins with a byte-order mark; save it without one"),
            ("-- migrate:up\né\0;", "2:2 a NUL byte cannot be part of SQL"),
            ("-- migrate:up\na;\n  \\copy t", "3:3 psql commands are not SQL; write the statements themselves"),
            ("-- migrate:up\na 'b", "2:3 this string does not end"),
            ("-- migrate:up\na;\nCREATE TRIGGER t BEGIN b;", "3:1 the body of this statement has no END"),
        ])
    func mistakes(text: String, expected: String) {
        #expect(problems(text) == [expected])
    }

    @Test("A misspelt marker is not a comment")
    func misspeltMarkers() {
        for marker in ["-- Migrate:down", "-- MIGRATE:DOWN", "-- migrate: down", "--\tmigrate:down\t--x"] {
            #expect(problems("-- migrate:up\na;\n\(marker)\nb;").count == 1, "\(marker)")
        }
        #expect(problems("-- migrate:up\na; -- migrate:down is below\n-- we migrate:down later\n").isEmpty)
    }

    @Test(
        "Statements that end or open a transaction are refused",
        arguments: [
            "BEGIN", "commit", "ROLLBACK TO a", "END", "SAVEPOINT a", "RELEASE a", "/* x */ BEGIN IMMEDIATE",
        ])
    func transactionControl(sql: String) {
        for dialect in Dialect.allCases {
            #expect(problems("-- migrate:up\na;\n\(sql);", dialect: dialect).count == 1)
            #expect(problems("-- migrate:up\na;\n-- migrate:down\n\(sql);", dialect: dialect).count == 1)
        }
    }

    @Test("PostgreSQL has more of them", arguments: ["START TRANSACTION", "ABORT", "PREPARE TRANSACTION 'a'"])
    func transactionControlOfPostgres(sql: String) {
        #expect(problems("-- migrate:up\na;\n\(sql);", dialect: .postgres).count == 1)
        #expect(problems("-- migrate:up\nPREPARE a AS SELECT 1;", dialect: .postgres).isEmpty)
    }

    @Test("Invalid UTF-8 is named with its place")
    func invalidUTF8() {
        let bytes = Array("-- migrate:up\né 日 ".utf8) + [0xC3, 0x28]
        #expect(problems(bytes) == ["2:5 this byte is not valid UTF-8; save the file as UTF-8"])
    }

    @Test("All mistakes of a file are told at once")
    func manyMistakes() {
        #expect(problems("a;\n-- migrate:up x\nBEGIN;\n-- migrate:y").count == 4)
    }

    @Test("CRLF changes no statement, no location and no checksum")
    func carriageReturns() throws {
        let text = "-- migrate:up\nSELECT 'a\nb';\n  SELECT 2;\n-- migrate:down\nc;\n"
        let unix = try migration(1, text)
        let windows = try migration(1, text.replacing("\n", with: "\r\n"))
        #expect(unix == windows)
        #expect(windows.up.statements.map { "\($0.location.line):\($0.location.column)" } == ["2:1", "4:3"])
        #expect(problems("-- migrate:up\r\na;\r\n  BEGIN;\r\n").first?.hasPrefix("3:3 ") == true)
    }
}
