import Dispatch
import Foundation
import Synchronization

/// Threads that begin at the same moment.
final class ThreadGroup: Sendable {
    private let count: Int
    private let ready = DispatchGroup()
    private let begin = DispatchSemaphore(value: 0)
    private let done = DispatchGroup()
    private let failure = Mutex<(any Error)?>(nil)

    /// Makes the threads, which wait; each gets its number.
    init(count: Int, _ body: @escaping @Sendable (Int) throws -> Void) {
        self.count = count
        for number in 0..<count {
            ready.enter()
            done.enter()
            Thread.detachNewThread { [self] in
                ready.leave()
                begin.wait()
                do { try body(number) } catch { failure.withLock { $0 = error } }
                done.leave()
            }
        }
        ready.wait()
    }

    /// Lets them begin, and waits until all of them are done.
    ///
    /// - Throws: what one of them threw.
    func run() throws {
        for _ in 0..<count { begin.signal() }
        done.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }
}

/// Runs synchronous code on a thread of its own, as the synchronous stores are meant to be used.
func onThread(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
    }
}
