import EventSourcingSQLite
import SQLiteTestSupport
import TestSupport
import Testing

/// Saves that wait at the same moment share a transaction; another connection's lock makes them wait.
@Suite("Saves that share a transaction of a SQLite store")
struct SQLiteBatchTests {
    /// What the table does about an event of the type `broken`.
    struct Guard: Sendable, CustomTestStringConvertible {
        let name: String
        let statement: String
        let code: DatabaseError.Code
        /// Whether it takes the transaction with it, so that each save needs one of its own.
        var endsTransaction = false

        var testDescription: String { name }
    }

    private static func trigger(_ body: String) -> String {
        "CREATE TRIGGER guard BEFORE INSERT ON events WHEN new.type = 'broken' BEGIN SELECT \(body); END"
    }

    static let guards = [
        Guard(
            name: "a unique index of the team's own",
            statement: "CREATE UNIQUE INDEX one_broken ON events (type) WHERE type = 'broken'", code: .uniqueViolation),
        Guard(name: "ABORT", statement: trigger("RAISE(ABORT, 'no')"), code: .refusedByTrigger),
        Guard(name: "FAIL", statement: trigger("RAISE(FAIL, 'no')"), code: .refusedByTrigger),
        Guard(name: "IGNORE", statement: trigger("RAISE(IGNORE)"), code: .refusedByTrigger),
        Guard(
            name: "ROLLBACK", statement: trigger("RAISE(ROLLBACK, 'no')"), code: .refusedByTrigger,
            endsTransaction: true),
        Guard(
            name: "CHECK",
            statement: "ALTER TABLE events ADD COLUMN hidden TEXT CHECK (type <> 'broken')", code: .constraintViolation),
    ]

    private let folder: TemporaryFolder
    private var path: String { folder.file("events.db") }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func store(_ kind: EitherStore.Kind) -> EitherStore {
        EitherStore(kind, path: path, options: SQLiteOptions(busyTimeout: .seconds(120)))
    }

    private func good(_ count: Int = 1) -> [Event<StandardColumns>] {
        (0..<count).map { _ in .selfDescribing() }
    }

    private var broken: Event<StandardColumns> {
        var event = Event.selfDescribing()
        event.type = "broken"
        return event
    }

    /// Starts saves that wait together, lets them go, and returns what became of each.
    private func outcomes(
        of appends: [StreamAppend<StandardColumns>], cancelling cancelled: Set<Int> = [], in store: EitherStore
    ) async throws -> [Result<SaveResult, any Error>] {
        let lock = try WriteLock(on: path, before: store)
        let first = try await lock.startFirst(StreamAppend(good(), to: "first"))
        var tasks: [Task<SaveResult, any Error>] = []
        for append in appends { tasks.append(try await lock.startNext(append)) }
        for index in cancelled { tasks[index].cancel() }
        try lock.release()
        #expect(try await first.value.version == 1)
        var outcomes: [Result<SaveResult, any Error>] = []
        for task in tasks { outcomes.append(await task.result) }
        return outcomes
    }

    /// `v2` for a success, and the kind of error otherwise.
    private func words(_ outcomes: [Result<SaveResult, any Error>]) -> [String] {
        outcomes.map { outcome in
            switch outcome {
            case .success(let result): "v\(result.version)\(result.wasAlreadySaved ? " again" : "")"
            case .failure(let error as ConcurrencyError): "conflict with v\(error.actual)"
            case .failure(let error): Attempt.kind(of: error)
            }
        }
    }

    /// The ids of each stream that does not belong to what was there first.
    private func table() throws -> [String: [String]] {
        Dictionary(grouping: try SaveAudit(path: path).feed.filter { !$0.stream.hasPrefix("first") }, by: \.stream)
            .mapValues { $0.map(\.id) }
    }

    @Test(
        "fare as if each were alone, whatever is wrong with their neighbours", arguments: EitherStore.Kind.allCases,
        guards)
    func neighbours(kind: EitherStore.Kind, guardian: Guard) async throws {
        let store = store(kind)
        try await store.initialize()
        let early = good(2)
        try await store.save(early, for: "early")
        // The index lets the first broken event in, so that every one of those below is refused.
        if guardian.code == .uniqueViolation { try await store.save([broken], for: "first-broken") }
        let connection = try SQLiteConnection(path: path)
        try connection.execute(guardian.statement)
        let commitsBefore = try WriteAheadLog(of: path).commitCount

        var changed = early
        changed[0].type = "Other"
        let chain = [good(2), good(1)]
        let appends = [
            StreamAppend(good(), to: "a"),
            StreamAppend(good() + [broken] + good(), to: "b"),
            StreamAppend(good(), to: "c", expectedVersion: 7),
            StreamAppend(good(3), to: "d", expectedVersion: .noStream),
            StreamAppend(chain[0], to: "chain", expectedVersion: 0),
            StreamAppend(chain[1], to: "chain", expectedVersion: 2),
            StreamAppend([broken], to: "broken chain", expectedVersion: 0),
            StreamAppend(good(), to: "broken chain", expectedVersion: 1),
            StreamAppend(early, to: "early"),
            StreamAppend(good(), to: "e", expectedVersion: .exists),
            StreamAppend(good(2) + [broken], to: "f"),
            StreamAppend(changed, to: "early", expectedVersion: .exists),
            StreamAppend([], to: "g", expectedVersion: 1),
            StreamAppend(good(), to: "h"),
        ]
        let outcomes = try await outcomes(of: appends, in: store)
        let refused = "DatabaseError.\(guardian.code.rawValue)"
        #expect(
            words(outcomes) == [
                "v1", refused, "conflict with v0", "v3", "v2", "v3", refused, "conflict with v0", "v2 again",
                "conflict with v0", refused, "DuplicateEventError", "conflict with v0", "v1",
            ])
        let ids = appends.map { $0.events.map(\.id) }
        #expect(
            try table() == [
                "early": ids[8], "a": ids[0], "d": ids[3], "chain": ids[4] + ids[5], "h": ids[13],
            ])
        // The saves that wait behind "early" and "broken chain" may need a batch more.
        let commits = try WriteAheadLog(of: path).commitCount - commitsBefore
        #expect(commits <= (guardian.endsTransaction ? 7 : 4), "they shared transactions")
        await store.close()
    }

    @Test("are not touched by one that is cancelled, and that saves nothing", arguments: guards)
    func cancelling(guardian: Guard) async throws {
        let store = store(.asynchronous)
        try await store.initialize()
        try SQLiteConnection(path: path).execute(guardian.statement)
        let appends = [
            StreamAppend(good(), to: "a", expectedVersion: 0),
            StreamAppend(good(), to: "a", expectedVersion: 1),
            StreamAppend(good(2), to: "b", expectedVersion: 0),
            StreamAppend(good(), to: "b", expectedVersion: 2),
            StreamAppend(good(), to: "c"),
            StreamAppend(good(2), to: "d"),
            StreamAppend(good(), to: "e"),
        ]
        let outcomes = try await outcomes(of: appends, cancelling: [1, 2, 4], in: store)
        #expect(
            words(outcomes) == [
                "v1", "CancellationError", "CancellationError", "conflict with v0", "CancellationError", "v2", "v1",
            ])
        let ids = appends.map { $0.events.map(\.id) }
        #expect(try table() == ["a": ids[0], "d": ids[5], "e": ids[6]])
        await store.close()
    }

    @Test("of one call fare the same way", arguments: EitherStore.Kind.allCases, guards)
    func oneCall(kind: EitherStore.Kind, guardian: Guard) async throws {
        let store = store(kind)
        try await store.initialize()
        if guardian.code == .uniqueViolation { try await store.save([broken], for: "first-broken") }
        try SQLiteConnection(path: path).execute(guardian.statement)
        let appends = [
            StreamAppend(good(), to: "a"), StreamAppend(good() + [broken], to: "b"),
            StreamAppend(good(), to: "a", expectedVersion: 1), StreamAppend(good(), to: "b", expectedVersion: 2),
        ]
        let refused = "DatabaseError.\(guardian.code.rawValue)"
        #expect(words(try await store.saveEach(appends)) == ["v1", refused, "v2", "conflict with v0"])
        #expect(try table() == ["a": (appends[0].events + appends[2].events).map(\.id)])
        await store.close()
    }
}
