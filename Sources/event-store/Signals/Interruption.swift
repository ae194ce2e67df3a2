import Foundation
import Synchronization

/// Takes SIGINT and SIGTERM, so that a command ends in good order and not in the middle of a line.
///
/// A thread waits for the signals (sigwait(3)): no code of ours runs inside a signal handler, and no system call of the
/// database library is cut short. The command looks here at its next good place. When it does not come to one in time,
/// or at a second signal, the process ends where it is; that is safe, because a database undoes what was not committed.
///
/// There is one for a process, made before any other thread.
final class Interruption: Sendable {
    /// At its end, and so readable, from the first signal on; for poll(2).
    let descriptor: Int32

    private let writingEnd: Int32
    private let received = Mutex<EndingSignal?>(nil)
    private let busySince = Mutex<ContinuousClock.Instant?>(.now)
    private let stops = Mutex<[@Sendable () -> Void]>([])
    private let grace: Duration
    private let remark: @Sendable () -> String?
    private let cleanUp: @Sendable () -> Void

    /// Begins to take the signals; one that whoever started the process has switched off stays ignored.
    ///
    /// - Parameters:
    ///   - grace: how long the command may be busy before the process ends where it is.
    ///   - remark: what a person should know about what was done, whenever the end comes.
    ///   - cleanUp: is called when the process ends where it is.
    init(
        grace: Duration = .seconds(5), remark: @escaping @Sendable () -> String? = { nil },
        cleanUp: @escaping @Sendable () -> Void = {}
    ) throws {
        (descriptor, writingEnd) = try Self.makePipe()
        self.grace = grace
        self.remark = remark
        self.cleanUp = cleanUp
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in EndingSignal.allCases { sigaddset(&signals, signal.number) }
        // Threads that are made later inherit it, so that only the one that waits is given the signals.
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        for signal in EndingSignal.allCases where Self.isIgnored(signal) { sigdelset(&signals, signal.number) }
        Thread.detachNewThread { [self, signals] in wait(for: signals) }
    }

    /// The end that was asked for, or nil.
    var error: Interrupted? {
        received.withLock { $0 }.map { Interrupted(signal: $0, remark: remark()) }
    }

    /// Says whether the command is in something that it cannot leave, such as a statement of the database.
    ///
    /// So it is taken to be until it says otherwise; while it is not, it comes to its next good place in any case, however
    /// long that takes on a machine that has much else to do.
    func setBusy(_ isBusy: Bool) {
        busySince.withLock { $0 = isBusy ? .now : nil }
    }

    /// Says how what the command is busy with can be stopped; it is called once, on a thread of its own. A command that
    /// is busy with several things says so for each.
    func stopWith(_ stop: @escaping @Sendable () -> Void) {
        stops.withLock { $0.append(stop) }
    }

    /// Runs what cannot be left.
    func busy<Result>(_ body: () throws -> Result) rethrows -> Result {
        setBusy(true)
        defer { setBusy(false) }
        return try body()
    }

    /// Goes on, unless a signal has come.
    func check() throws(Interrupted) {
        if let error { throw error }
    }

    // MARK: The thread that waits

    private func wait(for signals: sigset_t) {
        var signals = signals
        while true {
            var number: Int32 = 0
            guard sigwait(&signals, &number) == 0, let signal = EndingSignal(number: number) else { continue }
            take(signal)
        }
    }

    private func take(_ signal: EndingSignal) {
        let isFirst = received.withLock { received in
            guard received == nil else { return false }
            received = signal
            return true
        }
        guard isFirst else { endHere(signal) }
        close(writingEnd)
        for stop in stops.withLock({ $0 }) { Thread.detachNewThread(stop) }
        let start = ContinuousClock.now
        Thread.detachNewThread { [self] in
            while !hasBeenBusy(since: start) { Thread.sleep(forTimeInterval: 0.05) }
            endHere(signal)
        }
    }

    private func hasBeenBusy(since signal: ContinuousClock.Instant) -> Bool {
        busySince.withLock { $0.map { max($0, signal).duration(to: .now) >= grace } ?? false }
    }

    /// Ends without waiting for anything that another thread holds.
    private func endHere(_ signal: EndingSignal) -> Never {
        cleanUp()
        StandardError.writeLastWords(Interrupted(signal: signal, remark: remark()).description)
        _exit(signal.exitStatus.rawValue)
    }

    // MARK: The system

    private static func makePipe() throws(SystemError) -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw SystemError(code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// A shell switches SIGINT off for what it runs in the background of a script. The signals must be blocked: to ask is
    /// to set.
    private static func isIgnored(_ signal: EndingSignal) -> Bool {
        let handler = Foundation.signal(signal.number, SIG_DFL)
        guard unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) else { return false }
        _ = Foundation.signal(signal.number, SIG_IGN)
        return true
    }
}
