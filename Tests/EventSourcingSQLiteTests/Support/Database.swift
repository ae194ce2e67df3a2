import EventSourcingSQLite
import Foundation
import SQLiteTestSupport
import TestSupport

/// A database file with one event, `kept` in the stream `a`, that a test is about to spoil.
struct Database {
    let path: String

    init(_ folder: TemporaryFolder, _ name: String = "events.db") throws {
        path = try folder.write(Data(), to: name)
        let store = SQLiteEventStore(path: path)
        try store.initialize()
        try store.save([.selfDescribing("kept")], for: "a")
        store.close()
    }

    func bytes() throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: path))
    }

    func write(_ bytes: Data) throws {
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    /// The events of the stream `a`, as a store that is well finds them.
    func events() throws -> [String] {
        let store = SQLiteEventStore(path: path)
        try store.initialize()
        defer { store.close() }
        return try store.load("a").map(\.id)
    }
}
