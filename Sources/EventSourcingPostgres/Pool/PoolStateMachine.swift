/// The decisions of a pool: who gets which connection, which are opened and closed. It does nothing itself.
///
/// Connections and waiters are numbers. Every event returns what is to be done because of it.
struct PoolStateMachine {
    enum Action: Equatable {
        /// Give a waiter a connection.
        case lend(connection: Int, waiter: Int)
        /// Tell a waiter that it gets none.
        case refuse(waiter: Int, Refusal)
        /// Connect, and report `opened` or `openingFailed`.
        case open(connection: Int)
        /// Close a connection, and report `closed`.
        case close(connection: Int)
        /// Report `pauseEnded` after that time.
        case pause(Duration)
        /// Everything is closed.
        case finish
    }

    enum Refusal: Equatable {
        case notStarted
        case closed
        case timeout
        case cancelled
        /// The database cannot be reached.
        case unreachable
    }

    private enum Phase {
        case new, running, closing, closed
    }

    private struct Idle {
        let connection: Int
        let since: ContinuousClock.Instant
    }

    private let options: PostgresPoolOptions
    private var phase = Phase.new
    /// The connection that was used last is at the end, and is lent first: the others can be closed one day.
    private var idle: [Idle] = []
    private var lent: Set<Int> = []
    private var opening: Set<Int> = []
    private var closing: Set<Int> = []
    /// First come, first served; so the deadlines are in order, too.
    private var waiters: [(waiter: Int, deadline: ContinuousClock.Instant)] = []
    private var lastConnection = 0
    /// How many attempts to connect have failed one after the other.
    private var failures = 0
    private var isPausing = false
    /// Whether a connection was ever opened; if not, it is not the server that is away, but the address that is wrong.
    private var hasConnected = false
    /// How many broken connections are to be replaced though nobody waits.
    private var replacements = 0

    init(_ options: PostgresPoolOptions) {
        self.options = options
    }

    var status: PostgresPoolStatus {
        PostgresPoolStatus(
            idle: idle.count, lent: lent.count, opening: opening.count, closing: closing.count, waiting: waiters.count)
    }

    // MARK: Life

    mutating func start() {
        if phase == .new { phase = .running }
    }

    var isClosing: Bool { phase == .closing || phase == .closed }

    /// No more is lent; what is lent out comes back first.
    mutating func close() -> [Action] {
        guard !isClosing else { return phase == .closed ? [.finish] : [] }
        phase = .closing
        let refusals = waiters.map { Action.refuse(waiter: $0.waiter, .closed) }
        waiters = []
        replacements = 0
        let closes = idle.map { close($0.connection) }
        idle = []
        return refusals + closes + finishIfEmpty()
    }

    private mutating func finishIfEmpty() -> [Action] {
        guard phase == .closing, lent.isEmpty, opening.isEmpty, closing.isEmpty else { return [] }
        phase = .closed
        return [.finish]
    }

    // MARK: Waiters

    /// Somebody wants a connection.
    ///
    /// - Parameter isAlive: whether a free connection still works, as far as that can be seen.
    mutating func request(_ waiter: Int, at now: ContinuousClock.Instant, isAlive: (Int) -> Bool) -> [Action] {
        switch phase {
        case .new: return [.refuse(waiter: waiter, .notStarted)]
        case .closing, .closed: return [.refuse(waiter: waiter, .closed)]
        case .running: break
        }
        var actions: [Action] = []
        while let last = idle.popLast() {
            if isAlive(last.connection) {
                return actions + [lend(last.connection, to: waiter)]
            }
            actions.append(close(last.connection))
        }
        waiters.append((waiter, now + options.timeout))
        return actions + openWhatIsNeeded()
    }

    /// Somebody does not want to wait any longer; nothing happens when it has been served.
    mutating func cancel(_ waiter: Int) -> [Action] {
        guard let index = waiters.firstIndex(where: { $0.waiter == waiter }) else { return [] }
        waiters.remove(at: index)
        return [.refuse(waiter: waiter, .cancelled)]
    }

    /// When the time of the one who has waited longest runs out; nil when nobody waits.
    var nextDeadline: ContinuousClock.Instant? { waiters.first?.deadline }

    /// Refuses those whose time has run out.
    mutating func expire(at now: ContinuousClock.Instant) -> [Action] {
        let expired = waiters.prefix { $0.deadline <= now }
        waiters.removeFirst(expired.count)
        return expired.map { .refuse(waiter: $0.waiter, .timeout) }
    }

    private mutating func lend(_ connection: Int, to waiter: Int) -> Action {
        lent.insert(connection)
        return .lend(connection: connection, waiter: waiter)
    }

    // MARK: Connections

    mutating func opened(_ connection: Int, at now: ContinuousClock.Instant) -> [Action] {
        opening.remove(connection)
        failures = 0
        hasConnected = true
        if isClosing { return [close(connection)] }
        replacements = max(0, replacements - 1)
        return offer(connection, at: now) + openWhatIsNeeded()
    }

    mutating func openingFailed(_ connection: Int) -> [Action] {
        opening.remove(connection)
        failures += 1
        if isClosing { return finishIfEmpty() }
        guard hasConnected else {
            defer { waiters = [] }
            return waiters.map { .refuse(waiter: $0.waiter, .unreachable) }
        }
        guard !isPausing, neededCount > 0 else { return [] }
        isPausing = true
        return [.pause(Self.pause(afterFailures: failures))]
    }

    mutating func pauseEnded() -> [Action] {
        isPausing = false
        return isClosing ? [] : openWhatIsNeeded()
    }

    /// A connection comes back.
    ///
    /// - Parameter isReusable: false when it is broken, or in a state that nobody can be sure of.
    mutating func giveBack(_ connection: Int, isReusable: Bool, at now: ContinuousClock.Instant) -> [Action] {
        guard lent.remove(connection) != nil else { return [] }
        if isClosing { return [close(connection)] }
        if isReusable { return offer(connection, at: now) }
        let close = close(connection)
        if openCount < options.minimum { replacements += 1 }
        return [close] + openWhatIsNeeded()
    }

    mutating func closed(_ connection: Int) -> [Action] {
        closing.remove(connection)
        return isClosing ? finishIfEmpty() : openWhatIsNeeded()
    }

    /// Closes what has not been used for long, down to the minimum.
    mutating func trim(at now: ContinuousClock.Instant) -> [Action] {
        var actions: [Action] = []
        while openCount > options.minimum, let first = idle.first, now - first.since >= options.idleTimeout {
            idle.removeFirst()
            actions.append(close(first.connection))
        }
        return actions
    }

    /// Gives a free connection to whoever has waited longest.
    private mutating func offer(_ connection: Int, at now: ContinuousClock.Instant) -> [Action] {
        if waiters.isEmpty {
            idle.append(Idle(connection: connection, since: now))
            return []
        }
        return [lend(connection, to: waiters.removeFirst().waiter)]
    }

    private mutating func close(_ connection: Int) -> Action {
        closing.insert(connection)
        return .close(connection: connection)
    }

    private var openCount: Int { idle.count + lent.count + opening.count }

    private var neededCount: Int { max(waiters.count, replacements) }

    private mutating func openWhatIsNeeded() -> [Action] {
        guard !isPausing else { return [] }
        // After a failure one attempt finds out as much as many.
        let limit = failures > 0 ? min(1, neededCount) : neededCount
        var actions: [Action] = []
        // One that is being closed still takes a place on the server.
        while opening.count < limit, openCount + closing.count < options.maximum {
            lastConnection += 1
            opening.insert(lastConnection)
            actions.append(.open(connection: lastConnection))
        }
        return actions
    }

    /// 100 ms, doubled with each failure, 5 s at most.
    static func pause(afterFailures count: Int) -> Duration {
        .milliseconds(min(5000, 100 << min(count - 1, 10)))
    }
}
