#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads folders and whole files with the calls of the operating system, because there may be thousands of files.
struct FileReader {
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    /// The content of a file (open(2), read(2)); nil when it cannot be read, or is a folder.
    mutating func contents(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var contents: [UInt8] = []
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            guard count > 0 else { return contents }
            contents += buffer[..<count]
        }
    }

    /// Whether there is a folder at a path, and no link to one (lstat(2)).
    func isFolder(_ path: String) -> Bool {
        var info = stat()
        return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }

    /// The names of what is in a folder, in no order (opendir(3), readdir(3)).
    static func names(in folder: String) throws(Failure) -> [String] {
        guard let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) else { throw Failure(code: ENOTSUP) }
        guard let directory = opendir(folder) else { throw Failure(code: errno) }
        defer { closedir(directory) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(directory) {
            // The entry may be shorter than `dirent`, so that it must not be copied.
            let name = UnsafeRawPointer(entry).advanced(by: nameOffset).assumingMemoryBound(to: CChar.self)
            names.append(String(cString: name))
            errno = 0
        }
        guard errno == 0 else { throw Failure(code: errno) }
        return names
    }

    /// Why a folder cannot be read.
    struct Failure: Error {
        let code: Int32

        var reason: String { code == ENOENT ? "it does not exist" : String(cString: strerror(code)) }
    }
}
