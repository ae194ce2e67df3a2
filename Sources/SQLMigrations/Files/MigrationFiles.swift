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
        case listed([String])
        case read([MigrationFile])
        case parsed([Migration])
    }

    private let dialect: Dialect
    private let state: Mutex<State>

    init(_ paths: [String], dialect: Dialect) {
        self.dialect = dialect
        state = Mutex(.listed(paths))
    }

    /// Takes migrations that have been taken apart already, with versions that differ.
    init(_ migrations: [Migration]) {
        dialect = migrations.first?.dialect ?? .sqlite
        state = Mutex(.parsed(migrations))
    }

    /// Whether there are none.
    public var isEmpty: Bool {
        state.withLock { state in
            switch state {
            case .listed(let paths): paths.isEmpty
            case .read(let files): files.isEmpty
            case .parsed(let migrations): migrations.isEmpty
            }
        }
    }

    /// Reads the files now, such as on another thread while a database is connected to; who needs them waits for it.
    public func read() {
        state.withLock { Self.read(&$0) }
    }

    /// The migrations in the order of their versions.
    ///
    /// - Throws: ``MigrationError`` with every problem of every file.
    public func migrations() throws(MigrationError) -> [Migration] {
        try state.withLock { state throws(MigrationError) in
            Self.read(&state)
            if case .read(var files) = state {
                // The order in which their problems are told.
                files.sort { $0.path < $1.path }
                state = .parsed(
                    try Migration.collect(files.map(\.path)) { index throws(MigrationError) in
                        try Migration(files[index], dialect: dialect)
                    })
            }
            guard case .parsed(let migrations) = state else { return [] }
            return migrations
        }
    }

    /// Whether a history has each of the files as it is now, and nothing else.
    ///
    /// - Parameter checksums: those of the history, by their versions.
    public func areApplied(_ checksums: [Int64: MigrationChecksum]) -> Bool {
        let facts = state.withLock { state -> [(version: Int64?, checksum: MigrationChecksum?)] in
            Self.read(&state)
            return switch state {
            case .listed: []
            case .read(let files): files.map { ($0.version, $0.checksum) }
            case .parsed(let migrations): migrations.map { ($0.version, $0.checksum) }
            }
        }
        var rest = checksums
        return facts.allSatisfy { version, checksum in
            checksum != nil && version.flatMap { rest.removeValue(forKey: $0) } == checksum
        } && rest.isEmpty
    }

    private static func read(_ state: inout State) {
        guard case .listed(let paths) = state else { return }
        var reader = FileReader()
        state = .read(paths.compactMap { MigrationFile($0, &reader) })
    }
}
