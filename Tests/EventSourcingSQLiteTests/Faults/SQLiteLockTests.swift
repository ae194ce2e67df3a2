import EventSourcingSQLite
import SQLiteTestSupport
import TestSupport
import Testing

@Suite("A SQLite store whose file is locked")
struct SQLiteLockTests {
    private let folder: TemporaryFolder
    private var path: String { folder.file("events.db") }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func store(_ kind: EitherStore.Kind, waiting timeout: Duration) -> EitherStore {
        EitherStore(kind, path: path, options: SQLiteOptions(busyTimeout: timeout))
    }

    @Test(
        "gives up after the busy timeout, names it, saves nothing, and reads meanwhile",
        arguments: EitherStore.Kind.allCases)
    func givingUp(kind: EitherStore.Kind) async throws {
        let store = store(kind, waiting: .milliseconds(200))
        try await store.initialize()
        try await store.save([.selfDescribing("1")], for: "a")
        let other = try SQLiteConnection(path: path)
        try other.execute("BEGIN IMMEDIATE")
        let start = ContinuousClock.now
        async let attempt = Attempt("save") { try await store.save([.selfDescribing("2")], for: "a").version }
        #expect(try await store.load("a").map(\.id) == ["1"])
        let refused = await attempt
        #expect(start.duration(to: .now) >= .milliseconds(200))
        #expect(refused.error == "DatabaseError.busy")
        #expect(
            refused.text == """
                \(path): database is locked (SQLITE_BUSY (5)); another connection has kept it locked for longer than the \
                busy timeout of 0.2 seconds; nothing was written: try again, or set a longer SQLiteOptions.busyTimeout
                """)
        try other.execute("COMMIT")
        #expect(try await store.save([.selfDescribing("3")], for: "a", expectedVersion: 1).version == 2)
        #expect(try await store.load("a").map(\.id) == ["1", "3"])
        await store.close()
    }

    @Test("waits for a lock that goes away in time", arguments: EitherStore.Kind.allCases)
    func waiting(kind: EitherStore.Kind) async throws {
        let store = store(kind, waiting: .seconds(60))
        try await store.initialize()
        let other = try SQLiteConnection(path: path)
        try other.execute("BEGIN IMMEDIATE")
        let start = ContinuousClock.now
        async let result = store.save([.selfDescribing("1")], for: "a")
        try await Task.sleep(for: .milliseconds(200))
        try other.execute("ROLLBACK")
        #expect(try await result.version == 1)
        #expect(start.duration(to: .now) >= .milliseconds(200))
        await store.close()
    }

    @Test(
        "cannot be initialized while another one writes, says so, and can be afterwards",
        arguments: EitherStore.Kind.allCases)
    func initializing(kind: EitherStore.Kind) async throws {
        let other = try SQLiteConnection(path: path)
        try other.execute("BEGIN IMMEDIATE")
        let store = store(kind, waiting: .milliseconds(100))
        let refused = await Attempt("initialize") { try await store.initialize() }
        #expect(refused.error == "DatabaseError.busy")
        #expect(refused.text.contains("the busy timeout of 0.1 seconds"), "\(refused.text)")
        try other.execute("COMMIT")
        try await store.initialize()
        #expect(try await store.save([.selfDescribing("1")], for: "a").version == 1)
        await store.close()
    }

    @Test(
        "is initialized while another one writes when there is nothing to migrate", arguments: EitherStore.Kind.allCases
    )
    func initializedBefore(kind: EitherStore.Kind) async throws {
        let database = try Database(folder)
        let other = try SQLiteConnection(path: database.path)
        try other.execute("BEGIN IMMEDIATE")
        let store = store(kind, waiting: .milliseconds(100))
        try await store.initialize()
        #expect(try await store.load("a").map(\.id) == ["kept"])
        await store.close()
    }
}
