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

/// Runs asynchronous code in a detached task while the main thread does nothing but wait for it.
func runDetached(_ body: @escaping @Sendable () async throws -> Void) throws {
    let result = Mutex<Result<Void, any Error>>(.success(()))
    let done = DispatchSemaphore(value: 0)
    Task.detached {
        do { try await body() } catch { result.withLock { $0 = .failure(error) } }
        done.signal()
    }
    done.wait()
    try result.withLock { $0 }.get()
}
