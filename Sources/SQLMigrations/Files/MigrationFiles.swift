import SQLSchema
import Synchronization

/// The migration files of a folder, read and taken apart when that is first needed.
///
/// Their checksums are enough to see that all of them are applied, which is what most runs find, and to take a file apart
/// takes several times as long as to read it.
///
/// ```swift
/// let files = try MigrationFolder.files(path: "migrations/sqlite", dialect: .sqlite)
/// try Migrator(database: connection, files: files).up()
/// ```
public final class MigrationFiles: Sendable {
    private enum State {
        case listed([String], Dialect)
        case read([MigrationFile], Dialect)
        case parsed([Migration])
    }

    /// What there is once the files have been read.
    private enum Contents {
        case read([MigrationFile], Dialect)
        case parsed([Migration])
    }

    private let state: Mutex<State>

    /// Whether the folder has nothing that is called like a file of SQL; known without reading anything.
    package let isEmpty: Bool

    init(_ paths: [String], dialect: Dialect) {
        isEmpty = paths.isEmpty
        state = Mutex(.listed(paths, dialect))
    }

    /// Takes migrations that have been taken apart already, with versions that differ.
    init(_ migrations: [Migration]) {
        isEmpty = migrations.isEmpty
        state = Mutex(.parsed(migrations))
    }

    /// Reads the files now, such as on another thread while a database is connected to; who needs them waits for it.
    public func read() {
        state.withLock { _ = Self.contents(&$0) }
    }

    /// The migrations in the order of their versions.
    ///
    /// - Throws: ``MigrationError`` with every problem of every file.
    public func migrations() throws(MigrationError) -> [Migration] {
        try state.withLock { state throws(MigrationError) in
            switch Self.contents(&state) {
            case .parsed(let migrations):
                return migrations
            case .read(let files, let dialect):
                // The order in which their problems are told.
                let files = files.sorted { $0.path < $1.path }
                let migrations = try Migration.collect(files.map(\.path)) { index throws(MigrationError) in
                    try Migration(files[index], dialect: dialect)
                }
                state = .parsed(migrations)
                return migrations
            }
        }
    }

    /// Whether a history has each of the files as it is now, and nothing else.
    ///
    /// - Parameter checksums: those of the history, by their versions.
    package func areApplied(_ checksums: [Int64: MigrationChecksum]) -> Bool {
        let facts = state.withLock { state -> [(version: Int64?, checksum: MigrationChecksum?)] in
            switch Self.contents(&state) {
            case .read(let files, _): files.map { ($0.version, $0.checksum) }
            case .parsed(let migrations): migrations.map { ($0.version, $0.checksum) }
            }
        }
        var rest = checksums
        return facts.allSatisfy { version, checksum in
            checksum != nil && version.flatMap { rest.removeValue(forKey: $0) } == checksum
        } && rest.isEmpty
    }

    private static func contents(_ state: inout State) -> Contents {
        switch state {
        case .parsed(let migrations):
            return .parsed(migrations)
        case .read(let files, let dialect):
            return .read(files, dialect)
        case .listed(let paths, let dialect):
            var reader = FileReader()
            let files = paths.compactMap { MigrationFile($0, &reader) }
            state = .read(files, dialect)
            return .read(files, dialect)
        }
    }
}
