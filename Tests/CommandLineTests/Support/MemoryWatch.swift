import Foundation
import Synchronization

/// Watches the memory of a process until its end.
///
/// On a thread of its own, because the tests' tasks may all be busy for longer than the process lives.
final class MemoryWatch: Sendable {
    private let peak = Mutex(0)

    /// The most that was seen, in kilobytes.
    var kilobytes: Int { peak.withLock { $0 } }

    init(_ running: RunningTool) {
        Thread.detachNewThread { [self] in
            while running.isRunning {
                sample(running.processID)
                usleep(2000)
            }
        }
    }

    private func sample(_ processID: Int32) {
        #if os(Linux)
            // A high-water mark only rises, so nothing is missed but the very last moment.
            let status = try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)
            guard let match = status?.firstMatch(of: /VmHWM:\s+(\d+) kB/), let seen = Int(match.1) else { return }
        #else
            // Of the largest child that has ended, in bytes; no other import here is as large.
            var usage = rusage()
            getrusage(RUSAGE_CHILDREN, &usage)
            let seen = usage.ru_maxrss / 1024
        #endif
        peak.withLock { $0 = max($0, seen) }
    }
}
