import DiskFacts
import EventSourcingSQLite
import Foundation

/// A folder for the database of one system; it is removed when the system is done.
struct DatabaseFolder {
    private let folder: URL

    /// Makes the folder anew.
    ///
    /// - Throws: ``BenchmarkError`` when it would be in memory, where a sync costs nothing.
    init(for system: System, in parent: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: parent, isDirectory: &isFolder), isFolder.boolValue else {
            throw BenchmarkError("\(parent): there is no such folder; --sqlite names one that exists")
        }
        guard disk_is_in_memory(parent) == 0 else {
            throw BenchmarkError("\(parent) is in memory, where a sync costs nothing; give a folder on a disk")
        }
        folder = URL(fileURLWithPath: parent).appending(path: "benchmark-\(system.rawValue)")
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    }

    func path(_ name: String) -> String {
        folder.appending(path: name).path
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }
}

/// Reads back how a store keeps its file, and says so.
///
/// `synchronous` belongs to each connection and cannot be read from outside; what it does is counted, see
/// ``Measurement``.
func checkDurability(ofStoreAt path: String, report: Report) throws {
    let connection = try SQLiteConnection(path: path, mode: .read)
    func text(_ sql: String) throws -> String? {
        try connection.prepare(sql).first { row in try row.string(at: 0) }
    }
    guard try text("PRAGMA journal_mode") == "wal" else {
        throw BenchmarkError("\(path): the journal mode is not wal")
    }
    let version = try text("SELECT sqlite_version()") ?? "of unknown version"
    report.note(
        "sqlite \(version), journal_mode=wal, synchronous=\(SQLiteOptions().synchronous), memory not counted")
}
