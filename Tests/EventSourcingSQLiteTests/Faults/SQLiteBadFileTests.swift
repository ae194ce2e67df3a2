import EventSourcingSQLite
import Foundation
import SQLiteTestSupport
import TestSupport
import Testing

@Suite("A SQLite store on a file that is not as it should be")
struct SQLiteBadFileTests {
    /// Each kind of store with each policy.
    static let uses = EitherStore.Kind.allCases.flatMap { kind in
        [MigrationPolicy.apply, .verify].map { (kind: kind, policy: $0) }
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func attempts(
        _ path: String, _ use: (kind: EitherStore.Kind, policy: MigrationPolicy)
    ) async -> [Attempt] {
        await EitherStore(use.kind, path: path).attempts(use.policy)
    }

    /// Expects the first call that fails to fail like that.
    private func expect(
        _ attempts: [Attempt], toFail call: String, with error: String, _ advice: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let failed = attempts.first { $0.error != nil }
        #expect(failed?.call == call, sourceLocation: sourceLocation)
        #expect(failed?.error == error, sourceLocation: sourceLocation)
        #expect(failed?.text.contains(advice) == true, "\(failed?.text ?? "")", sourceLocation: sourceLocation)
    }

    // MARK: The path

    @Test("says that the folder does not exist", arguments: uses)
    func missingFolder(use: (kind: EitherStore.Kind, policy: MigrationPolicy)) async {
        let attempts = await attempts(folder.file("no/such/events.db"), use)
        expect(
            attempts, toFail: "initialize", with: "DatabaseError.cannotOpen",
            "the folder \(folder.file("no/such")) does not exist: create it, or check the path")
        #expect(!folder.exists("no"))
    }

    @Test("says that the path is a folder, or leads through a file", arguments: uses)
    func folderAsFile(use: (kind: EitherStore.Kind, policy: MigrationPolicy)) async throws {
        expect(
            await attempts(folder.path, use), toFail: "initialize", with: "DatabaseError.cannotOpen",
            "it is a folder: give the path of a file in it")
        let file = try folder.write("text", to: "file")
        expect(
            await attempts("\(file)/events.db", use), toFail: "initialize", with: "DatabaseError.cannotOpen",
            "\(file) is not a folder: check the path")
        #expect(try folder.data(of: "file") == Data("text".utf8))
    }

    @Test("that only verifies says that there is no file, and makes none", arguments: EitherStore.Kind.allCases)
    func missingFile(kind: EitherStore.Kind) async {
        expect(
            await attempts(folder.file("events.db"), (kind, .verify)), toFail: "initialize",
            with: "DatabaseError.cannotOpen",
            "there is no such file: check the path, or create the database with: event-store migrate up")
        #expect(!folder.exists("events.db"))
    }

    // MARK: The content

    @Test("that is no database says so, and leaves the file as it is", arguments: uses)
    func noDatabase(use: (kind: EitherStore.Kind, policy: MigrationPolicy)) async throws {
        let letter = Data(String(repeating: "this is a letter and no database\n", count: 300).utf8)
        let path = try folder.write(letter, to: "events.db")
        expect(
            await attempts(path, use), toFail: "initialize", with: "DatabaseError.notADatabase",
            "check the path: the file is not a SQLite database")
        #expect(try folder.data(of: "events.db") == letter)
    }

    @Test("that was cut says that it is damaged, and leaves it as it is", arguments: uses)
    func truncated(use: (kind: EitherStore.Kind, policy: MigrationPolicy)) async throws {
        let database = try Database(folder)
        let half = try database.bytes().prefix(20_000)
        try database.write(half)
        expect(
            await attempts(database.path, use), toFail: "initialize", with: "DatabaseError.notADatabase",
            "the file is damaged: keep a copy of it with its -wal, and restore a backup, or save what can be read with: "
                + "sqlite3 FILE .recover")
        #expect(try database.bytes() == half)
    }

    @Test("whose events are damaged says so when they are read or written, and acknowledges nothing", arguments: uses)
    func damaged(use: (kind: EitherStore.Kind, policy: MigrationPolicy)) async throws {
        let database = try Database(folder)
        let page = try SQLiteConnection(path: database.path, mode: .read)
            .prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'events'").first { try $0.int64(at: 0) }
        var bytes = try database.bytes()
        let start = (Int(try #require(page)) - 1) * 4096
        bytes.replaceSubrange(start..<start + 4096, with: Data(repeating: 0xAA, count: 4096))
        try database.write(bytes)
        let attempts = await attempts(database.path, use)
        #expect(attempts.map(\.call) == ["initialize", "load", "save"])
        #expect(attempts.map(\.error) == [nil, "DatabaseError.notADatabase", "DatabaseError.notADatabase"])
        for attempt in attempts.dropFirst() { #expect(attempt.text.contains("the file is damaged: keep a copy")) }
    }

    // MARK: What SQLite keeps beside it

    @Test("whose WAL cannot be opened says so, and goes on when it can be", arguments: uses)
    func walInTheWay(use: (kind: EitherStore.Kind, policy: MigrationPolicy)) async throws {
        let database = try Database(folder)
        try FileManager.default.createDirectory(atPath: "\(database.path)-wal", withIntermediateDirectories: false)
        expect(
            await attempts(database.path, use), toFail: "initialize", with: "DatabaseError.cannotOpen",
            "\(database.path)-wal belongs to the database and cannot be opened")
        try FileManager.default.removeItem(atPath: "\(database.path)-wal")
        #expect(try database.events() == ["kept"])
    }

    @Test("whose shared memory cannot be opened can be read, and says so when it is written to", arguments: uses)
    func shmInTheWay(use: (kind: EitherStore.Kind, policy: MigrationPolicy)) async throws {
        let database = try Database(folder)
        try FileManager.default.createDirectory(atPath: "\(database.path)-shm", withIntermediateDirectories: false)
        let attempts = await attempts(database.path, use)
        expect(
            attempts, toFail: "save", with: "DatabaseError.readOnly",
            "\(database.path)-shm belongs to the database and cannot be opened")
        #expect(attempts.first { $0.call == "load" }?.text == "kept")
        try FileManager.default.removeItem(atPath: "\(database.path)-shm")
        #expect(try database.events() == ["kept"])
    }

    /// Without a look at the file before each commit, these saves would be acknowledged, and gone with the process.
    @Test(
        "refuses to save when the file was deleted or replaced behind its back", arguments: EitherStore.Kind.allCases,
        [false, true])
    func moved(kind: EitherStore.Kind, isReplaced: Bool) async throws {
        let database = try Database(folder)
        let other = try Database(folder, "other.db")
        let store = EitherStore(kind, path: database.path)
        try await store.initialize()
        try await store.save([.selfDescribing("1")], for: "a")
        for suffix in ["", "-wal", "-shm"] { try FileManager.default.removeItem(atPath: database.path + suffix) }
        if isReplaced { try FileManager.default.moveItem(atPath: other.path, toPath: database.path) }
        let attempt = await Attempt("save") { try await store.save([.selfDescribing("2")], for: "a").version }
        await store.close()
        #expect(attempt.error == "DatabaseError.readOnly", "\(attempt)")
        #expect(attempt.text.contains("the file was moved, replaced or deleted while it was open; nothing was written"))
        if isReplaced { #expect(try database.events() == ["kept"]) }
    }
}
