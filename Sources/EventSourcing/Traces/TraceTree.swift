/// The events of a trace as a tree: each below the event that led to it.
///
/// The tree is a list in the order in which a person reads it, so that a chain of any length is no deeper than another:
///
/// ```swift
/// for row in TraceTree(try store.loadTrace(correlationID: "checkout-42")).rows {
///     print(String(repeating: "  ", count: row.depth) + row.event.type)
/// }
/// ```
public struct TraceTree<Columns: EventColumns>: Sendable {
    /// An event and its place in the tree.
    public struct Row: Sendable {
        /// The event.
        public let event: RecordedEvent<Columns>
        /// How many events led to it, one by one; 0 for a root.
        public let depth: Int
        /// Whether it is the last of those with the same cause.
        public let isLast: Bool
    }

    /// The events: each followed by what it led to, in the order of positions.
    public let rows: [Row]

    /// Arranges events by their causation ids.
    ///
    /// An event whose cause is not among them, or not before it, is a root.
    public init(_ events: [RecordedEvent<Columns>]) {
        // The same id may occur in several streams; the earliest is the cause.
        var indexes: [UTF8Key: Int] = [:]
        for (index, event) in events.enumerated() where indexes[UTF8Key(event.event.id)] == nil {
            indexes[UTF8Key(event.event.id)] = index
        }
        var effects: [[Int]] = Array(repeating: [], count: events.count)
        var roots: [Int] = []
        for (index, event) in events.enumerated() {
            // A cause comes before its effects; whatever claims otherwise would close a circle.
            if let causationID = event.event.causationID, let cause = indexes[UTF8Key(causationID)], cause < index {
                effects[cause].append(index)
            } else {
                roots.append(index)
            }
        }
        var rows: [Row] = []
        rows.reserveCapacity(events.count)
        // What is to come, the next one last.
        var waiting = roots.reversed().map { (index: $0, depth: 0, isLast: $0 == roots.last) }
        while let (index, depth, isLast) = waiting.popLast() {
            rows.append(Row(event: events[index], depth: depth, isLast: isLast))
            let children = effects[index]
            waiting += children.reversed().map { ($0, depth + 1, $0 == children.last) }
        }
        self.rows = rows
    }
}
