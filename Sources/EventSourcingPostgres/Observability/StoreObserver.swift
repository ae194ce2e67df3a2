import CoreMetrics
import EventSourcing
import Logging
import SQLSchema
import Synchronization
import Tracing

/// Tells a logger, metrics and a tracer what a store does.
final class StoreObserver: Sendable {
    private let logger: Logger
    private let metrics: StoreMetrics?
    private let tracer: (any Tracer)?
    private let attributes: DatabaseAttributes
    private let correlation: PostgresCorrelation?
    private let correlatingInstrument: any Instrument
    private let feed = Mutex(FeedWatch())

    init(_ observability: PostgresObservability, _ attributes: DatabaseAttributes) {
        logger = observability.logger
        metrics = MetricsMaker(observability).map(StoreMetrics.init)
        tracer = observability.activeTracer
        self.attributes = attributes
        correlation = observability.correlation
        correlatingInstrument = observability.tracer ?? InstrumentationSystem.tracer
    }

    /// The correlation id for the events that the current task saves without one.
    var correlationID: String? { correlation?.currentID(correlatingInstrument) }

    // MARK: Calls

    /// Runs a call in a span.
    ///
    /// - Parameters:
    ///   - batch: how many events it brings; nil when it brings none.
    ///   - rows: how many rows the result has; nil when that means nothing.
    func span<Value>(
        _ operation: StoreOperation, batch: Int? = nil, rows: (Value) -> Int? = { _ in nil },
        _ body: () async throws -> Value
    ) async throws -> Value {
        guard let tracer else { return try await body() }
        let span: any Span = tracer.startSpan(attributes.spanName(operation), ofKind: .client)
        defer { span.end() }
        attributes.write(operation, to: span)
        // One event is no batch, the conventions say.
        if let batch, batch > 1 { span.attributes["db.operation.batch.size"] = batch }
        do {
            let value = try await ServiceContext.$current.withValue(span.context) { try await body() }
            if let count = rows(value) { span.attributes["db.response.returned_rows"] = count }
            return value
        } catch {
            let kind = ErrorKind(error)
            span.attributes["error.type"] = kind.name
            if let sqlState = kind.sqlState { span.attributes["db.response.status_code"] = sqlState }
            span.setStatus(SpanStatus(code: .error))
            throw error
        }
    }

    /// Runs a call that saves, in a span, and counts what becomes of it.
    ///
    /// - Parameter count: how many events there are.
    func save<Value>(
        _ operation: StoreOperation, saves: Int = 1, events count: Int, _ body: () async throws -> Value
    ) async throws -> Value {
        guard let metrics else { return try await span(operation, batch: count, body) }
        let start = ContinuousClock.now
        do {
            let value = try await span(operation, batch: count, body)
            metrics.saveDuration.record(since: start)
            metrics.count(.saved, saves: saves, events: count)
            return value
        } catch {
            metrics.saveDuration.record(since: start)
            metrics.count(SaveOutcome(error), saves: saves, events: count)
            throw error
        }
    }

    /// Counts what became of one save among several.
    func ended(_ outcome: Result<SaveResult, any Error>, events count: Int) {
        switch outcome {
        case .success: metrics?.count(.saved, events: count)
        case .failure(let error): metrics?.count(SaveOutcome(error), events: count)
        }
    }

    // MARK: Saves

    /// Saves are sent together.
    func sends(batchOf count: Int) {
        metrics?.batchSaves.record(Int64(count))
    }

    /// A batch could not save everything; what is left is tried alone.
    ///
    /// - Parameter error: why, when the server refused the whole batch.
    func splits(batchOf count: Int, left: Int, because error: DatabaseError?) {
        guard left > 0 else { return }
        if count == 1, let error { return retries(error) }
        metrics?.count(.batch, saves: left)
        logger.debug("a batch is taken apart", metadata: ["saves": "\(count)", "alone": "\(left)"])
    }

    /// A save is tried again.
    func retries(_ error: DatabaseError) {
        let reason = RetryReason(error)
        metrics?.count(reason)
        logger.debug(
            "a save is tried again", metadata: ["reason": "\(reason.rawValue)", "sqlstate": "\(error.engineCode)"])
    }

    // MARK: The feed

    /// A reader was given a page.
    func read<Columns>(_ page: FeedPage<Columns>) {
        if let last = page.events.last, let metrics {
            metrics.feedEvents.increment(by: page.events.count)
            // The clock of the server may be ahead of ours.
            let lag = max(0, Instant.now().microsecondsSince1970 - last.recordedAt.microsecondsSince1970)
            metrics.feedLag.recordMicroseconds(lag)
        }
        let change = feed.withLock { $0.note(position: page.position, obstacle: page.obstacle?.position) }
        if let obstacle = page.obstacle {
            metrics?.feedHolds.increment()
            metrics?.feedHoldSeconds.record(obstacle.age(at: .now()))
        }
        switch change {
        case .begins:
            logger.debug(
                "the feed waits for a transaction that has not ended",
                metadata: page.obstacle.map { ["position": "\($0.position)", "last": "\($0.highestPosition)"] })
        case .ends:
            metrics?.feedHoldSeconds.record(0)
            logger.debug("the feed goes on", metadata: ["position": "\(page.position)"])
        case .goesOn, nil: break
        }
    }

    // MARK: Life

    /// The schema is what the store needs.
    func initialized(_ policy: MigrationPolicy, since start: ContinuousClock.Instant) {
        logger.debug(
            "the store is open", metadata: ["migrations": "\(policy)", "seconds": "\(start.secondsUntilNow)"])
    }

    /// Somebody else is applying migrations.
    func waits(forMigrationsOf holder: PostgresLockHolder) {
        logger.info(
            "waiting for somebody else who applies migrations",
            metadata: ["process": "\(holder.processID)", "application": "\(holder.application)"])
    }

    /// The store was closed.
    func closed() {
        logger.debug("the store is closed")
    }
}

extension FeedReading.Obstacle {
    /// For how many seconds the one who has been in the way longest has been seen.
    fileprivate func age(at now: Instant) -> Double {
        let since = holders.values.map(\.since.microsecondsSince1970).min() ?? now.microsecondsSince1970
        return Double(max(0, now.microsecondsSince1970 - since)) / 1_000_000
    }
}

extension ContinuousClock.Instant {
    /// Seconds since then, to the millisecond.
    var secondsUntilNow: Double {
        let milliseconds = (ContinuousClock.now - self) / .milliseconds(1)
        return milliseconds.rounded() / 1000
    }
}
