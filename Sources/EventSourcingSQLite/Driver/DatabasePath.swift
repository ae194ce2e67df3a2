#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The path of a database file, looked at to find out why the file cannot be used.
struct DatabasePath {
    private let path: String

    init(_ path: String) {
        self.path = path
    }

    /// The folder that the file is in.
    var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// What stands in the way of opening the database.
    func obstacle(systemError: Int32) -> String {
        let reason = systemError == 0 ? "" : ": \(String(cString: strerror(systemError)))"
        switch (Self.kind(of: path), Self.kind(of: folder)) {
        case (.folder, _): return "it is a folder: give the path of a file in it"
        case (.nothing, .nothing): return "the folder \(folder) does not exist: create it, or check the path"
        case (.nothing, .file): return "\(folder) is not a folder: check the path"
        case (.nothing, .folder) where access(folder, W_OK | X_OK) == 0:
            return "there is no such file\(reason): check the path, or create the database with: event-store migrate up"
        case (.nothing, .folder):
            return "this user may not create a file in \(folder)\(reason): change the folder's permissions, or the path"
        case (.file, _):
            if access(path, R_OK) != 0 { return "this user may not read the file: change its permissions, or the user" }
            for companion in companions where Self.kind(of: companion) == .folder || access(companion, R_OK | W_OK) != 0
            {
                if Self.kind(of: companion) != .nothing {
                    return
                        "the file \(companion) belongs to it and cannot be opened: let this user read and write it; do "
                        + "not delete it, it may hold what was saved last"
                }
            }
            if access(folder, W_OK) != 0 { return refusal }
            return "the system refused\(reason)"
        }
    }

    /// Why it may only be read, and who can change that.
    var refusal: String {
        let place =
            if access(path, W_OK) != 0 {
                "the file\(suffix)"
            } else if access(folder, W_OK) != 0 {
                "the folder \(folder)\(suffix), where SQLite keeps the database's -wal and -shm files"
            } else {
                "the file, its -wal and -shm, or its folder \(folder)"
            }
        return "this user may not write to \(place); nothing was written: change the permissions, or the user"
    }

    private var suffix: String {
        errno == EROFS ? " (its file system is read-only)" : ""
    }

    private var companions: [String] { ["\(path)-wal", "\(path)-shm"] }

    private enum Kind {
        case nothing, file, folder
    }

    private static func kind(of path: String) -> Kind {
        var info = stat()
        guard stat(path, &info) == 0 else { return .nothing }
        return info.st_mode & S_IFMT == S_IFDIR ? .folder : .file
    }
}
