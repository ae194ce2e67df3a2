import Foundation

// To the compiler, `struct stat` belongs to the first module whose headers had it, which may be this one.
#if canImport(CoreFoundation)
    import CoreFoundation
#endif

/// An open file of the system (read(2), write(2)).
///
/// Foundation's `FileHandle` gives up when a signal comes while it waits, as it does when a terminal is resized or a
/// stopped process goes on; here the call is made again.
struct FileDescriptor: ~Copyable {
    let number: Int32
    private let isOwned: Bool

    static var standardInput: FileDescriptor { FileDescriptor(number: STDIN_FILENO, isOwned: false) }
    static var standardOutput: FileDescriptor { FileDescriptor(number: STDOUT_FILENO, isOwned: false) }
    static var standardError: FileDescriptor { FileDescriptor(number: STDERR_FILENO, isOwned: false) }

    private init(number: Int32, isOwned: Bool) {
        self.number = number
        self.isOwned = isOwned
    }

    /// Opens a file to read it; a folder is refused.
    init(reading path: String) throws(SystemError) {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw SystemError(code: errno) }
        var info = stat()
        guard fstat(number, &info) != 0 || info.st_mode & S_IFMT != S_IFDIR else {
            close(number)
            throw SystemError(code: EISDIR)
        }
        self.init(number: number, isOwned: true)
    }

    deinit {
        if isOwned { close(number) }
    }

    var isTerminal: Bool { isatty(number) == 1 }

    /// How many columns a terminal has; nil when it does not say, and for anything else.
    var columns: Int? {
        var size = winsize()
        guard ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// How many bytes are left to read of a regular file; nil for anything else.
    var bytesLeft: Int? {
        var info = stat()
        guard fstat(number, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
        return max(0, Int(info.st_size) - max(0, Int(lseek(number, 0, SEEK_CUR))))
    }

    var isRegularFile: Bool { bytesLeft != nil }

    /// Appends at most so many bytes to a buffer, and returns how many; 0 at the end.
    func read(upToCount count: Int, into buffer: inout [UInt8]) throws(SystemError) -> Int {
        var outcome = (result: 0, code: Int32(0))
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { bytes, initializedCount in
            outcome = retryingInterrupts { Foundation.read(number, bytes.baseAddress, count) }
            initializedCount = max(outcome.result, 0)
        }
        guard outcome.result >= 0 else { throw SystemError(code: outcome.code) }
        buffer.append(contentsOf: bytes)
        return outcome.result
    }

    /// Writes all bytes.
    func write(_ bytes: [UInt8]) throws(SystemError) {
        try write(bytes[...])
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(SystemError) {
        var rest = bytes
        while !rest.isEmpty {
            let (written, code) = rest.withUnsafeBytes { bytes in
                retryingInterrupts { Foundation.write(number, bytes.baseAddress, bytes.count) }
            }
            guard written >= 0 else { throw SystemError(code: code) }
            rest = rest.dropFirst(written)
        }
    }

    private func retryingInterrupts(_ call: () -> Int) -> (result: Int, code: Int32) {
        while true {
            let result = call()
            let code = errno
            if result >= 0 || code != EINTR { return (result, code) }
        }
    }
}

/// Why the system refused a call (errno, strerror(3)).
struct SystemError: Error, CustomStringConvertible {
    let code: Int32

    var description: String { String(cString: strerror(code)) }
}
