import Dispatch
import Synchronization

/// Serial queues that calls into SQLite run on, so that they block no thread of the cooperative pool.
///
/// Each call goes to the queue with the fewest calls under way.
final class WorkQueues: Sendable {
    private let queues: [DispatchQueue]
    private let loads: Mutex<[Int]>

    init(_ queues: [DispatchQueue]) {
        self.queues = queues
        loads = Mutex(Array(repeating: 0, count: queues.count))
    }

    /// Runs a closure on one of the queues and returns what it returns.
    ///
    /// - Throws: what the closure throws, and `CancellationError` when the task was cancelled before it began.
    func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        let index = loads.withLock { loads in
            let index = loads.indices.min { loads[$0] < loads[$1] } ?? 0
            loads[index] += 1
            return index
        }
        defer { loads.withLock { $0[index] -= 1 } }
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            queues[index].async { continuation.resume(with: Swift.Result { try body() }) }
        }
    }

    /// Waits until everything that was given to the queues has run, and then a closure on each of them.
    func drain(_ last: @escaping @Sendable () -> Void = {}) async {
        for queue in queues {
            await withCheckedContinuation { continuation in
                queue.async {
                    last()
                    continuation.resume()
                }
            }
        }
    }
}
