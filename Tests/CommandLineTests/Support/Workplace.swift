import EventSourcingSQLite
import Foundation
import TestSupport
import Testing

/// What a test has: a folder, the tool, and a database in the folder that is looked at without the tool.
struct Workplace {
    let folder: TemporaryFolder
    let tool: CommandLineTool

    init() throws {
        folder = try TemporaryFolder()
        tool = CommandLineTool(folder: folder)
    }

    /// Runs a command on a database of the folder, and expects an exit code.
    @discardableResult
    func run(
        _ arguments: String..., on database: String? = "test.db", input: Data? = nil, exits exitCode: Int32 = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> CommandLineTool.Outcome {
        let outcome = try await tool.run(
            arguments + (database.map { ["--database", "sqlite:\($0)"] } ?? []), standardInput: input,
            sourceLocation: sourceLocation)
        #expect(
            !outcome.wasKilled && outcome.exitCode == exitCode, "\(arguments) should exit with \(exitCode): \(outcome)",
            sourceLocation: sourceLocation)
        return outcome
    }

    /// The one text column of a query.
    func texts(_ sql: String, in database: String = "test.db") throws -> [String] {
        try SQLiteConnection(path: folder.file(database), mode: .read).prepare(sql).all { try $0.string(at: 0) }
    }

    /// Runs a statement on a database of the folder, without the tool.
    func execute(_ sql: String, in database: String = "test.db") throws {
        try SQLiteConnection(path: folder.file(database), mode: .write).execute(sql)
    }

    func count(_ table: String, in database: String = "test.db") throws -> Int {
        let connection = try SQLiteConnection(path: folder.file(database), mode: .read)
        return Int(try connection.prepare("SELECT count(*) FROM \(table)").first { try $0.int64(at: 0) } ?? -1)
    }

    /// Everything that a database has, as SQL.
    func catalog(of database: String = "test.db") throws -> [String] {
        try texts("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name", in: database)
    }
}

/// Waits until something is true; fails when that does not happen.
func eventually(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () throws -> Bool
) async throws {
    let start = ContinuousClock.now
    while start.duration(to: .now) < .seconds(200) {
        if try condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("it never happened that \(what)", sourceLocation: sourceLocation)
}
