import EventSourcing

@testable import EventSourcingPostgres

/// Reads as the feed does, one statement at a time; the mutations are mistakes that it does not make.
struct HoldingReader: ModelReader {
    enum Mutation: Hashable {
        /// Judges the page that was read before the look, instead of reading again.
        case noReadingAgain
        /// Lists the holders of the lock before the highest position is seen.
        case holdersFirst
        /// Gives up waiting for a position after so many calls.
        case timer
    }

    private struct Call: Hashable {
        let loan: SharedFeedHorizon.Loan
        var reading: FeedReading
        var step: FeedReading.Step?
        var page: [ModelEvent] = []
        var delivered: [ModelEvent] = []
        var earlyHolders: Set<String>?
    }

    let limit: Int
    var mutation: Mutation?
    private var position = 0
    private var call: Call?
    private var heldCalls = 0

    init(limit: Int = 100, mutation: Mutation? = nil) {
        self.limit = limit
        self.mutation = mutation
    }

    var isIdle: Bool { call == nil }

    mutating func step(_ database: ModelDatabase, _ shared: inout SharedFeedHorizon) -> [ModelEvent] {
        guard var call else {
            let loan = shared.lend()
            self.call = Call(loan: loan, reading: FeedReading(after: position, horizon: loan.horizon))
            if mutation == .holdersFirst { self.call?.earlyHolders = database.observation.holders }
            return []
        }
        switch call.step {
        case .look:
            var observation = database.observation
            observation.holders = call.earlyHolders ?? observation.holders
            let step = call.reading.look(observation, at: Instant(microsecondsSince1970: 0))
            shared.keep(call.reading.horizon, from: call.loan)
            return proceed(&call, step)
        case .readAgain(let count):
            call.delivered += call.page.prefix(count)
            call.page =
                mutation == .noReadingAgain
                ? Array(call.page.dropFirst(count))
                : database.page(after: call.reading.position, limit: limit - call.delivered.count)
            let step = call.reading.read(call.page.map(\.position))
            return proceed(&call, step)
        case .deliver, .hold, nil:
            call.page = database.page(after: position, limit: limit)
            let step = call.reading.read(call.page.map(\.position))
            return proceed(&call, step)
        }
    }

    private mutating func proceed(_ call: inout Call, _ step: FeedReading.Step) -> [ModelEvent] {
        call.step = step
        self.call = call
        var delivered: [ModelEvent] = []
        switch step {
        case .look, .readAgain: return []
        case .deliver(let count):
            delivered = call.delivered + call.page.prefix(count)
            heldCalls = 0
        case .hold:
            delivered = call.delivered
            if mutation == .timer { heldCalls = min(heldCalls + 1, 2) }
            if heldCalls == 2 { delivered += call.page }
        }
        position = delivered.last?.position ?? position
        self.call = nil
        return delivered
    }
}

/// Reads whatever comes after the last position.
struct PositionReader: ModelReader {
    private var position = 0

    var isIdle: Bool { true }

    mutating func step(_ database: ModelDatabase, _ shared: inout SharedFeedHorizon) -> [ModelEvent] {
        let page = database.page(after: position, limit: 100)
        position = page.last?.position ?? position
        return page
    }
}

/// Reads what is older than every transaction that runs, in the order of transaction ids or of positions.
struct TransactionReader: ModelReader {
    let ordersByTransaction: Bool
    private var last: [Int] = []

    init(ordersByTransaction: Bool) {
        self.ordersByTransaction = ordersByTransaction
    }

    var isIdle: Bool { true }

    mutating func step(_ database: ModelDatabase, _ shared: inout SharedFeedHorizon) -> [ModelEvent] {
        let oldest = database.oldestTransaction
        let page = database.visible.filter { $0.transaction < oldest && last.lexicographicallyPrecedes(key($0)) }
            .sorted { key($0).lexicographicallyPrecedes(key($1)) }
        last = page.last.map(key) ?? last
        return page
    }

    private func key(_ event: ModelEvent) -> [Int] {
        ordersByTransaction ? [event.transaction, event.position] : [event.position]
    }
}
