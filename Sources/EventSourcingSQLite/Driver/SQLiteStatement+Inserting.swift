public import EventSourcing

extension SQLiteStatement {
    /// Inserts the events of an append behind a version, and returns their positions.
    ///
    /// It is inlined where the row mapper is known, so that nothing in the loop is asked of a witness table.
    ///
    /// - Parameter write: writes an event's own parameters, which come after the first three.
    @inlinable
    func insert<Columns: EventColumns>(
        _ append: StreamAppend<Columns>, after version: Int, write: (Event<Columns>) throws -> Void
    ) throws -> [Int] {
        var parameters = parameters()
        try parameters.write(append.aggregateID, at: 0)
        try parameters.write(Instant.now(), at: 2)
        var positions: [Int] = []
        positions.reserveCapacity(append.events.count)
        for index in 0..<append.events.count {
            try parameters.write(Int64(version + index + 1), at: 1)
            try write(append.events[index])
            try run()
            positions.append(Int(try insertedRowID()))
        }
        return positions
    }
}
