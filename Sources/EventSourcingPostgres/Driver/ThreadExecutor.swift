import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Runs the work of one actor on a thread of its own, where it may block.
///
/// A queue of Dispatch takes another thread of its pool for each piece of work, the one that has slept longest; the same
/// thread again is there sooner.
package final class ThreadExecutor: SerialExecutor {
    private let work = ThreadWork()

    /// Starts the thread; nil when the system has none left.
    package init?() {
        guard work.start() else { return nil }
    }

    deinit {
        work.end()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        enqueue { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// Runs a closure between the jobs of the actor.
    func enqueue(_ body: @escaping @Sendable () -> Void) {
        work.add(body)
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    package func checkIsolated() {
        precondition(work.isCurrentThread, "not on the thread of the connection")
    }
}

/// What a thread has to do, one after the other; it outlives its executor until everything is done.
private final class ThreadWork: Sendable {
    private struct State {
        var bodies: [@Sendable () -> Void] = []
        var isSleeping = false
        var hasEnded = false
    }

    private let state = Mutex(State())
    private let wakeUp = DispatchSemaphore(value: 0)
    private let thread = Mutex<pthread_t?>(nil)

    var isCurrentThread: Bool {
        thread.withLock { thread in thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    // MARK: From any thread

    func start() -> Bool {
        let context = Unmanaged.passRetained(self)
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        guard pthread_create(&thread, nil, { ThreadWork.run($0) }, context.toOpaque()) == 0 else {
            context.release()
            return false
        }
        // Nobody waits for it to end.
        #if canImport(Darwin)
            if let thread { pthread_detach(thread) }
        #else
            pthread_detach(thread)
        #endif
        return true
    }

    func add(_ body: @escaping @Sendable () -> Void) {
        wake { $0.bodies.append(body) }
    }

    func end() {
        wake { $0.hasEnded = true }
    }

    private func wake(_ change: (inout State) -> Void) {
        let isSleeping = state.withLock { state in
            change(&state)
            defer { state.isSleeping = false }
            return state.isSleeping
        }
        if isSleeping { wakeUp.signal() }
    }

    // MARK: On the thread

    private func run() {
        thread.withLock { $0 = pthread_self() }
        while let bodies = nextBodies() {
            for body in bodies { body() }
        }
    }

    /// What there is to do, as soon as there is something; nil at the end.
    private func nextBodies() -> [@Sendable () -> Void]? {
        lookForMore()
        while true {
            let (bodies, hasEnded) = state.withLock { state in
                defer { state.bodies = [] }
                state.isSleeping = state.bodies.isEmpty && !state.hasEnded
                return (state.bodies, state.hasEnded)
            }
            if !bodies.isEmpty { return bodies }
            if hasEnded { return nil }
            wakeUp.wait()
        }
    }

    /// Waits a moment without sleeping, and lets others run meanwhile: who has waited for one statement often has the next,
    /// and to wake a thread can take as long as a statement does.
    private func lookForMore() {
        let end = ContinuousClock.now + .microseconds(50)
        while state.withLock({ $0.bodies.isEmpty && !$0.hasEnded }), ContinuousClock.now < end { sched_yield() }
    }
}

extension ThreadWork {
    /// The body of a thread, which has been given what it has to do.
    static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        Unmanaged<ThreadWork>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }
}
