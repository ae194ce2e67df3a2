/// The path of the socket that libpq looks for in a folder.
enum SocketPath {
    static let port = 5432

    /// What fits into `sockaddr_un.sun_path`, with the NUL at its end.
    #if os(Linux)
        static let capacity = 108
    #else
        static let capacity = 104
    #endif

    /// The socket in a folder.
    static func path(folder: String) -> String { "\(folder)/.s.PGSQL.\(port)" }

    static func fits(folder: String) -> Bool { path(folder: folder).utf8.count < capacity }

    /// - Throws: ``CloudSQLError`` with the code ``CloudSQLError/Code/pathTooLong``.
    static func check(folder: String) throws {
        guard !fits(folder: folder) else { return }
        throw CloudSQLError(
            .pathTooLong,
            "the path \(path(folder: folder)) has \(path(folder: folder).utf8.count) bytes, and a socket's has at most "
                + "\(capacity - 1): use a shorter folder")
    }
}
