import EventSourcing

@testable import EventSourcingPostgres

/// An event in the model: its stream and version, and what a reader could order it by.
struct ModelEvent: Hashable {
    let position: Int
    let transaction: Int
    let stream: Int
    let version: Int
}

/// One thing that an appending transaction does at a time.
enum ModelAction: Hashable {
    /// Is given a transaction id.
    case begin
    /// Takes the feed's lock.
    case lock
    /// Sees the stream's version, and draws a position.
    case draw(stream: Int)
    /// Inserts the event; it waits for whoever has inserted the same version, and fails when that one commits.
    case insert
    /// Commits or rolls back: the events become visible, or are gone.
    case end
    /// Gives up the lock.
    case unlock
}

/// As much of PostgreSQL as the feed depends on: snapshots, a sequence, a unique key, and a shared lock.
struct ModelDatabase: Hashable {
    struct Writer: Hashable {
        var actions: [ModelAction]
        var transaction: Int?
        var drawn: ModelEvent?
        var inserted: [ModelEvent] = []
        var holdsLock = false
        var hasFailed = false
        var hasEnded = false

        var isDone: Bool { actions.isEmpty }
    }

    private(set) var writers: [Writer]
    /// What a new snapshot shows, by position.
    private(set) var visible: [ModelEvent] = []
    private var lastPosition = 0
    private var lastTransaction = 0

    init(_ programs: [[ModelAction]]) {
        writers = programs.map { Writer(actions: $0) }
    }

    var isQuiet: Bool { writers.allSatisfy(\.isDone) }

    // MARK: What readers see

    func page(after position: Int, limit: Int) -> [ModelEvent] {
        Array(visible.lazy.filter { $0.position > position }.prefix(limit))
    }

    /// The lowest transaction id that has not ended (`pg_snapshot_xmin`).
    var oldestTransaction: Int {
        writers.filter { !$0.hasEnded }.compactMap(\.transaction).min() ?? lastTransaction + 1
    }

    var observation: FeedObservation {
        let holders = writers.indices.filter { writers[$0].holdsLock }
        return FeedObservation(
            server: Instant(microsecondsSince1970: 0), highestPosition: visible.last?.position ?? 0,
            holders: Set(holders.map { "\($0)/\(writers[$0].hasEnded ? 0 : 1)" }))
    }

    // MARK: What writers do

    /// All that can come of the next action of a writer; nothing when it has to wait, or is done.
    func outcomes(of index: Int) -> [ModelDatabase] {
        guard let action = writers[index].actions.first else { return [] }
        var next = self
        next.writers[index].actions.removeFirst()
        switch action {
        case .begin:
            next.lastTransaction += 1
            next.writers[index].transaction = next.lastTransaction
        case .lock:
            next.writers[index].holdsLock = true
        case .draw(let stream):
            next.lastPosition += 1
            let known = (visible + writers[index].inserted).filter { $0.stream == stream }.map(\.version).max() ?? 0
            next.writers[index].drawn = ModelEvent(
                position: next.lastPosition, transaction: writers[index].transaction ?? 0, stream: stream,
                version: known + 1)
        case .insert:
            guard let event = writers[index].drawn else { return [] }
            func isSame(_ other: ModelEvent) -> Bool { (other.stream, other.version) == (event.stream, event.version) }
            let others = writers.indices.filter { $0 != index && !writers[$0].hasEnded }
            if others.contains(where: { writers[$0].inserted.contains(where: isSame) }) { return [] }
            if visible.contains(where: isSame) {
                next.writers[index].hasFailed = true
                next.writers[index].actions.removeAll { $0 != .end && $0 != .unlock }
            } else {
                next.writers[index].inserted.append(event)
            }
        case .end:
            next.writers[index].hasEnded = true
            var committed = next
            committed.visible = (visible + writers[index].inserted).sorted { $0.position < $1.position }
            next.writers[index].inserted = []
            committed.writers[index].inserted = []
            return writers[index].hasFailed ? [next] : [next, committed]
        case .unlock:
            next.writers[index].holdsLock = false
        }
        return [next]
    }
}

/// A reader of the feed in the model.
protocol ModelReader: Hashable {
    /// Does one thing with the database, and returns the events that it delivers then.
    mutating func step(_ database: ModelDatabase, _ shared: inout SharedFeedHorizon) -> [ModelEvent]
    /// Whether it is between two calls, so that it may be stopped and started anew after the last event.
    var isIdle: Bool { get }
}

/// Every ordering of what some writers and readers do.
struct FeedModel<Reader: ModelReader> {
    /// What must never happen.
    enum Failure: Hashable {
        /// An event was committed, and a reader that is past its position was not given it.
        case skipped
        /// A reader was given the same event twice.
        case twice
        /// A reader was given a version of a stream after a higher one.
        case inverted
        /// Everybody has ended, and the reader still waits.
        case stalled
    }

    private struct Seat: Hashable {
        var reader: Reader
        var delivered: [ModelEvent] = []
    }

    private struct State: Hashable {
        var database: ModelDatabase
        var shared = SharedFeedHorizon()
        var seats: [Seat]
    }

    private let start: State
    /// What went wrong in some ordering.
    private(set) var failures: Set<Failure> = []
    /// How many different states there are.
    private(set) var stateCount = 0
    /// How many of them are the end of all writers.
    private(set) var endCount = 0

    /// - Parameter searched: a failure that ends the search as soon as it is found; nil visits every state.
    init(_ programs: [[ModelAction]], readers: [Reader], until searched: Failure? = nil) {
        start = State(database: ModelDatabase(programs), seats: readers.map { Seat(reader: $0) })
        explore(until: searched)
    }

    /// Visits each state once, however it is reached: so every ordering is covered, and every number of polls.
    private mutating func explore(until searched: Failure?) {
        var seen: Set<State> = [start]
        var waiting = [start]
        while let state = waiting.popLast() {
            for next in successors(of: state) where seen.insert(next).inserted { waiting.append(next) }
            if state.database.isQuiet { checkEnd(of: state) }
            if let searched, failures.contains(searched) { break }
        }
        stateCount = seen.count
    }

    private mutating func successors(of state: State) -> [State] {
        var successors: [State] = []
        for index in state.database.writers.indices {
            for database in state.database.outcomes(of: index) {
                var next = state
                next.database = database
                successors.append(next)
            }
        }
        for index in state.seats.indices {
            var next = state
            poll(index, in: &next)
            successors.append(next)
        }
        // All that is known is forgotten, as when the program is started anew.
        if state.seats.allSatisfy(\.reader.isIdle) {
            var next = state
            next.shared = SharedFeedHorizon()
            successors.append(next)
        }
        return successors
    }

    private mutating func poll(_ index: Int, in state: inout State) {
        for event in state.seats[index].reader.step(state.database, &state.shared) {
            let delivered = state.seats[index].delivered
            if delivered.contains(event) { failures.insert(.twice) }
            if delivered.contains(where: { $0.stream == event.stream && $0.version > event.version }) {
                failures.insert(.inverted)
            }
            state.seats[index].delivered.append(event)
        }
    }

    /// Nobody writes any more: a few calls later every reader has everything.
    private mutating func checkEnd(of state: State) {
        endCount += 1
        for index in state.seats.indices {
            var state = state
            for _ in 0..<24 { poll(index, in: &state) }
            let delivered = state.seats[index].delivered
            for event in state.database.visible where !delivered.contains(event) {
                let isPassed = delivered.contains { $0.position > event.position }
                failures.insert(isPassed ? .skipped : .stalled)
            }
        }
    }
}
