import EventSourcingSQLite
import SQLiteTestSupport
import TestSupport
import Testing

@Suite("A commit of a SQLite store that fails")
struct SQLiteFailedCommitTests {
    private let folder: TemporaryFolder
    private var path: String { folder.file("events.db") }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func attempts(_ arguments: String...) async throws -> (RunningProcess.Outcome, [Attempt]) {
        let outcome = try await RunningProcess.worker(arguments, folder: folder.path).outcome()
        return (outcome, try outcome.lines.map { try #require(Attempt(line: $0), "\(outcome)") })
    }

    @Test("takes none of its neighbours with it when each is tried alone", arguments: EitherStore.Kind.allCases)
    func fullBatch(kind: EitherStore.Kind) async throws {
        let (outcome, attempts) = try await attempts("batch", path, kind.rawValue)
        try #require(outcome.status == 0, "\(outcome)")
        #expect(attempts.map(\.error) == [nil, "DatabaseError.refusedByTrigger", "DatabaseError.full", nil])
        let store = EitherStore(kind, path: path)
        try await store.initialize()
        for (stream, count) in [("a", 1), ("b", 0), ("c", 0), ("d", 1)] {
            #expect(try await store.load(stream).count == count, "\(stream)")
        }
        await store.close()
    }

    @Test(
        "because the disk does not take it may be there after a crash: it says so, and saving it again is safe",
        arguments: EitherStore.Kind.allCases)
    func failedSync(kind: EitherStore.Kind) async throws {
        let (outcome, attempts) = try await attempts("fail-sync", path, kind.rawValue)
        try #require(outcome.wasKilled && attempts.count == 2, "\(outcome)")
        #expect(attempts[0].error == nil)
        #expect(attempts[1].error == "DatabaseError.inputOutput")
        #expect(attempts[1].text.contains("save again with the same event ids"), "\(attempts[1])")
        let store = EitherStore(kind, path: path)
        try await store.initialize()
        try await store.save([.selfDescribing("2")], for: "a")
        #expect(try await store.load("a").map(\.id) == ["1", "2"])
        await store.close()
    }
}
