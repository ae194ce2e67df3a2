import Dispatch
import EventSourcing
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The connections of an open store: one that writes, and up to a number of others that read beside it.
///
/// In WAL mode readers and the writer do not wait for each other. A database in memory exists once per connection, so
/// there the writer reads, too.
final class StoreConnections<Columns: EventColumns>: Sendable {
    typealias Session = SQLiteSession<Columns>

    private struct Readers {
        var idle: [Session] = []
        var inUse = 0
        var isClosed = false
    }

    private let writer: Mutex<Session?>
    /// The thread that has the writer, so that it is refused a second time instead of waiting for itself for ever.
    private let writingThread = Atomic<UInt>(0)
    private let readers = Mutex(Readers())
    /// Counts the readers that may still be handed out.
    private let permits: DispatchSemaphore
    /// Signalled when the last reader of a closed store is given back.
    private let lastReader = DispatchSemaphore(value: 0)
    private let makeReader: (@Sendable () throws -> Session)?

    init(writer: Session, maximumReaders: Int, makeReader: (@Sendable () throws -> Session)?) {
        self.writer = Mutex(writer)
        permits = DispatchSemaphore(value: maximumReaders)
        self.makeReader = makeReader
    }

    /// Runs a closure with the writing connection, which nobody else has meanwhile.
    func write<Result>(_ body: (Session) throws -> Result) throws -> Result {
        let thread = currentThread()
        guard writingThread.load(ordering: .relaxed) != thread else {
            throw StoreError(.unsupported, "inside of withTransaction, use the transaction instead of the store")
        }
        return try writer.withLock { writer in
            guard let writer else { throw StoreError.closed }
            writingThread.store(thread, ordering: .relaxed)
            defer { writingThread.store(0, ordering: .relaxed) }
            return try body(writer)
        }
    }

    /// Runs a closure with a reading connection.
    func read<Result>(_ body: (Session) throws -> Result) throws -> Result {
        guard let makeReader else { return try write(body) }
        permits.wait()
        defer { permits.signal() }
        var reader = try readers.withLock { readers in
            if readers.isClosed { throw StoreError.closed }
            readers.inUse += 1
            return readers.idle.popLast()
        }
        defer { giveBack(&reader) }
        do {
            // Let go of before the reader is given back: whoever closes the store then has the only reference to it.
            let connection = try reader ?? makeReader()
            reader = connection
            return try body(connection)
        }
    }

    /// Takes a reader back, or takes note that there was none to be had.
    private func giveBack(_ reader: inout Session?) {
        let isLast = readers.withLock { readers in
            readers.inUse -= 1
            if let given = reader.take() { readers.idle.append(given) }
            return readers.isClosed && readers.inUse == 0
        }
        if isLast { lastReader.signal() }
    }

    /// Waits for the reads and the write under way and closes; so does a second call.
    func close() {
        writer.withLock { writer in
            guard writer != nil else { return }
            let isReading = readers.withLock { readers in
                readers.isClosed = true
                return readers.inUse > 0
            }
            if isReading { lastReader.wait() }
            readers.withLock { $0.idle = [] }
            writer = nil
        }
    }
}

/// What tells this thread from every other that runs: a number on Linux, a pointer elsewhere.
private func currentThread() -> UInt {
    withUnsafeBytes(of: pthread_self()) { $0.load(as: UInt.self) }
}
