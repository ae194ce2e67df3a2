import CoreMetrics

/// What a store counts and measures.
struct StoreMetrics: Sendable {
    private let saves: [SaveOutcome: Counter]
    private let retries: [RetryReason: Counter]
    let events: Counter
    let saveDuration: CoreMetrics.Timer
    let batchSaves: Recorder
    let feedEvents: Counter
    let feedLag: CoreMetrics.Timer
    let feedHolds: Counter
    let feedHoldSeconds: Gauge

    init(_ maker: MetricsMaker) {
        saves = maker.counters("saves_total", by: "outcome")
        retries = maker.counters("save_retries_total", by: "reason")
        events = maker.counter("events_total")
        saveDuration = maker.timer("save_duration_seconds")
        batchSaves = maker.recorder("batch_saves")
        feedEvents = maker.counter("feed_events_total")
        feedLag = maker.timer("feed_lag_seconds")
        feedHolds = maker.counter("feed_holds_total")
        feedHoldSeconds = maker.gauge("feed_hold_seconds")
    }

    func count(_ outcome: SaveOutcome, saves count: Int = 1, events eventCount: Int) {
        saves[outcome]?.increment(by: count)
        if outcome == .saved { events.increment(by: eventCount) }
    }

    func count(_ reason: RetryReason, saves count: Int = 1) {
        retries[reason]?.increment(by: count)
    }
}
