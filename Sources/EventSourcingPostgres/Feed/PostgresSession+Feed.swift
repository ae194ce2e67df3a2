import EventSourcing
import EventSourcingSQL

/// What one call of the feed gives.
struct FeedPage<Columns: EventColumns>: Sendable {
    /// Events that no other can come before any more.
    var events: [RecordedEvent<Columns>]
    /// The position that the reader has come to: that of the last event, of this call or an earlier one.
    var position: Int
    /// What is known of the store by now.
    var horizon: FeedHorizon
    /// Why there are not more events, although more are visible.
    var obstacle: FeedReading.Obstacle?
}

extension PostgresSession {
    /// Reads the feed as far as nobody can commit an event between those that it returns.
    ///
    /// Each statement needs a snapshot of its own: autocommit, or READ COMMITTED.
    ///
    /// - Parameter horizon: what was known before the call began.
    func readFeed(after position: Int, limit: Int, horizon: FeedHorizon) throws -> FeedPage<Columns> {
        try StreamQuery.check(position: position)
        try StreamQuery.check(limit: limit)
        var reading = FeedReading(after: position, horizon: horizon)
        var events: [RecordedEvent<Columns>] = []
        var page = try visibleEvents(after: position, limit: limit)
        var step = reading.read(page.map(\.position))
        while true {
            switch step {
            case .look:
                do {
                    step = reading.look(try observeFeed(), at: .now())
                } catch let error as StoreError {
                    // A server that cannot tell is in the way at the hole, and not before it.
                    let safe = Array(page.prefix(reading.countBeforeHole))
                    guard let last = safe.last else { throw error }
                    return FeedPage(events: safe, position: last.position, horizon: horizon)
                }
            case .readAgain(let count):
                events += page.prefix(count)
                page = try visibleEvents(after: reading.position, limit: limit - events.count)
                step = reading.read(page.map(\.position))
            case .deliver(let count):
                return FeedPage(
                    events: events + page.prefix(count), position: reading.position, horizon: reading.horizon)
            case .hold(let obstacle):
                return FeedPage(
                    events: events, position: reading.position, horizon: reading.horizon, obstacle: obstacle)
            }
        }
    }

    /// Describes an obstacle by the processes that are in the way.
    func hold(for obstacle: FeedReading.Obstacle) throws -> PostgresFeedHold {
        let holders = try statement(FeedTexts.holders) { try $0.write(sql.eventsTable, at: 0) }.all { row in
            PostgresFeedHold.Holder(
                transaction: try row.value(at: 0), processID: try row.value(Int32?.self, at: 1).map(Int.init),
                application: try row.value(at: 2), since: try row.value(at: 3))
        }
        return PostgresFeedHold(
            position: obstacle.position, lastPosition: obstacle.highestPosition,
            holders: holders.filter { obstacle.holders.keys.contains($0.transaction) }.sorted { $0.since < $1.since })
    }

    private func visibleEvents(after position: Int, limit: Int) throws -> [RecordedEvent<Columns>] {
        try mapping.readEvents(
            statement(sql.feed) { parameters in
                try parameters.write(Int64(position), at: 0)
                try parameters.write(Int64(limit), at: 1)
            })
    }

    /// Looks who may still commit events.
    private func observeFeed() throws -> FeedObservation {
        try connection.observeFeed(of: sql.eventsTable, look: sql.feedLook)
    }
}

extension PostgresConnection {
    /// Looks who may still commit events of a table, with the statement that is made for it.
    ///
    /// - Throws: `StoreError` with the code `unsupported` when the server cannot tell.
    func observeFeed(of table: String, look: String) throws -> FeedObservation {
        let statement = try prepare(look)
        var parameters = statement.parameters()
        try parameters.write(table, at: 0)
        let look = try statement.first { row in
            let observation = FeedObservation(
                server: try row.value(at: 0), highestPosition: try row.value(at: 1),
                holders: Set(try row.strings(at: 2)))
            return (observation, isStandby: try row.bool(at: 3), isAnnounced: try row.bool(at: 4))
        }
        guard let look else { throw StoreError(.unsupported, "the server does not say who appends events") }
        if look.isStandby {
            throw StoreError(
                .unsupported, "a standby does not know who appends events on the primary: read the feed there")
        }
        guard look.isAnnounced else {
            throw StoreError(
                .unsupported,
                "\(table) has no trigger that announces an insert, without which a reader of the feed can miss "
                    + "events: create the trigger events_announce of the standard migration on it")
        }
        return look.0
    }
}
