import CSQLite
import EventSourcingSQLite
import SQLiteTestSupport

/// Makes SQLite count no memory, which a process can say at its beginning only; saves, and prints what came of it.
struct UncountedMemory {
    let path: String
    let kind: EitherStore.Kind

    func run() async throws {
        print("in time: \(SQLiteLibrary.stopCountingMemory())")
        let store = EitherStore(kind, path: path)
        try await store.initialize()
        print(await Attempt("save") { try await store.save([.selfDescribing("1")], for: "a").version })
        print(await Attempt("load") { try await store.load("a").count })
        print("bytes counted: \(sqlite3_memory_used())")
        print("too late: \(SQLiteLibrary.stopCountingMemory())")
        await store.close()
    }
}
