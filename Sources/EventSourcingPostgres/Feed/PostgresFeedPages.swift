import EventSourcing
package import SQLSchema

/// Reads the feed of any events table in pages of whatever is made of its rows, never past an event that may still come.
package struct PostgresFeedPages: Sendable {
    private let table: String
    private let look: String
    private var horizon = FeedHorizon()

    /// - Parameter table: the events table.
    package init(_ table: RelationName) {
        self.table = table.quoted
        look = FeedTexts.look(lastPosition: PostgresTexts.lastPosition(of: table.quoted))
    }

    /// Reads the next page.
    ///
    /// - Parameters:
    ///   - position: the position of the last event that was delivered.
    ///   - connection: in autocommit, because each statement needs a snapshot of its own.
    ///   - page: reads the rows after a position and returns their positions; the rows are kept by the caller.
    ///   - deliver: is told how many of the rows that were read last may be delivered.
    /// - Throws: what the closures throw, and `StoreError` when the server cannot tell who may still commit events.
    package mutating func next(
        after position: Int, on connection: PostgresConnection, page: (_ after: Int) throws -> [Int],
        deliver: (_ count: Int) throws -> Void
    ) throws {
        var reading = FeedReading(after: position, horizon: horizon)
        var step = reading.read(try page(position))
        while true {
            switch step {
            case .look: step = reading.look(try connection.observeFeed(of: table, look: look), at: .now())
            case .readAgain(let count):
                try deliver(count)
                step = reading.read(try page(reading.position))
            case .deliver(let count):
                try deliver(count)
                horizon = reading.horizon
                return
            case .hold:
                horizon = reading.horizon
                return
            }
        }
    }
}
