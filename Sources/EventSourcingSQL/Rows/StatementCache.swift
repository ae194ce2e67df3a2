import EventSourcing

/// The prepared statements of a connection by their text; the one not used for the longest time makes room for another.
package struct StatementCache<Statement> {
    private struct Entry {
        let statement: Statement
        var lastUse: Int
    }

    private var entries: [UTF8Key: Entry] = [:]
    private var uses = 0
    private let capacity: Int

    package init(capacity: Int) {
        self.capacity = capacity
    }

    /// The statement of a text, which stays.
    package mutating func find(_ sql: String) -> Statement? {
        guard let index = entries.index(forKey: UTF8Key(sql)) else { return nil }
        uses += 1
        entries.values[index].lastUse = uses
        return entries.values[index].statement
    }

    /// The statement of a text, which nobody else finds until it is inserted again.
    package mutating func take(_ sql: String) -> Statement? {
        entries.removeValue(forKey: UTF8Key(sql))?.statement
    }

    /// Keeps a statement.
    ///
    /// - Returns: the one that had to make room for it.
    @discardableResult
    package mutating func insert(_ statement: Statement, for sql: String) -> Statement? {
        var removed: Statement?
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            removed = oldest.value.statement
            entries[oldest.key] = nil
        }
        uses += 1
        entries[UTF8Key(sql)] = Entry(statement: statement, lastUse: uses)
        return removed
    }
}
