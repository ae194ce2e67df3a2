import EventSourcing
import EventSourcingSQL

/// Makes a batch of rows, until it is full.
struct BatchBuilder {
    private(set) var batch = EncodedBatch()
    private let encoder: RowEncoder
    /// Nil for a range that was planned, which is never full before its end.
    private let limits: BatchLimits?
    private var line: [UInt8] = []
    private(set) var isFull = false

    init(_ recipe: BatchRecipe, limits: BatchLimits?) {
        encoder = RowEncoder(recipe)
        self.limits = limits
        line.reserveCapacity(4096)
    }

    /// Takes the next row, unless the batch is full.
    ///
    /// - Returns: whether there is room for another one.
    mutating func take<Row: ContentReader & ~Copyable>(_ row: borrowing Row) throws -> Bool {
        guard !isFull else { return false }
        line.removeAll(keepingCapacity: true)
        let position = Int(try row.int64(at: 0))
        do {
            try encoder.append(row, to: &line)
            guard line.count <= EncodedBatch.maximumRowSize else {
                throw ValueProblem("the row has \(line.count) bytes, and BigQuery takes \(EncodedBatch.maximumRowSize)")
            }
        } catch let problem as ValueProblem {
            let event = EncodedBatch.EventName(
                position: position, aggregateID: try row.string(at: 1), eventID: try row.string(at: 2))
            batch.reject(event, problem)
            checkCount()
            return !isFull
        }
        if let limits, batch.eventCount > 0, batch.byteCount + line.count > limits.bytes {
            isFull = true
            return false
        }
        batch.append(line, position: position)
        checkCount()
        return !isFull
    }

    private mutating func checkCount() {
        if let limits, batch.eventCount + batch.rejections.count >= limits.events { isFull = true }
    }
}
