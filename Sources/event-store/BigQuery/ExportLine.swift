#if GoogleCloud
    import Foundation
    import Synchronization

    /// The line on a terminal that says how far an export is: `120000 events, 8000 a second, 5000 positions left`.
    final class ExportLine: Sendable {
        private let isShown =
            FileDescriptor.standardError.isTerminal && ProcessInfo.processInfo.environment["TERM"] != "dumb"
        private let start = ContinuousClock.now

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
