import Foundation

/// A pipe whose reading end a test reads when it wants to, without ever waiting (pipe(2)).
final class SmallPipe: @unchecked Sendable {
    /// The end of the process; to be let go of when the process has it.
    ///
    /// Unchecked: it is set to nil once, by the test that made the pipe.
    private(set) var writing: FileHandle?

    private let reading: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0, fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reading = ends[0]
        writing = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
    }

    deinit {
        close(reading)
    }

    /// Lets go of the writing end, so that the pipe ends with the process.
    func closeWriting() throws {
        try writing?.close()
        writing = nil
    }

    /// Writes to it until there is no more room.
    func fill() throws {
        guard let end = writing?.fileDescriptor, fcntl(end, F_SETFL, O_NONBLOCK) == 0 else { throw POSIXError(.EBADF) }
        let zeros = [UInt8](repeating: 0, count: 4096)
        while write(end, zeros, zeros.count) > 0 {}
        // A process is to wait for room.
        _ = fcntl(end, F_SETFL, 0)
    }

    /// The next bytes; none when there are none yet, nil at the end.
    func next(upToCount count: Int) -> Data? {
        var buffer = [UInt8](repeating: 0, count: count)
        let got = read(reading, &buffer, count)
        return got == 0 ? nil : Data(buffer.prefix(max(0, got)))
    }

    /// Everything that is in it.
    func rest() -> Data {
        var data = Data()
        while let next = next(upToCount: 65_536), !next.isEmpty { data += next }
        return data
    }
}
