#if GoogleCloud
    import Foundation
    import Synchronization

    /// The line on a terminal that says how far an export is: `120000 events, 8000 a second, 5000 positions left`.
    final class ExportLine: Sendable {
        private let isShown =
            FileDescriptor.standardError.isTerminal && ProcessInfo.processInfo.environment["TERM"] != "dumb"
        private let start = ContinuousClock.now
        private let batches = Mutex(BatchCount())

        private struct BatchCount {
            var events = 0
            var batches = 0
        }

        /// How many events and batches there were.
        var count: (events: Int, batches: Int) { batches.withLock { ($0.events, $0.batches) } }

        func show(events: Int, batches count: Int, left: Int?) {
            batches.withLock { ($0.events, $0.batches) = (events, count) }
            show(events: events, left: left)
        }

        func show(events: Int, left: Int?) {
            guard isShown else { return }
            let line = ProgressLine(count: events, noun: "events", elapsed: start.duration(to: .now), share: nil).text
            let text = line + (left.map { ", \($0) positions left" } ?? "")
            StandardError.show(line: String(text.prefix((FileDescriptor.standardError.columns ?? 80) - 1)))
        }

        func finish() {
            if isShown { StandardError.clearLine() }
        }
    }
#endif
