import EventSourcingSQLite
import Foundation
import SQLMigrations
import SQLSchema

/// What there is to know about a SQLite file.
struct SQLiteExamination: DatabaseExamination {
    let path: String

    var dialect: Dialect { .sqlite }

    static func installedLibrary() -> Finding {
        .of(.sqlite) {
            let connection = try SQLiteConnection(path: ":memory:")
            let version = try connection.prepare("SELECT sqlite_version()").first { try $0.string(at: 0) } ?? ""
            return .ok(.sqlite, version, facts: [.text("version", version)])
        }
    }

    func surroundings() -> [Finding] {
        guard path != ":memory:" else { return [] }
        // The files beside the database are beside the file itself, not beside a link to it.
        let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        let folder = file.deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder) else {
            return [.problem(.folder, "there is no folder \(folder)", advice: "check the path, or create it")]
        }
        return [writability(of: file.path, in: folder), FileSystem.of(folder).finding(for: folder)]
    }

    private func writability(of file: String, in folder: String) -> Finding {
        guard access(folder, W_OK | X_OK) == 0 else {
            return .problem(
                .folder, "\(folder) cannot be written to, and SQLite keeps files beside the database",
                advice: "give the user \(ProcessInfo.processInfo.userName) the right to write there")
        }
        guard !FileManager.default.fileExists(atPath: file) || access(file, W_OK) == 0 else {
            return .problem(
                .folder, "\(file) cannot be written to",
                advice: "give the user \(ProcessInfo.processInfo.userName) the right to write to it")
        }
        return .ok(.folder, "\(folder) can be written to")
    }

    func connect() throws -> any ExaminedDatabase {
        try ExistingFile.check(path)
        let connection = try SQLiteConnection(path: path, mode: .write)
        try connection.execute("PRAGMA query_only = ON")
        return ExaminedSQLite(connection: connection)
    }
}

private struct ExaminedSQLite: ExaminedDatabase {
    let connection: SQLiteConnection

    var name: String { connection.path }

    var migrations: any MigrationDatabase { connection }

    let guardedChanges = "UPDATE and DELETE"

    func condition() -> [Finding] {
        let findings = [
            Finding.of(.journalMode, journalMode), .of(.durability, durability), .of(.integrity, integrity),
        ]
        return connection.path == ":memory:" ? findings : findings + [size()]
    }

    private func journalMode() throws -> Finding {
        let mode = try connection.prepare("PRAGMA journal_mode").first { try $0.string(at: 0) } ?? ""
        let facts = [Finding.Fact.text("journalMode", mode)]
        guard mode == "wal" || connection.path == ":memory:" else {
            return .warning(
                .journalMode, "\(mode): readers and the writer wait for each other",
                advice: "switch to WAL with: event-store migrate up", facts: facts)
        }
        return .ok(.journalMode, mode, facts: facts)
    }

    /// SQLite keeps no such setting in the file: it is that of a connection as our stores make them.
    private func durability() throws -> Finding {
        let names = ["OFF", "NORMAL", "FULL", "EXTRA"]
        let level = Int(try connection.prepare("PRAGMA synchronous").first { try $0.int64(at: 0) } ?? 0)
        let name = names.indices.contains(level) ? names[level] : "\(level)"
        let facts = [Finding.Fact.text("synchronous", name)]
        guard level >= 2 else {
            return .warning(
                .durability, "synchronous = \(name): a power cut may lose the newest commits",
                advice: "leave SQLiteOptions as it is by default", facts: facts)
        }
        return .ok(
            .durability, "synchronous = \(name) unless a program chooses otherwise: a commit waits for the disk",
            facts: facts)
    }

    private func integrity() throws -> Finding {
        let found = try connection.prepare("PRAGMA quick_check").all { try $0.string(at: 0) }
        guard found != ["ok"] else { return .ok(.integrity, "quick_check finds nothing") }
        return .problem(
            .integrity, "the file is damaged: \(found.first ?? "quick_check says nothing")",
            advice: "stop all programs, keep a copy, and restore a backup, or rescue what is left with: "
                + "sqlite3 \(connection.path) .recover",
            facts: [.list("found", found)])
    }

    /// A WAL is emptied at 4 MB, unless something is in the way.
    private static let largestUsualWAL = 64_000_000

    private func size() -> Finding {
        let file = bytes(of: connection.path)
        let wal = bytes(of: connection.path + "-wal")
        let message = "\(ByteCount.text(file)), and \(ByteCount.text(wal)) in the WAL"
        let facts = [Finding.Fact.number("bytes", file), .number("walBytes", wal)]
        guard wal <= Self.largestUsualWAL else {
            return .warning(
                .size, message,
                advice: "a reader that never ends keeps the WAL from being emptied, or a large transaction has made "
                    + "it; end such readers, then: sqlite3 \(connection.path) 'PRAGMA wal_checkpoint(TRUNCATE)'",
                facts: facts)
        }
        return .ok(.size, message, facts: facts)
    }

    private func bytes(of path: String) -> Int {
        let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) ?? 0
    }

    func catalog() throws -> Catalog {
        try connection.catalog(excluding: [MigrationHistory.tableName])
    }

    func catalogs(afterEach migrations: [Migration]) throws -> [Catalog] {
        let connection = try SQLiteConnection(path: ":memory:")
        let migrator = Migrator(database: connection, migrations: migrations, tool: ToolVersion.commandLine)
        return try migrations.map { migration in
            try migrator.up(to: migration.version)
            return try connection.catalog(excluding: [MigrationHistory.tableName])
        }
    }

    func unguardedChanges(of table: Table) throws -> [String] {
        try SQLiteTriggerProbe(table: table).unguardedChanges()
    }
}
