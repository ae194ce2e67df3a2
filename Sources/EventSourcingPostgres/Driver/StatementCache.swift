import EventSourcing

/// The prepared statements of a connection; the one not used for the longest time makes room for another.
struct StatementCache {
    private struct Entry {
        let statement: PostgresStatement
        var lastUse: Int
    }

    private var entries: [UTF8Key: Entry] = [:]
    private var uses = 0
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
    }

    mutating func find(_ sql: String) -> PostgresStatement? {
        guard let index = entries.index(forKey: UTF8Key(sql)) else { return nil }
        uses += 1
        entries.values[index].lastUse = uses
        return entries.values[index].statement
    }

    mutating func insert(_ statement: PostgresStatement) {
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            // Whoever still has the statement can go on: it is prepared again when it is run.
            oldest.value.statement.forget()
            entries[oldest.key] = nil
        }
        uses += 1
        entries[UTF8Key(statement.sql)] = Entry(statement: statement, lastUse: uses)
    }
}
