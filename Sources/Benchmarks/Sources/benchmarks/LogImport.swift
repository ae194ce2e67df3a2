import EventSourcingSQLite
import Foundation

/// The import of a log of CloudEvents, one a line, into a new SQLite file.
struct LogImport {
    let log: String
    let folder: DatabaseFolder
    let report: Report

    /// Measures from the opening of the log, which was unpacked before, to the last commit.
    func run() throws {
        let store = SQLiteEventStore(path: folder.path("import.db"))
        try store.initialize()
        defer { store.close() }
        let path = try unpacked()

        let measurement = Measurement(.logImport, report: report)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        var importer = EventImporter(store: store, makeColumns: { _ in StandardColumns() })
        for line in bytes.split(separator: UInt8(ascii: "\n")) { try importer.add(Array(line)) }
        try importer.finish()
        let stored = importer.summary.stored
        guard stored > 0 else { throw BenchmarkError("\(log): there is no event in it that is not repeated") }
        try measurement.finish(count: stored, saves: 1)
        report.note("\(Workload.logImport.rawValue): \(importer.summary.lines) lines, \(stored) events stored")
    }

    /// The log as lines.
    private func unpacked() throws -> String {
        guard log.hasSuffix(".gz") else { return log }
        let path = folder.path("log.ndjson")
        guard FileManager.default.createFile(atPath: path, contents: nil) else {
            throw BenchmarkError("\(path): cannot be written")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gunzip", "-c", "--", log]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkError("\(log): gunzip ended with \(process.terminationStatus)")
        }
        return path
    }
}
