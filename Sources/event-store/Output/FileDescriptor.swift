import Foundation

/// An open file of the system (read(2), write(2)).
///
/// Foundation's `FileHandle` gives up when a signal comes while it waits, as it does when a terminal is resized or a
/// stopped process goes on; here the call is made again.
struct FileDescriptor: ~Copyable {
    private let number: Int32
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

    /// Appends at most so many bytes to a buffer, and returns how many; 0 at the end.
    func read(upToCount count: Int, into buffer: inout [UInt8]) throws(SystemError) -> Int {
        let start = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: count))
        let (read, code) = buffer.withUnsafeMutableBytes { bytes in
            retryingInterrupts { Foundation.read(number, bytes.baseAddress.map { $0 + start }, count) }
        }
        buffer.removeLast(count - max(read, 0))
        guard read >= 0 else { throw SystemError(code: code) }
        return read
    }

    /// Writes all bytes.
    func write(_ bytes: [UInt8]) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            let (written, code) = bytes[done...].withUnsafeBytes { rest in
                retryingInterrupts { Foundation.write(number, rest.baseAddress, rest.count) }
            }
            guard written >= 0 else { throw SystemError(code: code) }
            done += written
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
