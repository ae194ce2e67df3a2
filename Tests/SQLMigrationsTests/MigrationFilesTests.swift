import Foundation
import SQLMigrations
import SQLSchema
import Testing

@Suite("The files of a folder")
struct MigrationFilesTests {
    private let texts = ["1_x.sql": "-- migrate:up\na;\n", "2_x.sql": "-- migrate:up\nb;\n"]

    private let applied = [
        Int64(1): MigrationChecksum(of: "-- migrate:up\na;\n"), 2: MigrationChecksum(of: "-- migrate:up\nb;\n"),
    ]

    private func files(_ texts: [String: String], _ body: (MigrationFiles) throws -> Void) throws {
        try withFolder(texts) { folder in try body(try MigrationFolder.files(path: folder, dialect: .sqlite)) }
    }

    @Test("They are applied when the history has each of them as it is", arguments: [false, true])
    func areApplied(parsedBefore: Bool) throws {
        // Line endings do not count.
        for ending in ["\n", "\r\n"] {
            try files(texts.mapValues { $0.replacingOccurrences(of: "\n", with: ending) }) { files in
                if parsedBefore { _ = try files.migrations() }
                #expect(files.areApplied(applied))
                #expect(!files.isEmpty)
            }
        }
    }

    @Test("They are not when one is pending, gone or edited", arguments: [false, true])
    func areNotApplied(parsedBefore: Bool) throws {
        try files(texts) { files in
            if parsedBefore { _ = try files.migrations() }
            #expect(!files.areApplied([:]))
            #expect(!files.areApplied(applied.filter { $0.key == 1 }))
            #expect(!files.areApplied(applied.merging([3: MigrationChecksum(of: "c")]) { $1 }))
            #expect(!files.areApplied(applied.merging([2: MigrationChecksum(of: "B")]) { $1 }))
            #expect(!files.areApplied([1: applied[1], 3: applied[2]].compactMapValues { $0 }))
        }
    }

    @Test("A version that occurs twice, or a name that is none, is nothing that was applied")
    func strange() throws {
        let one = applied.filter { $0.key == 1 }
        try files(["1_x.sql": "-- migrate:up\na;\n", "01_x.sql": "-- migrate:up\na;\n"]) { files in
            #expect(!files.areApplied(one))
            #expect(!files.areApplied(applied))
        }
        try files(["x.sql": "-- migrate:up\na;\n"]) { files in
            #expect(!files.areApplied(one))
            #expect(!files.areApplied([:]))
        }
    }

    @Test("Without files and without a history nothing is to be done")
    func empty() throws {
        try files(["README.md": ""]) { files in
            #expect(files.isEmpty)
            #expect(files.areApplied([:]))
            #expect(!files.areApplied(applied))
        }
    }

    @Test("They are read once, by another thread or by whoever needs them")
    func readMeanwhile() throws {
        try withFolder(texts) { folder in
            for _ in 1...20 {
                let files = try MigrationFolder.files(path: folder, dialect: .sqlite)
                Thread.detachNewThread(files.read)
                #expect(files.areApplied(applied))
                let migrations = try files.migrations()
                #expect(migrations.map(\.version) == [1, 2])
                #expect(try MigrationFolder.load(path: folder, dialect: .sqlite) == migrations)
            }
        }
    }

    @Test("A file that cannot be read is an error that names it, and one that is large is read whole")
    func reading() throws {
        let long = "-- migrate:up\nSELECT '\(String(repeating: "x", count: 200_000))';\n"
        try withFolder(["1_x.sql": long]) { folder in
            let files = try MigrationFolder.files(path: folder, dialect: .sqlite)
            #expect(try files.migrations().first?.text == long)
        }
        try withFolder([:]) { folder in
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/1_x.sql", withDestinationPath: "\(folder)/nowhere")
            let files = try MigrationFolder.files(path: folder, dialect: .sqlite)
            let failure = try error { _ = try files.migrations() }
            #expect("\(failure)" == "error: cannot read the file \(folder)/1_x.sql")
            #expect(!files.areApplied(applied.filter { $0.key == 1 }))
        }
        let failure = try error { _ = try MigrationFolder.files(path: "/dev/null", dialect: .sqlite) }
        #expect("\(failure)" == "error: cannot read the folder /dev/null: Not a directory")
    }

    @Test("A mistake in a file is told before anything is done to the database")
    func mistakesFirst() throws {
        let server = FakeServer()
        try withFolder(["1_x.sql": "-- migrate:up\n\\i x\n"]) { folder in
            let database = FakeDatabase(server)
            let files = try MigrationFolder.files(path: folder, dialect: .sqlite)
            let migrator = Migrator(database: database, files: files)
            #expect(try error { try migrator.up() }.code == .invalidFile)
            #expect(try error { try migrator.tryUp() }.code == .invalidFile)
            #expect(try error { try migrator.down() }.code == .invalidFile)
            #expect(try error { try migrator.baseline() }.code == .invalidFile)
            #expect(database.transactionsBegun == 0 && server.committed.history == nil)
        }
    }

    @Test("A migrator looks into files only when one of them is not applied")
    func migrator() throws {
        let server = FakeServer()
        // It was accepted once, by whoever recorded it.
        let broken = "-- migrate:up\n"
        var record = SQLMigrationsTests.applied(try migration(1, "-- migrate:up\na;"))
        record.checksum = MigrationChecksum(of: broken)
        try FakeDatabase(server).createHistory()
        try FakeDatabase(server).insert(record)
        try withFolder(["1_x.sql": broken]) { folder in
            func migrator() throws -> Migrator {
                let files = try MigrationFolder.files(path: folder, dialect: .sqlite)
                return Migrator(database: FakeDatabase(server), files: files)
            }
            try migrator().up()
            let (path, text) = ("\(folder)/2_x.sql", "-- migrate:up\nb;")
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(try error { try migrator().up() }.location?.file == "\(folder)/1_x.sql")
            #expect(try error { _ = try migrator().plan() }.code == .invalidFile)
            #expect(server.executed.isEmpty)
        }
    }
}
