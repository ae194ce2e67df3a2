import Foundation

/// What a process does so that there is no room, and then that there is.
enum RoomMaker: Sendable {
    /// A file on a small disk, which is deleted later.
    case ballast(String, size: Int)
    /// A limit on the size of each file (RLIMIT_FSIZE), which is lifted later.
    case limit(Int)

    func takeSome() throws {
        switch self {
        case .ballast(let path, let size):
            try Data(repeating: 7, count: size).write(to: URL(fileURLWithPath: path))
        case .limit(let size):
            // Otherwise the process would be killed when it reaches the limit.
            signal(SIGXFSZ, SIG_IGN)
            try Self.limitFiles(to: rlim_t(size))
        }
    }

    func make() throws {
        switch self {
        case .ballast(let path, _): try FileManager.default.removeItem(atPath: path)
        case .limit: try Self.limitFiles(to: nil)
        }
    }

    /// Sets the soft limit; nil means as high as the hard one.
    private static func limitFiles(to size: rlim_t?) throws {
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
        #else
            let resource = RLIMIT_FSIZE
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { throw POSIXError(.EPERM) }
        limit.rlim_cur = size ?? limit.rlim_max
        guard setrlimit(resource, &limit) == 0 else { throw POSIXError(.EPERM) }
    }
}
