import EventSourcingSQLite
import Foundation
import SQLiteTestSupport
import Synchronization

/// Saves while the disk does not take what is written, and dies before anything can be put right.
struct FailingSync {
    let path: String
    let kind: EitherStore.Kind

    func run() async throws {
        try BrokenDisk.install()
        let store = EitherStore(kind, path: path)
        try await store.initialize()
        print(await Attempt("save") { try await store.save([.selfDescribing("1")], for: "a").version })
        BrokenDisk.isBroken.store(true, ordering: .sequentiallyConsistent)
        print(await Attempt("save without sync") { try await store.save([.selfDescribing("2")], for: "a").version })
        fflush(nil)
        kill(getpid(), SIGKILL)
    }
}
