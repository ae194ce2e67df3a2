import Foundation
import SQLMigrations
import SQLSchema
import Testing

/// A migration from the text of its file.
func migration(
    _ version: Int64, _ text: String, path: String? = nil, dialect: Dialect = .sqlite
) throws -> Migration {
    try Migration(path: path ?? "migrations/sqlite/\(version)_x.sql", bytes: Array(text.utf8), dialect: dialect)
}

/// What is wrong with a text, one line for each problem: `1:1 the message`.
func problems(_ text: String, dialect: Dialect = .sqlite) -> [String] {
    problems(Array(text.utf8), dialect: dialect)
}

func problems(_ bytes: [UInt8], dialect: Dialect = .sqlite) -> [String] {
    do {
        _ = try Migration(path: "1_x.sql", bytes: bytes, dialect: dialect)
        return []
    } catch {
        return error.problems.map { problem in
            problem.location.map { "\($0.line):\($0.column) \(problem.message)" } ?? problem.message
        }
    }
}

/// A row of the history as applying a migration would have left it.
func applied(_ migration: Migration, sequence: Int64? = nil) -> MigrationRecord {
    MigrationRecord(
        version: migration.version, sequence: sequence ?? migration.version, name: migration.name,
        checksum: migration.checksum, state: .applied, statementsDone: migration.up.statements.count,
        statements: migration.up.statements.count, isTransactional: migration.up.isTransactional, tool: "test",
        appliedBy: "somebody", startedAt: 1_767_225_600_000_000, duration: 1_000)
}

/// The error that a body throws.
func error(_ body: () throws -> Void) throws -> MigrationError {
    try #require(throws: MigrationError.self, performing: body)
}

let syntaxError = DatabaseError(
    code: .invalidSQL, engineCode: "SQLITE_ERROR (1)", message: "no such column: foo", offset: 7)

/// Makes a folder with some files for the time of a body.
func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/migrations-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)")) }
    try body(folder)
}
