import EventSourcingSQL

/// Parameters that are arrays, written row by row: column 0 of every row goes into one array, column 1 into the next.
///
/// A statement that takes rows as `unnest($1::text[], $2::bigint[], …)` is filled with the row mapper of a table:
///
/// ```swift
/// var rows = statement.arrayParameters(count: 2)
/// for event in events {
///     try rows.write(event.type, at: 0)
///     try rows.set(event.subject, at: 1)
/// }
/// try rows.finish()
/// try statement.run()
/// ```
public struct PostgresArrayParameters: PostgresValueWriter, ~Copyable {
    @usableFromInline let statement: PostgresStatement
    @usableFromInline let first: Int
    @usableFromInline let count: Int

    init(statement: PostgresStatement, first: Int, count: Int) {
        self.statement = statement
        self.first = first
        self.count = count
        for index in 0..<count { slot(at: index)?.beginArray() }
    }

    @inlinable
    public mutating func begin(at column: Int) -> PostgresTarget? {
        guard let slot = slot(at: column) else { return nil }
        slot.beginElement()
        return PostgresTarget(format: slot.elementFormat, buffer: slot.buffer)
    }

    @inlinable
    public mutating func end(at column: Int) {
        slot(at: column)?.endElement()
    }

    @inlinable
    public mutating func writeNull(at column: Int) throws {
        guard let slot = slot(at: column) else { throw refused("there is no such parameter", at: column) }
        slot.appendNullElement()
    }

    /// Completes the arrays.
    ///
    /// - Throws: `DatabaseError` when a parameter is no array, an array is longer than another, or one is larger than a
    ///   message can be.
    public mutating func finish() throws {
        for index in 0..<count {
            guard let slot = slot(at: index) else { throw refused("there is no such parameter", at: index) }
            guard slot.format == .array else { throw refused("a list was given", at: index) }
            guard slot.elementCount == self.slot(at: 0)?.elementCount else {
                throw refused(
                    "the list has \(slot.elementCount) elements, and the first one has another count", at: index)
            }
            slot.endArray()
        }
    }

    public borrowing func refused(_ reason: String, at column: Int) -> any Error {
        statement.refused(reason, at: first + column)
    }

    @inlinable
    borrowing func slot(at column: Int) -> ParameterSlot? {
        let index = first + column
        return column >= 0 && column < count && index < statement.slots.count ? statement.slots[index] : nil
    }
}
