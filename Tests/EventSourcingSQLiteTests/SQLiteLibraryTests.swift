import EventSourcingSQLite
import SQLiteTestSupport
import TestSupport
import Testing

@Suite("SQLite in a process")
struct SQLiteLibraryTests {
    @Test(
        "counts no memory when it is told so at the beginning, and stores work as ever",
        arguments: EitherStore.Kind.allCases)
    func uncounted(kind: EitherStore.Kind) async throws {
        let folder = try TemporaryFolder()
        let outcome = try await RunningProcess.worker(
            ["uncounted", "\(folder.path)/events.db", kind.rawValue], folder: folder.path
        ).outcome()
        try #require(outcome.status == 0, "\(outcome)")
        let attempts = outcome.lines.compactMap(Attempt.init(line:))
        #expect(attempts.map(\.error) == [nil, nil])
        #expect(
            outcome.lines.filter { Attempt(line: $0) == nil }
                == ["in time: true", "bytes counted: 0", "too late: false"])
    }

    @Test("goes on counting when it is in use already")
    func late() throws {
        let connection = try SQLiteConnection(path: ":memory:")
        #expect(!SQLiteLibrary.stopCountingMemory())
        try connection.execute("CREATE TABLE t (id INTEGER)")
    }
}
