import SQLMigrations
import SQLSchema
import Testing

@Suite("Waiting for locks")
struct LockWaitTests {
    @Test("Pauses grow up to a second, never reach beyond the patience, and are told ever more seldom")
    func pauses() {
        let wait = LockWait(patience: .seconds(10))
        func pause(_ attempt: Int) -> LockWait.Decision { wait.decision(attempt: attempt, elapsed: .zero) }
        #expect(pause(1) == .retry(after: .milliseconds(50), isTold: true))
        #expect(pause(2) == .retry(after: .milliseconds(100), isTold: true))
        #expect(pause(3) == .retry(after: .milliseconds(200), isTold: false))
        #expect(pause(4) == .retry(after: .milliseconds(400), isTold: true))
        #expect(pause(5) == .retry(after: .milliseconds(800), isTold: false))
        #expect(pause(1000) == .retry(after: .seconds(1), isTold: false))
        #expect(pause(1024) == .retry(after: .seconds(1), isTold: true))
        let late = wait.decision(attempt: 9, elapsed: .milliseconds(9_970))
        #expect(late == .retry(after: .milliseconds(30), isTold: false))
        #expect(wait.decision(attempt: 9, elapsed: .seconds(10)) == .giveUp)
        #expect(LockWait(patience: .zero).decision(attempt: 1, elapsed: .zero) == .giveUp)
    }

    private func migrations(_ text: String) throws -> [Migration] {
        [try migration(1, text, dialect: .postgres)]
    }

    @Test("A file that does not get a lock is rolled back and run again from its beginning")
    func retry() throws {
        let database = FakeDatabase(dialect: .postgres)
        database.lockWait = LockWait(patience: .seconds(600))
        database.locked = (statement: "b", attempts: 3)
        var events: [MigrationEvent] = []
        let migrations = try migrations("-- migrate:up\na;\nb;\n")
        try Migrator(database: database, migrations: migrations, tool: "test") { events.append($0) }.up()
        #expect(database.server.executed == ["a", "b"])
        #expect(database.server.history.map(\.state) == [.applied])
        let told = events.compactMap {
            if case .retrying(_, let attempt, let holder) = $0 { (attempt, holder) } else { nil }
        }
        #expect(told.map(\.0) == [1, 2] && told.allSatisfy { $0.1 == "somebody" })
    }

    @Test("A statement of a file without a transaction is tried again by itself")
    func retryOne() throws {
        let database = FakeDatabase(dialect: .postgres)
        database.lockWait = LockWait(patience: .seconds(600))
        database.locked = (statement: "b", attempts: 2)
        let migrations = try migrations("-- migrate:up transaction:false\na;\nb;\n-- migrate:down\nc;\n")
        let migrator = Migrator(database: database, migrations: migrations, tool: "test")
        try migrator.up()
        #expect(database.server.executed == ["a", "b"])
        database.locked = (statement: "c", attempts: 2)
        try migrator.down()
        #expect(database.server.executed == ["a", "b", "c"])
    }

    @Test("Without patience, and without a rule for waiting, the failure is one; nothing remains")
    func giveUp() throws {
        for wait in [LockWait(patience: .zero), nil] {
            let database = FakeDatabase(dialect: .postgres)
            database.lockWait = wait
            database.locked = (statement: "b", attempts: 1)
            let migrations = try migrations("-- migrate:up\na;\nb;\n")
            let error = try error { try Migrator(database: database, migrations: migrations, tool: "test").up() }
            #expect(error.databaseError?.code == .busy && error.location?.line == 3)
            #expect(error.message.contains("; it was tried 1 times; somebody") == (wait != nil))
            #expect(database.server.executed == [] && database.server.history == [])
        }
    }

    @Test("Other failures are not tried again")
    func otherFailure() throws {
        let database = FakeDatabase(dialect: .postgres)
        database.lockWait = LockWait(patience: .seconds(600))
        database.failures["a"] = syntaxError
        let migrations = try migrations("-- migrate:up\na;\n")
        #expect(
            try error { try Migrator(database: database, migrations: migrations, tool: "test").up() }.code
                == .statementFailed)
        #expect(database.transactionsBegun == 1)
    }
}
