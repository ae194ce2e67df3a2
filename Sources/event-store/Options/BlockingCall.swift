#if Postgres
    import Dispatch
    import Synchronization

    /// Asynchronous calls that the thread of a command waits for.
    enum BlockingCall {
        /// Runs a call to its end; a signal cancels it.
        ///
        /// Not for a thread of the cooperative pool, which the call may need.
        ///
        /// - Throws: what the call throws, and `Interrupted` when a signal has ended it.
        static func wait<Value: Sendable>(
            until interruption: Interruption? = nil, _ call: @escaping @Sendable () async throws -> Value
        ) throws -> Value {
            let answer = Answer<Value>()
            let task = Task.detached {
                do {
                    answer.give(.success(try await call()))
                } catch {
                    answer.give(.failure(error))
                }
            }
            interruption?.stopWith { task.cancel() }
            do {
                return try answer.wait()
            } catch {
                // Whatever the cancellation made of it.
                try interruption?.check()
                throw error
            }
        }
    }

    /// What a call gives back, for the thread that waits for it.
    private final class Answer<Value: Sendable>: Sendable {
        private let result = Mutex<Result<Value, any Error>?>(nil)
        private let isThere = DispatchSemaphore(value: 0)

        func give(_ result: Result<Value, any Error>) {
            self.result.withLock { $0 = result }
            isThere.signal()
        }

        func wait() throws -> Value {
            isThere.wait()
            guard let result = result.withLock({ $0 }) else { throw CancellationError() }
            return try result.get()
        }
    }
#endif
