#if GoogleCloud
    import Dispatch
    import Synchronization

    /// Asynchronous work that the thread of a command waits for.
    enum AsyncWork {
        /// Runs a closure to its end; a signal cancels it.
        ///
        /// Not for a thread of the cooperative pool, which the closure may need.
        ///
        /// - Throws: what the closure throws, and `Interrupted` when a signal has ended it.
        static func wait<Value: Sendable>(
            until interruption: Interruption? = nil, _ body: @escaping @Sendable () async throws -> Value
        ) throws -> Value {
            let result = Mutex<Result<Value, any Error>?>(nil)
            let isThere = DispatchSemaphore(value: 0)
            let box = Box(result)
            let task = Task.detached {
                let outcome: Result<Value, any Error>
                do {
                    outcome = .success(try await body())
                } catch {
                    outcome = .failure(error)
                }
                box.result.withLock { $0 = outcome }
                isThere.signal()
            }
            interruption?.stopWith { task.cancel() }
            isThere.wait()
            guard let outcome = box.result.withLock({ $0 }) else { throw CancellationError() }
            do {
                return try outcome.get()
            } catch {
                // Whatever the cancellation made of it.
                try interruption?.check()
                throw error
            }
        }

        private final class Box<Value: Sendable>: Sendable {
            let result: Mutex<Result<Value, any Error>?>

            init(_ result: consuming Mutex<Result<Value, any Error>?>) {
                self.result = result
            }
        }
    }
#endif
