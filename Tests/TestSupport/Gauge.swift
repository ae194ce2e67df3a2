import Synchronization

/// Counts how many are inside something, and how many were at most.
package final class Gauge: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    package init() {}

    package var now: Int { counts.withLock { $0.now } }
    package var most: Int { counts.withLock { $0.most } }

    package func enter() {
        counts.withLock { counts in
            counts.now += 1
            counts.most = max(counts.most, counts.now)
        }
    }

    package func leave() {
        counts.withLock { $0.now -= 1 }
    }
}
