public import ServiceLifecycle

extension PostgresStore: Service {
    /// Opens the store unless it is open, waits for the shutdown of its service group, and closes it.
    ///
    /// What is under way then is waited for. A service group shuts its services down in the opposite order, so that a
    /// store that stands before those that use it outlives them:
    ///
    /// ```swift
    /// try await store.initialize(migrations: .verify)
    /// try await ServiceGroup(services: [store, server], gracefulShutdownSignals: [.sigterm], logger: logger).run()
    /// ```
    ///
    /// Services begin at the same moment. Whoever uses the store at once calls `initialize` before, as here.
    ///
    /// - Throws: what `initialize()` throws, and `CancellationError` when the task is cancelled; the store is closed then.
    public func run() async throws {
        do {
            if !isOpen { try await initialize() }
            try await gracefulShutdown()
        } catch {
            await close()
            throw error
        }
        await close()
    }
}
