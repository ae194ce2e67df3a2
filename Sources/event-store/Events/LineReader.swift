/// Reads a file or standard input line by line, in memory that grows only with the longest line.
struct LineReader: ~Copyable {
    private let path: String
    private let file: FileDescriptor
    private let interruption: Interruption
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false
    private var bytesTaken = 0

    /// How many bytes there are to read, of a regular file.
    let byteCount: Int?

    /// Opens a file; `-` is standard input.
    init(path: String, interruption: Interruption) throws {
        self.path = path
        self.interruption = interruption
        file = try Self.open(path)
        byteCount = file.bytesLeft
    }

    private static func open(_ path: String) throws -> FileDescriptor {
        guard path != "-" else { return .standardInput }
        do { return try FileDescriptor(reading: path) } catch { throw unreadable(path, error) }
    }

    /// How many bytes the lines read so far had.
    var bytesRead: Int { bytesTaken - (buffer.count - start) }

    /// Calls a closure with the next line, without its end; false when there is none.
    ///
    /// - Throws: `Interrupted` when a signal comes while it waits for input.
    mutating func next(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws -> Bool {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                try buffer.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[start..<end])) }
                start = end + 1
                return true
            }
            if isAtEnd {
                guard start < buffer.count else { return false }
                try buffer.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[start...])) }
                start = buffer.count
                return true
            }
            buffer.removeFirst(start)
            start = 0
            searched = buffer.count
            try fill()
        }
    }

    private mutating func fill() throws {
        try file.waitForInput(until: interruption)
        do {
            let count = try file.read(upToCount: 256 * 1024, into: &buffer)
            bytesTaken += count
            isAtEnd = count == 0
        } catch {
            throw Self.unreadable(path, error)
        }
    }

    private static func unreadable(_ path: String, _ error: SystemError) -> UsageError {
        UsageError("\(path): cannot be read (\(error)); give a file of CloudEvents JSON lines, or - for standard input")
    }
}
