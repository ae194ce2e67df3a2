import CoreMetrics

/// Makes metrics with the prefix and the labels of a store, once for each.
struct MetricsMaker {
    private let factory: any MetricsFactory
    private let labels: [(String, String)]

    /// Nil when nobody reads metrics.
    init?(_ observability: PostgresObservability) {
        guard let factory = observability.activeMetrics else { return nil }
        self.factory = factory
        labels = observability.labels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static func name(_ name: String) -> String { "event_store_postgres_\(name)" }

    func counter(_ name: String, _ label: (String, String)? = nil) -> Counter {
        Counter(label: Self.name(name), dimensions: labels + (label.map { [$0] } ?? []), factory: factory)
    }

    /// A counter for each case, labelled with it.
    func counters<Case: RawRepresentable<String> & CaseIterable & Hashable>(
        _ name: String, by label: String
    ) -> [Case: Counter] {
        Dictionary(uniqueKeysWithValues: Case.allCases.map { ($0, counter(name, (label, $0.rawValue))) })
    }

    func timer(_ name: String) -> CoreMetrics.Timer {
        Timer(label: Self.name(name), dimensions: labels, factory: factory)
    }

    func recorder(_ name: String) -> Recorder {
        Recorder(label: Self.name(name), dimensions: labels, aggregate: true, factory: factory)
    }

    func gauge(_ name: String, _ label: (String, String)? = nil) -> Gauge {
        Gauge(label: Self.name(name), dimensions: labels + (label.map { [$0] } ?? []), factory: factory)
    }
}

extension CoreMetrics.Timer {
    func record(since start: ContinuousClock.Instant) {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
