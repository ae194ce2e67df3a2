/// Where messages go that are not the result: they never end up in a pipe.
enum StandardError {
    static func write(_ message: String) {
        // Whoever cannot be told is not told; the exit code still says it.
        try? FileDescriptor.standardError.write(Array("\(message)\n".utf8))
    }
}

/// Where results go, in large writes.
struct StandardOutput: ~Copyable {
    private var buffer: [UInt8] = []

    mutating func write(line: String) throws {
        try write(line: line.utf8)
    }

    mutating func write(line: some Sequence<UInt8>) throws {
        buffer.append(contentsOf: line)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= 64 * 1024 { try flush() }
    }

    mutating func flush() throws {
        do {
            try FileDescriptor.standardOutput.write(buffer)
        } catch {
            throw UsageError("standard output: \(error)")
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
