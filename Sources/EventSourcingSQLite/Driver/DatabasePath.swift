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
    ///
    /// - Parameter systemError: what the system said, for what is not found out here; 0 when it said nothing.
    func obstacle(systemError: Int32) -> String {
        switch (Self.kind(of: path), Self.kind(of: folder)) {
        case (.folder, _): return "it is a folder: give the path of a file in it"
        case (.nothing, .nothing): return "the folder \(folder) does not exist: create it, or check the path"
        case (.nothing, .file): return "\(folder) is not a folder: check the path"
        case (.nothing, .folder):
            if access(folder, W_OK | X_OK) != 0 {
                return
                    "this user may not create a file in \(folder)\(readOnlySuffix): change its permissions, or the path"
            }
            return "there is no such file: check the path, or create the database with: event-store migrate up"
        case (.file, _):
            if access(path, R_OK) != 0 { return "this user may not read the file: change its permissions, or the user" }
            if let companionRefusal { return companionRefusal }
            if access(folder, W_OK) != 0 { return folderRefusal }
            return systemError == 0
                ? "check its permissions and those of its folder"
                : "the system says: \(String(cString: strerror(systemError)))"
        }
    }

    /// Why it may only be read, and who can change that.
    var refusal: String {
        if access(path, W_OK) != 0 {
            return
                "this user may not write to the file\(readOnlySuffix); nothing was written: change its permissions, or "
                + "the user"
        }
        if access(folder, W_OK) != 0 { return folderRefusal }
        return companionRefusal ?? "check the permissions of the file and of its folder; nothing was written"
    }

    /// Why a file that may be written to is of no use.
    var folderRefusal: String {
        let suffix = access(folder, W_OK) == 0 ? "" : readOnlySuffix
        return
            "this user may not write to the folder \(folder)\(suffix), and that is where the database keeps its -wal and "
            + "-shm; nothing was written: change its permissions, or the user"
    }

    /// What is wrong with the files that SQLite keeps beside the database.
    private var companionRefusal: String? {
        companions.first(where: Self.isInTheWay).map { companion in
            "\(companion) belongs to the database and cannot be opened: make it a file that this user may read and write, "
                + "but do not delete it, because it may hold what was saved last"
        }
    }

    /// What the last access(2) says about the file system.
    private var readOnlySuffix: String {
        errno == EROFS ? " (its file system is mounted read-only)" : ""
    }

    private var companions: [String] { ["\(path)-wal", "\(path)-shm"] }

    private static func isInTheWay(_ companion: String) -> Bool {
        switch kind(of: companion) {
        case .nothing: false
        case .folder: true
        case .file: access(companion, R_OK | W_OK) != 0
        }
    }

    private enum Kind {
        case nothing, file, folder
    }

    private static func kind(of path: String) -> Kind {
        var info = stat()
        guard stat(path, &info) == 0 else { return .nothing }
        return info.st_mode & S_IFMT == S_IFDIR ? .folder : .file
    }
}
