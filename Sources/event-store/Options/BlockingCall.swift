#if Postgres
    import Dispatch
    import Synchronization

    /// Asynchronous calls that the thread of a command waits for.
    enum BlockingCall {
        /// Not for a thread of the cooperative pool, which the call may need.
        static func wait<Value: Sendable>(_ call: @escaping @Sendable () async throws -> Value) throws -> Value {
            let answer = Answer<Value>()
            Task.detached {
                do {
                    answer.give(.success(try await call()))
                } catch {
                    answer.give(.failure(error))
                }
            }
            return try answer.wait()
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
