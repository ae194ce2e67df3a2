import EventSourcingSQLite
import Foundation
import StandardSchema
import TestSupport
import Testing

@Suite("Doctor: what is installed, the database, its migrations and its schema")
struct DoctorTests {
    private let place: Workplace
    private let files: SampleMigrations

    init() throws {
        place = try Workplace()
        files = SampleMigrations(folder: place.folder)
    }

    /// A line of the doctor, as a script reads it.
    private struct Line: Equatable, CustomStringConvertible {
        let check: String
        let status: String
        let message: String
        let advice: String

        var description: String { "\(status) \(check): \(message); \(advice)" }
    }

    /// Runs the doctor both ways, and expects both to say the same.
    private func examine(
        _ arguments: String..., on database: String? = "test.db", exits exitCode: Int32,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> [Line] {
        let all = ["doctor"] + arguments + (database.map { ["--database", "sqlite:\($0)"] } ?? [])
        let outcome = try await place.tool.run(all + ["--json"], sourceLocation: sourceLocation)
        #expect(outcome.exitCode == exitCode, "\(outcome)", sourceLocation: sourceLocation)
        let lines = try outcome.objects().map { object in
            Line(
                check: try #require(object["check"] as? String), status: try #require(object["status"] as? String),
                message: try #require(object["message"] as? String), advice: object["advice"] as? String ?? "")
        }
        let forPeople = try await place.tool.run(all)
        #expect(forPeople.exitCode == exitCode, sourceLocation: sourceLocation)
        #expect(forPeople.errors == outcome.errors, sourceLocation: sourceLocation)
        #expect(
            forPeople.lines.map { $0.split(separator: " ").prefix(2).map(String.init) }
                == lines.map { [$0.status, $0.check] }, sourceLocation: sourceLocation)
        return lines
    }

    /// The standard migrations and what they give, as a project has them.
    private func makeProject() async throws {
        for migration in Schema.embedded.migrations[.sqlite] ?? [] {
            try place.folder.write(migration.text, to: "migrations/sqlite/\(migration.name)")
        }
        try await place.run("schema", "dump", on: nil)
        try await place.run("migrate", "up")
    }

    private func change(_ sql: String...) throws {
        let connection = try SQLiteConnection(path: place.folder.file("test.db"), mode: .write)
        for statement in sql { try connection.execute(statement) }
    }

    // MARK: All is well

    @Test("A project that is in order: every check is ok, and nothing is changed")
    func inOrder() async throws {
        try await makeProject()
        try await place.run("append", "a", "--type", "T")
        let before = try place.folder.data(of: "test.db")
        let lines = try await examine(exits: 0)
        #expect(lines.allSatisfy { $0.status == "ok" && $0.advice == "" }, "\(lines)")
        #expect(
            lines.map(\.check) == [
                "event-store", "sqlite", "libpq", "schema-snapshot", "folder", "file-system", "database",
                "journal-mode",
                "durability", "integrity", "size", "migrations", "append-only", "drift",
            ])
        let messages = Dictionary(uniqueKeysWithValues: lines.map { ($0.check, $0.message) })
        #expect(try #require(messages["sqlite"]).contains(/^3\.\d+/))
        #expect(messages["schema-snapshot"] == "schema/schema.json is what the migrations give")
        #expect(messages["journal-mode"] == "wal")
        #expect(messages["durability"]?.hasPrefix("synchronous = FULL") == true)
        #expect(messages["migrations"] == "3 applied, none is pending (migrations/sqlite)")
        #expect(messages["append-only"] == "events refuses UPDATE and DELETE")
        #expect(messages["drift"] == "the database has exactly schema/schema.json")
        #expect(try place.folder.data(of: "test.db") == before)
        #expect(!place.folder.exists("test.db-wal"))
    }

    @Test("A database that the command line has made needs no project around it")
    func noProject() async throws {
        try await place.run("append", "a", "--type", "T")
        let lines = try await examine(exits: 0)
        #expect(lines.contains { $0.message == "3 applied, none is pending (the standard migrations)" }, "\(lines)")
        #expect(lines.contains { $0.message == "the database has exactly what the applied migrations give" })
    }

    @Test("Without a database the rest is checked")
    func noDatabase() async throws {
        let alone = try await examine(on: nil, exits: 0)
        #expect(alone.map(\.check) == ["event-store", "sqlite", "libpq", "schema-snapshot", "database"])
        try await makeProject()
        let project = try await examine(on: nil, exits: 0)
        #expect(project.last?.message == "3 files in migrations/sqlite are well formed")
        try files.write("99990101000000_x", "SELECT 1;\n")
        let broken = try await examine(on: nil, exits: 1)
        #expect(
            broken.contains {
                $0.status == "problem" && $0.message.hasPrefix("migrations/sqlite/99990101000000_x.sql:1:1: ")
            })
        #expect(!place.folder.exists("doctor.db"))
    }

    // MARK: The database

    @Test("A database that is not there, or is none, is unreachable, and is not created")
    func unreachable() async throws {
        let missing = try await examine(exits: 3)
        #expect(missing.last?.check == "database")
        #expect(missing.last?.status == "problem")
        #expect(missing.last?.message.contains("there is no such file") == true)
        #expect(!place.folder.exists("test.db"))
        let lost = try await examine(on: "no/such/folder.db", exits: 3)
        #expect(
            lost.contains {
                $0.check == "folder" && $0.status == "problem" && $0.message.contains("there is no folder")
            })
        try place.folder.write(String(repeating: "no database ", count: 200), to: "text.db")
        #expect(try await examine(on: "text.db", exits: 3).last?.message.contains("file is not a database") == true)
    }

    @Test("A file in another journal mode is pointed out, and the advice helps")
    func journalMode() async throws {
        try await makeProject()
        try change("PRAGMA journal_mode = DELETE")
        let lines = try await examine(exits: 1)
        let found = lines.filter { $0.status != "ok" }
        #expect(found.map(\.check) == ["journal-mode"])
        #expect(found.first?.message.hasPrefix("delete: ") == true)
        #expect(found.first?.advice.contains("event-store migrate up") == true)
        try await place.run("migrate", "up")
        _ = try await examine(exits: 0)
    }

    @Test("A damaged file is found")
    func damaged() async throws {
        try await makeProject()
        let lines = (1...500).map {
            #"{"specversion":"1.0","id":"\#($0)","source":"/s","type":"T","subject":"a"}"# + "\n"
        }
        try await place.run("import", "-", input: Data(lines.joined().utf8))
        let pages = try place.texts(
            "SELECT CAST(max(rootpage) AS TEXT) FROM sqlite_schema WHERE tbl_name = 'events' AND type = 'table'")
        let root = try #require(pages.first.flatMap { Int($0) })
        var file = try place.folder.data(of: "test.db")
        // The page that leads to all events; its size is the one that SQLite chooses by default.
        file.replaceSubrange((root - 1) * 4096 + 8..<root * 4096, with: Data(repeating: 0xFF, count: 4088))
        try place.folder.write(file, to: "test.db")
        let found = try await examine(exits: 1).filter { $0.status == "problem" }
        #expect(found.contains { $0.check == "integrity" }, "\(found)")
    }

    @Test("A WAL that was not emptied is measured, and a large one is pointed out")
    func size() async throws {
        try await makeProject()
        let writer = try SQLiteConnection(path: place.folder.file("test.db"), mode: .write)
        try writer.execute("PRAGMA wal_autocheckpoint = 0")
        try writer.execute("CREATE TABLE filler (bytes BLOB)")
        try writer.execute("INSERT INTO filler VALUES (zeroblob(70000000))")
        let size = try #require(try await examine(exits: 1).first { $0.check == "size" })
        #expect(size.status == "warning")
        #expect(size.message.contains(/, and 7\d\.\d MB in the WAL/), "\(size)")
        try writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        let after = try #require(try await examine(exits: 1).first { $0.check == "size" })
        #expect(after.status == "ok")
        #expect(after.message.contains(/^7\d\.\d MB, and 0 bytes in the WAL$/), "\(after)")
    }

    @Test("A folder that the user may not write to is pointed out")
    func readOnlyFolder() async throws {
        try FileManager.default.createDirectory(atPath: place.folder.file("closed"), withIntermediateDirectories: true)
        try await place.run("append", "a", "--type", "T", on: "closed/test.db")
        let closed = place.folder.file("closed")
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: closed)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: closed) }
        // Nothing is closed to root, unless it gives that privilege up.
        let withoutPrivilege = geteuid() == 0 ? "setpriv --bounding-set=-all --inh-caps=-all " : ""
        let outcome = try await place.tool.startShell(
            #"\#(withoutPrivilege)"$0" doctor --database sqlite:closed/test.db"#
        ).outcome()
        #expect(outcome.exitCode == 3, "\(outcome)")
        let folder = try #require(outcome.lines.first { $0.contains(" folder ") })
        #expect(folder.hasPrefix("problem "))
        #expect(folder.contains("closed cannot be written to"))
    }

    // MARK: Migrations

    @Test("Pending, edited and missing migrations are found, with what to do")
    func migrations() async throws {
        try files.write("1_a", SampleMigrations.table("a"))
        try files.write("2_b", SampleMigrations.table("b"))
        try await place.run("migrate", "up")
        try files.write("3_c", SampleMigrations.table("c"))
        func found() async throws -> [Line] {
            try await examine(exits: 1).filter { $0.check == "migrations" }
        }
        let pending = try await found()
        #expect(pending.map(\.status) == ["warning"])
        #expect(pending.first?.message == "1 pending, first 3_c.sql (migrations/sqlite)")
        #expect(pending.first?.advice == "apply with: event-store migrate up")

        try files.write("1_a", SampleMigrations.table("edited"))
        try files.remove("2_b")
        let all = try await found()
        #expect(all.map(\.status) == ["problem", "problem", "warning"])
        #expect(all[0].message.hasPrefix("migrations/sqlite/1_a.sql:1:1: version 1 was edited"))
        #expect(all[1].message.hasPrefix("2_b.sql: version 2 was applied"))

        try files.write("1_a", SampleMigrations.table("a"))
        try files.write("2_b", SampleMigrations.table("b"))
        try await place.run("migrate", "up")
        try files.write("02_late", SampleMigrations.table("late"))
        #expect(try await found().first?.message.contains("is also that of") == true)
        try files.remove("02_late")
        try change("DELETE FROM schema_history WHERE version = 2", "DROP TABLE b")
        let late = try await found()
        #expect(late.map(\.status) == ["problem"])
        #expect(late.first?.message.contains("--allow-out-of-order 2") == true)
    }

    @Test("A migration that stopped half-way is a problem")
    func halfDone() async throws {
        try files.write("1_a", "-- migrate:up transaction:false\nCREATE TABLE a (x);\nINSERT INTO nope VALUES (1);\n")
        try await place.run("migrate", "up", exits: 5)
        let lines = try await examine(exits: 1)
        #expect(
            lines.contains { $0.status == "problem" && $0.message == "1_a.sql stopped after statement 1" }, "\(lines)")
        #expect(lines.contains { $0.check == "drift" && $0.status == "ok" })
    }

    @Test("Migrations of a team are not judged from another folder")
    func otherFolder() async throws {
        try await makeProject()
        try files.write("99990101000000_x", SampleMigrations.table("x"))
        try await place.run("migrate", "up")
        try FileManager.default.moveItem(atPath: place.folder.file("migrations"), toPath: place.folder.file("moved"))
        try FileManager.default.removeItem(atPath: place.folder.file("schema"))
        let lines = try await examine(exits: 1).filter { $0.status != "ok" }
        #expect(lines.map(\.check) == ["migrations"])
        #expect(lines.first?.message == "1 of 4 applied migrations are not known here, such as 99990101000000_x.sql")
        #expect(lines.first?.advice.contains("--migrations") == true)
        _ = try await examine("--migrations", "moved", exits: 0)
    }

    // MARK: The schema

    @Test("A snapshot that is not what the migrations give is stale; one that is broken is a problem")
    func staleSnapshot() async throws {
        try await makeProject()
        try files.write("99990101000000_x", SampleMigrations.table("x"))
        let stale = try await examine(exits: 1).filter { $0.check == "schema-snapshot" }
        #expect(stale.map(\.status) == ["warning"])
        #expect(stale.first?.message == "schema/schema.json, schema/sqlite.sql: not what the migrations give")
        #expect(stale.first?.advice.contains("event-store schema dump") == true)
        try await place.run("schema", "dump", on: nil)
        try await place.run("migrate", "up")
        _ = try await examine(exits: 0)
        try place.folder.write("{\n  \"format\": }\n", to: "schema/schema.json")
        let broken = try await examine(exits: 1).filter { $0.status != "ok" }
        #expect(broken.map(\.check) == ["schema-snapshot"])
        #expect(broken.first?.message.hasPrefix("schema/schema.json:2:") == true)
    }

    @Test("A schema that was changed by hand is found, also while a migration is pending, which is no drift itself")
    func drift() async throws {
        try await makeProject()
        try files.write("99990101000000_x", SampleMigrations.table("x"))
        try await place.run("schema", "dump", on: nil)
        let pending = try await examine(exits: 1)
        #expect(pending.filter { $0.status != "ok" }.map(\.check) == ["migrations"], "\(pending)")
        try change("ALTER TABLE events ADD COLUMN region TEXT", "CREATE TABLE stray (n)")
        for _ in 0..<2 {
            let drift = try #require(try await examine(exits: 1).first { $0.check == "drift" })
            #expect(drift.status == "problem")
            #expect(drift.message.contains("column events.region: added, TEXT"))
            #expect(drift.message.contains("table stray: added"))
            try await place.run("migrate", "up")
        }
    }

    @Test(
        "Events that could be changed are a problem: a guard that is gone, or guards less",
        arguments: [
            ([], "events does not refuse UPDATE; DELETE"),
            (
                ["CREATE TRIGGER t BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'no'); END"],
                "events does not refuse DELETE"
            ),
            (
                [
                    "CREATE TRIGGER t BEFORE UPDATE OF type, data ON events BEGIN SELECT RAISE(FAIL, 'no'); END",
                    "CREATE TRIGGER u AFTER DELETE ON events BEGIN SELECT RAISE(ROLLBACK, 'no'); END",
                ], "events does not refuse UPDATE of position; UPDATE of aggregate_id; UPDATE of version; and 12 more"
            ),
            (
                [
                    "CREATE TRIGGER t BEFORE UPDATE ON events BEGIN SELECT RAISE(IGNORE); END",
                    "CREATE TRIGGER u BEFORE DELETE ON events WHEN OLD.version > 5 BEGIN SELECT RAISE(ABORT, 'no'); END",
                ], "events does not refuse UPDATE; DELETE"
            ),
            (
                [
                    "CREATE TRIGGER a BEFORE UPDATE ON events BEGIN INSERT INTO elsewhere VALUES (1); END",
                    "CREATE TRIGGER t BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'no'); END",
                    "CREATE TRIGGER u BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'no'); END",
                ], "events refuses UPDATE and DELETE"
            ),
        ] as [([String], String)])
    func appendOnly(triggers: [String], message: String) async throws {
        try await makeProject()
        try change(
            "DROP TRIGGER events_refuse_update", "DROP TRIGGER events_refuse_delete", "CREATE TABLE elsewhere (n)")
        for trigger in triggers { try change(trigger) }
        let line = try #require(try await examine(exits: 1).first { $0.check == "append-only" })
        #expect(line.message == message)
        #expect(line.status == (message.contains("not") ? "problem" : "ok"))
    }

    @Test("A table of the team's own is an events table by its columns")
    func ownTable() async throws {
        try files.write(
            "1_own",
            """
            -- migrate:up
            CREATE TABLE "own ""events" (aggregate_id TEXT, version INTEGER, event_id TEXT, "from" TEXT) STRICT;
            CREATE TRIGGER "no update" BEFORE UPDATE ON "own ""events" BEGIN SELECT RAISE(ABORT, 'no'); END;
            """)
        try await place.run("migrate", "up")
        let line = try #require(try await examine(exits: 1).first { $0.check == "append-only" })
        #expect(line.message == "own \"events does not refuse DELETE")
    }
}
