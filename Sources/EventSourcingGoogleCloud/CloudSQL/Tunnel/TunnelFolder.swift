import Foundation
import Synchronization

/// The private folder that the socket of a tunnel is in.
///
/// It is a new one each time, that only our user can look into. A process that is killed leaves its folder behind; nobody
/// uses it again, and the next one to make a folder removes it. Its owner holds a lock as long as it lives.
final class TunnelFolder: Sendable {
    let path: String
    private let lock: Int32
    private let isThere = Mutex(true)

    /// The beginning of the names of such folders.
    private static let prefix = "event-store-cloudsql-"
    /// A folder is made and locked in a moment; for so long nobody else touches it.
    private static let age: TimeInterval = 60

    /// Makes a folder where a socket's path fits.
    ///
    /// - Throws: ``CloudSQLError``.
    init(in parents: [String] = TunnelFolder.parents) throws {
        guard let parent = parents.first(where: { SocketPath.fits(folder: "\($0)/\(Self.prefix)XXXXXX") }) else {
            throw CloudSQLError(
                .pathTooLong,
                "the path of the folder for temporary files is too long for a socket: set TMPDIR to a "
                    + "shorter one")
        }
        Self.removeAbandoned(in: parent)
        // mkdtemp makes it for our user alone, whatever the umask is.
        var template = "\(parent)/\(Self.prefix)XXXXXX".utf8CString
        let folder = template.withUnsafeMutableBufferPointer { buffer -> String? in
            guard let start = buffer.baseAddress, mkdtemp(start) != nil else { return nil }
            return String(cString: start)
        }
        guard let folder else {
            throw CloudSQLError(
                .cannotListen, "no folder can be made in \(parent): \(String(cString: strerror(errno)))")
        }
        path = folder
        lock = open(Self.lockFile(folder), O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            let reason = String(cString: strerror(errno))
            Self.remove(folder)
            throw CloudSQLError(.cannotListen, "no file can be made in \(folder): \(reason)")
        }
    }

    deinit {
        remove()
    }

    /// The socket in it.
    var socketPath: String { SocketPath.path(folder: path) }

    /// Removes the folder with what is in it.
    func remove() {
        let isOurs = isThere.withLock { isThere in
            defer { isThere = false }
            return isThere
        }
        guard isOurs else { return }
        Self.remove(path)
        close(lock)
    }

    /// Removes what we put into a folder, and the folder unless somebody else has put something there.
    private static func remove(_ folder: String) {
        unlink(SocketPath.path(folder: folder))
        unlink(lockFile(folder))
        rmdir(folder)
    }

    static var parents: [String] {
        [ProcessInfo.processInfo.environment["TMPDIR"], "/tmp"].compactMap { $0 }
            .filter { $0.hasPrefix("/") }.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    private static func lockFile(_ folder: String) -> String { "\(folder)/lock" }

    /// Removes the folders of processes that are no more.
    private static func removeAbandoned(in parent: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            let folder = "\(parent)/\(name)"
            var status = stat()
            guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
                let attributes = try? FileManager.default.attributesOfItem(atPath: folder),
                let changed = attributes[.modificationDate] as? Date, Date().timeIntervalSince(changed) > age
            else { continue }
            let lock = open(lockFile(folder), O_RDWR | O_CLOEXEC | O_NOFOLLOW)
            guard lock >= 0 else {
                // Somebody has tidied up, and whether the socket is in use cannot be told.
                if !FileManager.default.fileExists(atPath: SocketPath.path(folder: folder)) { remove(folder) }
                continue
            }
            if flock(lock, LOCK_EX | LOCK_NB) == 0 { remove(folder) }
            close(lock)
        }
    }
}
