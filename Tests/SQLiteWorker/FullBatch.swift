import EventSourcingSQLite
import SQLiteTestSupport

/// Saves a batch whose second save takes the transaction with it, so that each is tried alone, and whose third finds no
/// room then.
struct FullBatch {
    let path: String
    let kind: EitherStore.Kind

    func run() async throws {
        let store = EitherStore(kind, path: path)
        try await store.initialize()
        try SQLiteConnection(path: path).execute(
            """
            CREATE TRIGGER guard BEFORE INSERT ON events WHEN new.type = 'broken'
            BEGIN SELECT RAISE(ROLLBACK, 'no'); END
            """)
        try RoomMaker.limit(1_000_000).takeSome()
        var broken = Event.selfDescribing("2")
        broken.type = "broken"
        let outcomes = try await store.saveEach([
            StreamAppend([.selfDescribing("1")], to: "a"), StreamAppend([broken], to: "b"),
            StreamAppend((0..<4).map { .selfDescribing("3-\($0)", padding: 1_000_000) }, to: "c"),
            StreamAppend([.selfDescribing("4")], to: "d"),
        ])
        for outcome in outcomes { print(await Attempt("save") { try outcome.get().version }) }
        await store.close()
    }
}
