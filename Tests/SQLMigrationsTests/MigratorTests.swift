import SQLMigrations
import SQLSchema
import Testing

@Suite("The migrator")
struct MigratorTests {
    private func files(_ texts: String...) throws -> [Migration] {
        try texts.enumerated().map { try migration(Int64($0.offset + 1), $0.element) }
    }

    private func migrator(
        _ database: FakeDatabase, _ migrations: [Migration], toleratesNewer: Bool = false,
        report: @escaping (MigrationEvent) -> Void = { _ in }
    ) -> Migrator {
        Migrator(
            database: database, migrations: migrations, tool: "test 1", toleratesNewer: toleratesNewer, report: report)
    }

    @Test("Each file is applied once and leaves its row in the history")
    func up() throws {
        let database = FakeDatabase()
        let migrations = try files("-- migrate:up\na;\nb;", "-- migrate:up\nc;")
        var events: [MigrationEvent] = []
        try migrator(database, migrations) { events.append($0) }.up()
        #expect(database.server.executed == ["a", "b", "c"])
        let record = try #require(database.server.history.first)
        #expect(database.server.history.map(\.version) == [1, 2])
        #expect(database.server.history.map(\.sequence) == [1, 2])
        #expect(record.name == "1_x.sql")
        #expect(record.checksum == migrations[0].checksum)
        #expect(record.state == .applied)
        #expect(record.statementsDone == 2)
        #expect(record.statements == 2)
        #expect(record.isTransactional)
        #expect(record.tool == "test 1")
        #expect(record.appliedBy == "somebody")
        #expect(record.startedAt > 1_700_000_000_000_000)
        #expect(record.duration != nil)
        #expect(
            events == [
                .applying(migrations[0], statementsDone: 0), .applied(record),
                .applying(migrations[1], statementsDone: 0), .applied(database.server.history[1]),
            ])
    }

    @Test("A second time nothing is done, and no lock is taken")
    func upAgain() throws {
        let database = FakeDatabase()
        let migrations = try files("-- migrate:up\na;")
        try migrator(database, migrations).up()
        #expect(database.transactionsBegun == 1)
        try migrator(database, migrations).up()
        #expect(database.server.executed == ["a"])
        #expect(database.transactionsBegun == 1)
    }

    @Test("A target ends the run, and an unknown one is an error")
    func upToTarget() throws {
        let database = FakeDatabase()
        let migrations = try files("-- migrate:up\na;", "-- migrate:up\nb;")
        try migrator(database, migrations).up(to: 1)
        #expect(database.server.executed == ["a"])
        #expect(try error { try migrator(database, migrations).up(to: 7) }.code == .unknownVersion)
    }

    @Test("Processes that start at once apply each file once, and all succeed")
    func concurrent() throws {
        let server = FakeServer()
        let migrations = try files("-- migrate:up\na;", "-- migrate:up\nb;", "-- migrate:up\nc;")
        let first = FakeDatabase(server)
        first.beforeBegin = {
            let second = FakeDatabase(server)
            second.beforeBegin = { try migrator(FakeDatabase(server), migrations).up(to: 1) }
            try migrator(second, migrations).up(to: 2)
        }
        try migrator(first, migrations).up()
        #expect(server.executed == ["a", "b", "c"])
        #expect(server.history.map(\.sequence) == [1, 2, 3])
    }

    @Test("When the third statement fails, nothing of its file remains and the error points at it")
    func failure() throws {
        let database = FakeDatabase()
        let migrations = try files(
            "-- migrate:up\nfirst;", "-- migrate:up\r\na 'größe';\r\nb;\r\n\t/* 日本 */ SELECT foo;\r\nd;\r\n")
        database.failures["SELECT foo"] = syntaxError
        var events: [MigrationEvent] = []
        let error = try error { try migrator(database, migrations) { events.append($0) }.up() }
        #expect(error.code == .statementFailed)
        #expect(error.databaseError == syntaxError)
        #expect(
            "\(error)" == """
                migrations/sqlite/2_x.sql:4:18: error: no such column: foo (SQLITE_ERROR (1))
                \t/* 日本 */ SELECT foo;
                \t                  ^
                """)
        #expect(database.server.executed == ["first"])
        #expect(database.server.history.map(\.version) == [1])
        #expect(events.last == .rolledBack(migrations[1]))
        #expect(!database.isInTransaction)
    }

    @Test("An error without a place points at its statement")
    func failureWithoutOffset() throws {
        let database = FakeDatabase()
        var failure = syntaxError
        failure.offset = nil
        database.failures["b"] = failure
        let error = try error { try migrator(database, try files("-- migrate:up\na; b;")).up() }
        #expect(error.location?.description == "migrations/sqlite/1_x.sql:2:4")
    }

    @Test("A commit that fails points at the section")
    func failingCommit() throws {
        let database = FakeDatabase()
        database.commitFailure = DatabaseError(
            code: .constraintViolation, engineCode: "SQLITE_CONSTRAINT (787)", message: "FOREIGN KEY constraint failed")
        let error = try error { try migrator(database, try files("\n-- migrate:up\na;")).up() }
        #expect(error.code == .statementFailed)
        #expect(error.location?.line == 2)
        #expect(database.server.executed.isEmpty)
    }

    @Test("A statement that ends the transaction is an error")
    func endedTransaction() throws {
        let database = FakeDatabase()
        database.committing = ["b"]
        let error = try error { try migrator(database, try files("-- migrate:up\na;\nb;\nc;")).up() }
        #expect(error.code == .transactionEnded)
        #expect(error.sourceLine == "b;")
        #expect(!database.server.executed.contains("c"))
    }

    @Test("Nothing runs while an applied file is edited, missing or out of order")
    func refused() throws {
        let migrations = try files("-- migrate:up\na;", "-- migrate:up\nb;", "-- migrate:up\nc;")
        let edited = try files("-- migrate:up\nA;", "-- migrate:up\nb;", "-- migrate:up\nc;")
        for (other, code) in [
            (edited, MigrationError.Code.edited), (Array(migrations[1...]), .missing), ([migrations[0]], .missing),
        ] {
            let database = FakeDatabase()
            try migrator(database, migrations).up(to: 2)
            #expect(try error { try migrator(database, other).up() }.code == code)
            #expect(database.server.executed == ["a", "b"])
        }
        let database = FakeDatabase()
        try migrator(database, Array(migrations[1...])).up()
        #expect(try error { try migrator(database, migrations).up() }.code == .outOfOrder)
        try migrator(database, migrations).up(allowingOutOfOrder: [1])
        #expect(database.server.history.map(\.version) == [2, 3, 1])
    }

    @Test("An older build starts on a database that a newer one has migrated")
    func toleratesNewer() throws {
        let database = FakeDatabase()
        let migrations = try files("-- migrate:up\na;", "-- migrate:up\nb;")
        try migrator(database, migrations).up()
        try migrator(database, [migrations[0]], toleratesNewer: true).up()
        #expect(try migrator(database, [migrations[0]]).plan().newer.map(\.version) == [2])
    }

    @Test("The status of a database without history is that everything is pending, and reading it changes nothing")
    func emptyStatus() throws {
        let database = FakeDatabase()
        #expect(try migrator(database, try files("-- migrate:up\na;")).status().map(\.state) == [.pending])
        #expect(database.server.committed.history == nil)
    }

    // MARK: Undoing

    @Test("Undoing runs the down section and takes the row away, the last one applied first")
    func down() throws {
        let database = FakeDatabase()
        let migrations = try files(
            "-- migrate:up\na;\n-- migrate:down\nundo a;", "-- migrate:up\nb;\n-- migrate:down\nundo b;")
        var events: [MigrationEvent] = []
        let migrator = migrator(database, migrations) { events.append($0) }
        try migrator.up()
        let record = database.server.history[1]
        try migrator.down()
        #expect(database.server.executed == ["a", "b", "undo b"])
        #expect(events.suffix(2) == [.undoing(migrations[1], statementsDone: 0), .undone(record)])
        try migrator.up()
        try migrator.down(.after(0))
        #expect(database.server.executed.suffix(2) == ["undo b", "undo a"])
        #expect(database.server.history.isEmpty)
        try migrator.down()
    }

    @Test("A down section that fails leaves everything as it was")
    func failingDown() throws {
        let database = FakeDatabase()
        let migrations = try files("-- migrate:up\na;\n-- migrate:down\nundo a;\nundo b;")
        let migrator = migrator(database, migrations)
        try migrator.up()
        database.failures["undo b"] = syntaxError
        #expect(try error { try migrator.down() }.location?.line == 5)
        #expect(database.server.executed == ["a"])
        #expect(database.server.history.map(\.state) == [.applied])
    }

    @Test("What another process undoes meanwhile is not undone twice")
    func concurrentDown() throws {
        let server = FakeServer()
        let migrations = try files("-- migrate:up\na;\n-- migrate:down\nundo a;")
        let database = FakeDatabase(server)
        try migrator(database, migrations).up()
        database.beforeBegin = { try migrator(FakeDatabase(server), migrations).down() }
        #expect(try error { try migrator(database, migrations).down() }.code == .changedMeanwhile)
        #expect(server.executed == ["a", "undo a"])
    }

    // MARK: Repairing

    @Test("A baseline records files as applied without running them")
    func baseline() throws {
        let database = FakeDatabase()
        let migrations = try files("-- migrate:up\na;", "-- migrate:up\nb;", "-- migrate:up\nc;")
        try migrator(database, migrations).baseline(upTo: 2)
        try migrator(database, migrations).up()
        #expect(database.server.executed == ["c"])
        #expect(database.server.history.map(\.sequence) == [1, 2, 3])
    }

    @Test("The new text of an edited file can be accepted")
    func accept() throws {
        let database = FakeDatabase()
        try migrator(database, try files("-- migrate:up\na;")).up()
        let migrator = migrator(database, try files("-- migrate:up\nA;"))
        #expect(try migrator.status().map(\.state) == [.edited])
        try migrator.accept(version: 1)
        #expect(try migrator.status().map(\.state) == [.applied])
        #expect(try error { try migrator.accept(version: 2) }.code == .unknownVersion)
        #expect(try error { try migrator.settle(version: 1, statementsDone: 0) }.code == .unknownVersion)
    }
}
