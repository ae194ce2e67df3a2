import Synchronization

/// Keeps what it is given, from any thread.
package final class Recorder<Value: Sendable>: Sendable {
    private let recorded = Mutex<[Value]>([])

    package init() {}

    package var values: [Value] { recorded.withLock { $0 } }

    package func append(_ value: Value) {
        recorded.withLock { $0.append(value) }
    }
}
