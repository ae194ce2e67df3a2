import Synchronization

/// Something that happens once, for threads to look at.
final class Flag: Sendable {
    private let value = Mutex(false)

    var isUp: Bool { value.withLock { $0 } }

    func putUp() { value.withLock { $0 = true } }
}
