import Foundation

/// Waiting for a file in such a way that a signal ends it (poll(2)).
extension FileDescriptor {
    /// Whether a line can be written without waiting.
    var hasRoom: Bool {
        (try? wait(for: Int16(POLLOUT), milliseconds: 0)) == true
    }

    /// Waits until there is something to read, or the end of the file.
    func waitForInput(until interruption: Interruption) throws {
        _ = try wait(for: Int16(POLLIN), until: interruption)
    }

    /// Waits some time, but no longer than the file has a reader.
    ///
    /// - Throws: `Interrupted`, and `SystemError` with EPIPE when the reader of a pipe goes away.
    func waitWhileRead(_ time: Duration, until interruption: Interruption) throws {
        // With no event to wait for, only the end of the file is reported.
        if try wait(for: 0, milliseconds: Int32(time / .milliseconds(1)), until: interruption) {
            throw SystemError(code: EPIPE)
        }
    }

    /// Writes whole lines; a signal ends it between two of them.
    ///
    /// A line that was begun when the signal came is finished, unless nobody reads it.
    func write(lines: [UInt8], until interruption: Interruption) throws {
        // A file takes everything at once.
        guard !isRegularFile else {
            try interruption.check()
            return try write(lines)
        }
        var rest = lines[...]
        while !rest.isEmpty {
            do {
                _ = try wait(for: Int16(POLLOUT), until: interruption)
            } catch let error as Interrupted {
                let isInLine = rest.startIndex > 0 && lines[rest.startIndex - 1] != UInt8(ascii: "\n")
                guard isInLine, try wait(for: Int16(POLLOUT), milliseconds: 1000) else { throw error }
            }
            let piece = Self.piece(of: rest)
            try write(piece)
            rest = rest[piece.endIndex...]
        }
    }

    /// As many whole lines as a pipe that has room takes without waiting, or a piece of a line that is longer.
    private static func piece(of lines: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let piece = lines.prefix(Int(PIPE_BUF))
        guard piece.endIndex < lines.endIndex, let end = piece.lastIndex(of: UInt8(ascii: "\n")) else { return piece }
        return piece[...end]
    }

    /// Waits for an event of the file, or its end.
    ///
    /// - Parameter milliseconds: how long at most; negative for ever.
    /// - Returns: false when the time is over.
    private func wait(
        for events: Int16, milliseconds: Int32 = -1, until interruption: Interruption? = nil
    ) throws -> Bool {
        var files = [pollfd(fd: number, events: events, revents: 0)]
        if let interruption { files.append(pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0)) }
        while true {
            let ready = poll(&files, nfds_t(files.count), milliseconds)
            let code = errno
            try interruption?.check()
            if ready >= 0 { return ready > 0 }
            // A signal that nobody takes, such as that of a stopped process that goes on, begins the wait anew.
            guard code == EINTR else { throw SystemError(code: code) }
        }
    }
}
