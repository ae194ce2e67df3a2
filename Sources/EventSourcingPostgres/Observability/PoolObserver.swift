import CoreMetrics
import EventSourcingSQL
import Logging
import SQLSchema
import Synchronization

/// Tells a logger and metrics what a pool does.
final class PoolObserver: Sendable {
    private let logger: Logger
    private let metrics: PoolMetrics?
    /// Whether the last attempt to connect failed, so that a server that is away is told once.
    private let isUnreachable = Mutex(false)
    /// What the gauges show.
    private let shown = Mutex<PostgresPoolStatus?>(nil)

    init(_ observability: PostgresObservability) {
        logger = observability.logger
        metrics = MetricsMaker(observability).map(PoolMetrics.init)
    }

    // MARK: Lending

    /// Measures how long it takes from now until somebody is given a connection, or is told why not.
    func measuringWait<Loan>(
        _ answer: @escaping @Sendable (Result<Loan, any Error>) -> Void
    ) -> @Sendable (Result<Loan, any Error>) -> Void {
        guard let metrics else { return answer }
        let start = ContinuousClock.now
        return { result in
            switch result {
            case .success:
                metrics.wait.record(since: start)
            case .failure(let error):
                if let error = error as? PostgresPoolError, error.code == .timeout { metrics.timeouts.increment() }
            }
            answer(result)
        }
    }

    /// Shows what the pool is doing. It is read within the lock, so that whoever comes last shows the latest.
    func show(_ status: () -> PostgresPoolStatus) {
        guard let metrics else { return }
        shown.withLock { shown in
            let status = status()
            guard status != shown else { return }
            metrics.show(status)
            shown = status
        }
    }

    // MARK: Connections

    func opened(_ connection: Int, since start: ContinuousClock.Instant) {
        let wasUnreachable = isUnreachable.withLock { isUnreachable in
            defer { isUnreachable = false }
            return isUnreachable
        }
        if wasUnreachable { logger.notice("the database can be reached again") }
        logger.debug(
            "a connection was opened",
            metadata: ["connection": "\(connection)", "seconds": "\(start.secondsUntilNow)"])
    }

    func openingFailed(_ error: any Error) {
        metrics?.connectFailures.increment()
        let wasUnreachable = isUnreachable.withLock { isUnreachable in
            defer { isUnreachable = true }
            return isUnreachable
        }
        // What is said about an address has no password in it.
        logger.log(
            level: wasUnreachable ? .debug : .warning, "the database cannot be reached",
            metadata: ["error": "\((error as? DatabaseError)?.description ?? ErrorKind(error).name)"])
    }

    /// A connection cannot be lent any more: it broke, or nobody can tell what state it is in.
    func lost(_ connection: Int) {
        metrics?.connectionsLost.increment()
        logger.warning("a connection was lost and is replaced", metadata: ["connection": "\(connection)"])
    }

    func closed(_ connection: Int) {
        logger.debug("a connection was closed", metadata: ["connection": "\(connection)"])
    }
}

/// What a pool counts and measures.
struct PoolMetrics: Sendable {
    let wait: CoreMetrics.Timer
    let timeouts: Counter
    let connectFailures: Counter
    let connectionsLost: Counter
    private let idle: Gauge
    private let used: Gauge
    private let opening: Gauge
    private let waiting: Gauge

    init(_ maker: MetricsMaker) {
        wait = maker.timer("pool_wait_duration_seconds")
        timeouts = maker.counter("pool_timeouts_total")
        connectFailures = maker.counter("connect_failures_total")
        connectionsLost = maker.counter("connections_lost_total")
        idle = maker.gauge("pool_connections", ("state", "idle"))
        used = maker.gauge("pool_connections", ("state", "used"))
        opening = maker.gauge("pool_connections", ("state", "opening"))
        waiting = maker.gauge("pool_waiting")
    }

    func show(_ status: PostgresPoolStatus) {
        idle.record(status.idle)
        used.record(status.lent)
        opening.record(status.opening)
        waiting.record(status.waiting)
    }
}
