import SQLMigrations
import SQLSchema
import Testing

@Suite("Migrations with transaction:false")
struct MigratorResumeTests {
    private let migrations: [Migration]

    init() throws {
        let text = """
            -- migrate:up transaction:false
            PRAGMA foreign_keys = OFF;
            a;
            VACUUM;
            b;
            -- migrate:down transaction:false
            undo a;
            VACUUM;
            undo b;
            """
        migrations = [try migration(1, text)]
    }

    private func migrator(
        _ database: FakeDatabase, report: @escaping (MigrationEvent) -> Void = { _ in }
    ) -> Migrator {
        Migrator(database: database, migrations: migrations, tool: "test", report: report)
    }

    @Test("Each statement is committed on its own, and the row says when all are done")
    func up() throws {
        let database = FakeDatabase()
        var events: [MigrationEvent] = []
        try migrator(database) { events.append($0) }.up()
        #expect(database.server.executed == ["PRAGMA foreign_keys = OFF", "a", "VACUUM", "b"])
        let record = try #require(database.server.history.first)
        #expect(record.state == .applied)
        #expect(record.statementsDone == 4)
        #expect(!record.isTransactional)
        #expect(record.duration != nil)
        #expect(events == [.applying(migrations[0], statementsDone: 0), .applied(record)])
    }

    @Test("When a statement fails, those before it stay and a retry goes on with it")
    func failure() throws {
        let server = FakeServer()
        let database = FakeDatabase(server)
        database.failures["b"] = syntaxError
        var events: [MigrationEvent] = []
        let error = try error { try migrator(database) { events.append($0) }.up() }
        #expect(error.location?.line == 5)
        #expect(events.last == .stopped(migrations[0], statementsDone: 3))
        #expect(server.history.map(\.state) == [.failed])
        #expect(server.history.first?.statementsDone == 3)
        #expect(server.history.first?.error == "no such column: foo (SQLITE_ERROR (1))")

        events = []
        try migrator(FakeDatabase(server)) { events.append($0) }.up()
        #expect(events.first == .applying(migrations[0], statementsDone: 3))
        #expect(server.history.map(\.state) == [.applied])
        #expect(server.history.first?.error == nil)
        #expect(
            server.executed == ["PRAGMA foreign_keys = OFF", "a", "VACUUM", "PRAGMA foreign_keys = OFF", "b"])
    }

    @Test("A statement outside a transaction that failed is tried again")
    func failureOutside() throws {
        let server = FakeServer()
        let database = FakeDatabase(server)
        database.failures["VACUUM"] = syntaxError
        _ = try error { try migrator(database).up() }
        try migrator(FakeDatabase(server)).up()
        #expect(server.executed.suffix(2) == ["VACUUM", "b"])
    }

    @Test("A process that is killed within a transaction goes on with the statement that was lost")
    func killedInside() throws {
        for statement in ["a", "b"] {
            let server = FakeServer()
            let database = FakeDatabase(server)
            database.killedAfter = statement
            #expect(throws: FakeDatabase.Killed.self) { try migrator(database).up() }
            #expect(server.history.map(\.state) == [.running])
            #expect(!server.executed.contains(statement))
            try migrator(FakeDatabase(server)).up()
            #expect(server.executed.filter { $0 == statement }.count == 1)
            #expect(server.executed.filter { $0 == "VACUUM" }.count == 1)
            #expect(server.history.map(\.state) == [.applied])
        }
    }

    @Test("A process that is killed at a PRAGMA repeats it, because that is safe")
    func killedAtPragma() throws {
        let server = FakeServer()
        let database = FakeDatabase(server)
        database.killedAfter = "PRAGMA foreign_keys = OFF"
        #expect(throws: FakeDatabase.Killed.self) { try migrator(database).up() }
        try migrator(FakeDatabase(server)).up()
        #expect(server.history.map(\.state) == [.applied])
    }

    @Test("A process that is killed at a VACUUM leaves a question, which a person settles")
    func killedOutside() throws {
        for (ran, repeated) in [(true, 1), (false, 1)] {
            let server = FakeServer()
            let database = FakeDatabase(server)
            if ran { database.killedAfter = "VACUUM" } else { database.killedAt = "VACUUM" }
            #expect(throws: FakeDatabase.Killed.self) { try migrator(database).up() }

            let next = FakeDatabase(server)
            let error = try error { try migrator(next).up() }
            #expect(error.code == .undecided)
            #expect(error.sourceLine == "VACUUM;")
            try migrator(next).settle(version: 1, statementsDone: ran ? 3 : 2)
            try migrator(next).up()
            #expect(server.executed.filter { $0 == "VACUUM" }.count == repeated)
            #expect(server.history.map(\.state) == [.applied])
        }
    }

    @Test("A statement that ran but could not be counted leaves the same question")
    func uncounted() throws {
        let server = FakeServer()
        let database = FakeDatabase(server)
        let busy = DatabaseError(code: .busy, engineCode: "SQLITE_BUSY (5)", message: "database is locked")
        database.countFailure = (statementsDone: 3, error: busy)
        #expect(throws: busy) { try migrator(database).up() }
        #expect(server.executed.last == "VACUUM")
        #expect(server.history.map(\.state) == [.running])
        #expect(try error { try migrator(FakeDatabase(server)).up() }.code == .undecided)
    }

    @Test("Two processes that work on one file do each statement in a transaction once")
    func concurrent() throws {
        let server = FakeServer()
        let text = "-- migrate:up transaction:false\na;\nb;\nc;"
        let migrations = [try migration(1, text)]
        let first = FakeDatabase(server)
        var events = 0
        // The other process starts when the first one has recorded that it runs.
        let migrator = Migrator(database: first, migrations: migrations, tool: "test") { _ in
            events += 1
            guard events == 1 else { return }
            first.beforeBegin = {
                try Migrator(database: FakeDatabase(server), migrations: migrations, tool: "test").up()
            }
        }
        try migrator.up()
        #expect(server.executed == ["a", "b", "c"])
        #expect(server.history.map(\.state) == [.applied])
    }

    @Test("Undoing goes statement by statement too, and on where it stopped")
    func down() throws {
        let server = FakeServer()
        let database = FakeDatabase(server)
        try migrator(database).up()
        database.failures["undo b"] = syntaxError
        _ = try error { try migrator(database).down() }
        #expect(server.history.map(\.state) == [.undoing])
        #expect(server.history.first?.statementsDone == 2)
        #expect(try error { try migrator(FakeDatabase(server)).up() }.code == .unfinished)

        try migrator(FakeDatabase(server)).down()
        #expect(server.history.isEmpty)
        #expect(server.executed.suffix(3) == ["undo a", "VACUUM", "undo b"])
    }

    @Test("Undoing that was killed at a VACUUM leaves a question too")
    func killedDown() throws {
        let server = FakeServer()
        try migrator(FakeDatabase(server)).up()
        let database = FakeDatabase(server)
        database.killedAt = "VACUUM"
        #expect(throws: FakeDatabase.Killed.self) { try migrator(database).down() }
        #expect(try error { try migrator(FakeDatabase(server)).down() }.code == .undecided)
        try migrator(FakeDatabase(server)).settle(version: 1, statementsDone: 2)
        try migrator(FakeDatabase(server)).down()
        #expect(server.history.isEmpty)
    }

    @Test("PostgreSQL runs what it refuses in a transaction outside of one")
    func postgres() throws {
        let text = """
            -- migrate:up transaction:false
            SET lock_timeout = '1s';
            CREATE UNIQUE INDEX CONCURRENTLY i ON t (a);
            REINDEX (VERBOSE) TABLE CONCURRENTLY t;
            ALTER TYPE e ADD VALUE 'x';
            """
        let migrations = [try migration(1, text, dialect: .postgres)]
        let server = FakeServer()
        let database = FakeDatabase(server, dialect: .postgres)
        database.killedAt = "REINDEX (VERBOSE) TABLE CONCURRENTLY t"
        #expect(throws: FakeDatabase.Killed.self) {
            try Migrator(database: database, migrations: migrations, tool: "test").up()
        }
        #expect(server.executed.count == 2)
        let plan = MigrationPlan(migrations: migrations, records: server.history)
        #expect(plan.problems.map(\.code) == [.undecided])
    }
}
