import Foundation
import Synchronization

/// A terminal that a test looks at: what a process writes to its one side is read at the other (pty(7)).
final class PseudoTerminal: Sendable {
    /// The side of the process.
    let handle: FileHandle

    private let watched: Int32
    private let seen = Mutex<[UInt8]>([])

    init(columns: UInt16 = 100) throws {
        watched = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard watched >= 0, let name = Self.unlock(watched) else { throw Self.failure() }
        let process = open(name, O_RDWR | O_NOCTTY)
        guard process >= 0, fcntl(watched, F_SETFL, O_NONBLOCK) == 0 else { throw Self.failure() }
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard ioctl(process, UInt(TIOCSWINSZ), &size) == 0 else { throw Self.failure() }
        handle = FileHandle(fileDescriptor: process, closeOnDealloc: true)
    }

    deinit {
        close(watched)
    }

    /// Everything that was written so far; never waits.
    var text: String {
        seen.withLock { seen in
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = read(watched, &buffer, buffer.count)
                guard count > 0 else { break }
                seen += buffer.prefix(count)
            }
            return String(decoding: seen, as: UTF8.self)
        }
    }

    /// What stands on the line of the cursor, when lines are erased as the terminal is told to.
    var currentLine: String {
        // A terminal makes two characters of a line's end, which are one for Swift.
        let line = text.components(separatedBy: "\r\n").last ?? ""
        return line.components(separatedBy: "\r\u{1B}[K").last ?? ""
    }

    /// Makes the process's side usable, and returns its name.
    private static func unlock(_ terminal: Int32) -> String? {
        #if os(Linux)
            // What unlockpt(3) and ptsname(3) do; Swift does not see them: TIOCSPTLCK and TIOCGPTN.
            var isLocked: Int32 = 0
            var number: UInt32 = 0
            guard ioctl(terminal, 0x4004_5431, &isLocked) == 0, ioctl(terminal, 0x8004_5430, &number) == 0 else {
                return nil
            }
            return "/dev/pts/\(number)"
        #else
            guard grantpt(terminal) == 0, unlockpt(terminal) == 0 else { return nil }
            return ptsname(terminal).map { String(cString: $0) }
        #endif
    }

    private static func failure() -> POSIXError {
        POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
}
