public import CoreMetrics
public import Logging
public import Tracing

/// Where a store says what it does: a logger, metrics and a tracer.
///
/// Nothing that it says has values of events in it, ids of streams, or passwords.
///
/// ```swift
/// let store = PostgresEventStore(
///     url: "postgresql:///shop", observability: PostgresObservability(labels: ["store": "orders"], correlation: .traceID))
/// ```
public struct PostgresObservability: Sendable {
    /// Hears of connections that were lost, of retries, and of the server's notices.
    public var logger: Logger
    /// Makes the counters; nil means the one that is the process's own when the store is created.
    public var metrics: (any MetricsFactory)?
    /// Makes the spans; nil means the one that is the process's own when the store is created.
    public var tracer: (any Tracer)?
    /// What every metric is labelled with, so that the stores of one process can be told apart.
    public var labels: [String: String]
    /// How an event that is saved without a correlation id gets one; nil means that it has none.
    public var correlation: PostgresCorrelation?

    /// Creates options. Bootstrap the systems for logging, metrics and tracing before.
    public init(
        logger: Logger = Logger(label: "event-store.postgres"), metrics: (any MetricsFactory)? = nil,
        tracer: (any Tracer)? = nil, labels: [String: String] = [:], correlation: PostgresCorrelation? = nil
    ) {
        self.logger = logger
        self.metrics = metrics
        self.tracer = tracer
        self.labels = labels
        self.correlation = correlation
    }

    /// Says nothing at all.
    public static let silent = PostgresObservability(
        logger: Logger(label: "event-store.postgres", factory: { _ in SwiftLogNoOpLogHandler() }),
        metrics: NOOPMetricsHandler.instance, tracer: NoOpTracer())
}

extension PostgresObservability {
    /// The factory of metrics; nil when nobody reads them, so that nothing is measured.
    var activeMetrics: (any MetricsFactory)? {
        let factory = metrics ?? MetricsSystem.factory
        return factory is NOOPMetricsHandler ? nil : factory
    }

    /// The tracer; nil when nobody reads its spans.
    var activeTracer: (any Tracer)? {
        let tracer = tracer ?? InstrumentationSystem.tracer
        return tracer is NoOpTracer ? nil : tracer
    }
}
